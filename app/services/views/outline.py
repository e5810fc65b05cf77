"""What programs are given: tasks, terms and procedures, without any fact and without anything from a file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.forms import Field
from app.domain.roles import Role
from app.services.views.task import HandlerChoice


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """What a list of tasks is narrowed to. scope: mine | group | all; bucket: late | today | week | later | None.

    `number` is how the case's number begins; `after` is where the page before ended.
    """

    scope: str = "mine"
    bucket: str | None = None
    procedure: str | None = None
    school_id: UUID | None = None
    number: str | None = None
    after: tuple[datetime | None, datetime, UUID] | None = None


@dataclass(frozen=True, slots=True)
class TermQuery:
    """What a list of terms is narrowed to. `closed`: also those of tasks that are closed; the rest as in TaskQuery."""

    closed: bool = False
    number: str | None = None
    after: tuple[datetime, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term. `task_id` None: a step of others. state: running | met | missed. `due_at` is the first moment after `last_day`."""

    term_id: UUID
    task_id: UUID | None
    title: str
    role: Role
    case: str
    procedure: str
    school: str
    state: str
    statutory: bool
    basis: str
    starts_on: date
    due_at: datetime
    last_day: date
    extended: bool


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An open task. `task_id` None: a step of others. state: mine | other | unclaimed. `statutory` None: it has no term."""

    task_id: UUID | None
    title: str
    role: Role
    case: str
    procedure: str
    school: str
    state: str
    opened_at: datetime
    due_at: datetime | None
    last_day: date | None
    statutory: bool | None
    on_behalf_of: str | None = None  # the name of whom this person would do it for


@dataclass(frozen=True, slots=True)
class TaskOutline:
    """A task with all questions of its form: which of them are asked would tell facts. line.state also: done | cancelled."""

    line: TaskLine
    instruction: str
    basis: str
    checklist: tuple[int, ...]
    term: Term | None
    questions: tuple[Field, ...]
    handlers: tuple[HandlerChoice, ...]


@dataclass(frozen=True, slots=True)
class ProcedureOutline:
    """A procedure of a case; `since`: since when it concerns this person."""

    procedure_id: UUID
    procedure: str
    name: str
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseOutline:
    """A case: its procedures, what waits in them, and their terms."""

    number: str
    school: str
    closed_at: datetime | None
    procedures: tuple[ProcedureOutline, ...]
    tasks: tuple[TaskLine, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class StartLine:
    """A way in which this person may start a procedure, at which of his schools."""

    start_id: str
    label: str
    role: Role
    schools: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Startable:
    """A published procedure, with the ways in which this person may start it: none, one or more."""

    procedure: str
    name: str
    version: int
    starts: tuple[StartLine, ...]
