"""All tables. Importing this package makes the metadata whole."""

from app.storage.tables.base import Base
from app.storage.tables.cases import DUTY, Case, CaseHandler, CaseLink, Contact, Event, Replacement
from app.storage.tables.files import DormantKey, Draft, Entry, File, FileEpoch, FileKey
from app.storage.tables.mail import Outbox
from app.storage.tables.people import Attempt, Board, KeyWrap, Membership, School, SessionRow, User
from app.storage.tables.procedures import Deadline, DeadlineChange, ProcedureRow, ProcedureVersion, Task, Wake
from app.storage.tables.tokens import GivenAnswer, Token

__all__ = [
    "DUTY",
    "Attempt",
    "Base",
    "Board",
    "Case",
    "CaseHandler",
    "CaseLink",
    "Contact",
    "Deadline",
    "DeadlineChange",
    "DormantKey",
    "Draft",
    "Entry",
    "Event",
    "File",
    "FileEpoch",
    "FileKey",
    "GivenAnswer",
    "KeyWrap",
    "Membership",
    "Outbox",
    "ProcedureRow",
    "ProcedureVersion",
    "Replacement",
    "School",
    "SessionRow",
    "Task",
    "Token",
    "User",
    "Wake",
]
