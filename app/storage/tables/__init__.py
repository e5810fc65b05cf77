"""All tables. Importing this package makes the metadata whole."""

from app.storage.tables.absence import Absence, AbsenceCase, AbsenceKey
from app.storage.tables.base import Base
from app.storage.tables.cases import DUTY, Case, CaseHandler, CaseLink, Contact, Event, Replacement
from app.storage.tables.comfort import Preference, PutOff, SavedView, TaskSeen
from app.storage.tables.comments import NewComment
from app.storage.tables.directory import (
    AdminEvent,
    BoardSetting,
    Departure,
    ImportFile,
    Invitation,
    Letter,
    Proposal,
    Reachability,
)
from app.storage.tables.files import DormantKey, Draft, Entry, File, FileEpoch, FileKey
from app.storage.tables.mail import Outbox
from app.storage.tables.moving import MovedProcedure, MovePlan
from app.storage.tables.people import Attempt, Board, KeyWrap, Membership, School, SessionRow, User
from app.storage.tables.procedures import Deadline, DeadlineChange, ProcedureRow, ProcedureVersion, Task, Wake
from app.storage.tables.studio import (
    KeptScenario,
    StudioDraft,
    StudioProof,
    StudioReason,
    StudioReview,
    StudioSave,
    StudioTrial,
)
from app.storage.tables.telling import CalendarFeed, TellingRow
from app.storage.tables.tokens import GivenAnswer, Token

__all__ = [
    "DUTY",
    "Absence",
    "AbsenceCase",
    "AbsenceKey",
    "AdminEvent",
    "Attempt",
    "Base",
    "Board",
    "BoardSetting",
    "CalendarFeed",
    "Case",
    "CaseHandler",
    "CaseLink",
    "Contact",
    "Deadline",
    "DeadlineChange",
    "Departure",
    "DormantKey",
    "Draft",
    "Entry",
    "Event",
    "File",
    "FileEpoch",
    "FileKey",
    "GivenAnswer",
    "ImportFile",
    "Invitation",
    "KeptScenario",
    "KeyWrap",
    "Letter",
    "Membership",
    "MovePlan",
    "MovedProcedure",
    "NewComment",
    "Outbox",
    "Preference",
    "ProcedureRow",
    "ProcedureVersion",
    "Proposal",
    "PutOff",
    "Reachability",
    "Replacement",
    "SavedView",
    "School",
    "SessionRow",
    "StudioDraft",
    "StudioProof",
    "StudioReason",
    "StudioReview",
    "StudioSave",
    "StudioTrial",
    "Task",
    "TaskSeen",
    "TellingRow",
    "Token",
    "User",
    "Wake",
]
