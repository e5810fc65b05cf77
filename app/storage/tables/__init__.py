"""All tables. Importing this package makes the metadata whole."""

from app.storage.tables.absence import Absence, AbsenceCase, AbsenceKey
from app.storage.tables.base import Base
from app.storage.tables.cases import Case, CaseHandler, CaseLink, Contact, Event, Replacement
from app.storage.tables.comfort import Preference, PutOff, SavedView, TaskSeen
from app.storage.tables.comments import NewComment
from app.storage.tables.files import DormantKey, Draft, Entry, File, FileEpoch, FileKey
from app.storage.tables.mail import Outbox
from app.storage.tables.people import Attempt, Board, KeyWrap, Membership, School, SessionRow, User
from app.storage.tables.procedures import Deadline, DeadlineChange, ProcedureRow, ProcedureVersion, Task, Wake
from app.storage.tables.telling import CalendarFeed, TellingRow
from app.storage.tables.tokens import GivenAnswer, Token

__all__ = [
    "Absence",
    "AbsenceCase",
    "AbsenceKey",
    "Attempt",
    "Base",
    "Board",
    "CalendarFeed",
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
    "NewComment",
    "Outbox",
    "Preference",
    "ProcedureRow",
    "ProcedureVersion",
    "PutOff",
    "Replacement",
    "SavedView",
    "School",
    "SessionRow",
    "Task",
    "TaskSeen",
    "TellingRow",
    "Token",
    "User",
    "Wake",
]
