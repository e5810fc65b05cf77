"""What a case page is given to show, narrowed to this person's lanes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.forms import Party
from app.domain.roles import FileKind, Role
from app.services.views.inbox import Due
from app.services.views.task import HandlerChoice, KnownFact, TermView


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list of steps. state: done | active | waiting | ahead | end. `note`: when a step ahead is conditional.

    `label` is empty for an end that is not decided yet.
    """

    element_id: str
    label: str
    state: str
    who: str | None
    role: Role | None
    at: datetime | None
    due: Due | None
    note: str | None
    task_id: UUID | None
    behalf: str | None = None  # for whom `who` does it, or did it


@dataclass(frozen=True, slots=True)
class FileCard:
    """A sealed file of the case, as far as this person may know. `waiting`: new readers whom a sitting reader may let in."""

    kind: FileKind
    readers: tuple[str, ...]
    entries: int
    may_open: bool
    waiting: tuple[tuple[UUID, str, str], ...] = ()  # user id, name, fingerprint


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """A file in which this person may comment: how many comments he can open, and how many are new to him.

    closed: None, or why nothing may be written: case (is closed) | key (he holds none) | consent (of the complainant is missing).
    """

    kind: FileKind
    count: int
    new: int
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One opened entry of a file: who wrote it at which step, and the words per question. `shared`: out of another file.

    `comment`: it belongs to no step; `new`: this person had not seen it.
    """

    at: datetime
    author: str
    step: str
    fields: tuple[tuple[str, str], ...]
    shared: bool = False
    comment: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class FilePage:
    """An opened file. Opening was recorded. `parties`: who is involved, as the last text about each says."""

    kind: FileKind
    case_number: str
    readers: tuple[str, ...]
    entries: tuple[FileEntry, ...]
    parties: tuple[tuple[Party, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DiagramView:
    """One level of a procedure's drawing with what to mark on it. `waiting` pairs a timer's element with its moment."""

    process_id: str
    name: str
    done: tuple[str, ...]
    active: tuple[str, ...]
    waiting: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event in words that this person may read."""

    at: datetime
    who: str | None
    kind: str
    step: str | None
    detail: Mapping[str, str | int | None]
    procedure: str = ""
    behalf: str | None = None  # for whom `who` did it


@dataclass(frozen=True, slots=True)
class WaitsFor:
    """What a procedure waits for. kind: task (of a role, or held by somebody) | date | message | beside (another procedure)."""

    kind: str
    what: str
    role: Role | None = None
    holder: str | None = None
    due: Due | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """One procedure of the case: running or ended, and what it waits for."""

    procedure_id: UUID
    name: str
    ended: str | None  # label of its end event
    ended_at: datetime | None
    waits: tuple[WaitsFor, ...]
    due: Due | None


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One line of the list of notices, since when."""

    number: str
    school: str
    listed_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Notices that this person did not see and that lead to a case; those of comments, to where its files are opened."""

    case: tuple[UUID, ...] = ()
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with one of its procedures in view, narrowed to this person's lanes."""

    number: str
    school: str
    handled_by: tuple[str, ...]
    since: datetime
    closed_at: datetime | None
    cards: tuple[ProcedureCard, ...]
    procedure_id: UUID
    procedure: str
    version: int
    started_at: datetime
    steps: tuple[Step, ...]
    terms: tuple[TermView, ...]
    files: tuple[FileCard, ...]
    diagrams: tuple[DiagramView, ...]
    history: tuple[HistoryLine, ...]
    facts: tuple[KnownFact, ...]
    anytime: tuple[tuple[str, str], ...]
    messages: tuple[tuple[str, str], ...]  # element id, label: what may be announced now, such as a withdrawal
    linked: tuple[str, ...] = ()  # numbers of linked cases in which this person is the adviser too
    read_only: bool = False
    comments: tuple[CommentPlace, ...] = ()
    #: Lanes with an open step that nobody is left in, for whoever may tick people for them.
    empty: tuple[Role, ...] = ()
    #: Lanes that this person handles and may tick a colleague for, beside himself.
    shared: tuple[Role, ...] = ()
    told: Told = Told()


@dataclass(frozen=True, slots=True)
class BeforeBeside:
    """What an anytime process is for; `over` is the last day of the term that it extends, when that is over."""

    number: str
    school: str
    procedure_id: UUID
    procedure: str
    label: str
    about: str
    over: date | None


@dataclass(frozen=True, slots=True)
class LaneToTick:
    """A lane of a procedure that nobody is left in, or (`beside`) that one handles oneself, and whom to tick for it."""

    number: str
    procedure_id: UUID
    procedure: str
    choice: HandlerChoice
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened in a case, the oldest first, for paper."""

    number: str
    school: str
    since: datetime
    closed_at: datetime | None
    procedures: tuple[ProcedureCard, ...]
    lines: tuple[HistoryLine, ...]
