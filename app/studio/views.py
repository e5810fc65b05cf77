"""What the pages on which a procedure is tried are given to show. Everybody and everything in it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.facts import FactValue
from app.domain.forms import Form
from app.domain.roles import FileKind, Role
from app.services.views.case import DiagramView, HistoryLine
from app.services.views.inbox import Due
from app.services.views.task import KnownFact, TermView


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast: the part that scenarios name, and how he is called."""

    part: str
    name: str


@dataclass(frozen=True, slots=True)
class Begin:
    """A way to begin: `code` names start, person and school together."""

    code: str
    start: str
    person: str
    role: Role
    school: str


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task that is open, and who may do it. `case`: in which of the cases of the story, from 1."""

    case: int
    element_id: str
    title: str
    role: Role
    procedure: str
    people: tuple[Person, ...]
    due: Due | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody may do now that is no task. kind: beside | announce | from_list | ask_replacement (of who is ill)."""

    kind: str
    case: int
    element_id: str
    label: str
    person: Person


@dataclass(frozen=True, slots=True)
class Correction:
    """The start of a running term that somebody may give another day: of which step, by which fact, asked how.

    `moment`: it counts from an hour.
    """

    case: int
    element_id: str
    title: str
    fact: str
    question: str
    moment: bool
    person: Person

    @property
    def name(self) -> str:
        """What its field is called."""
        return f"start_{self.case}_{self.element_id}"


@dataclass(frozen=True, slots=True)
class ProcedureNow:
    """A procedure of a case: where it stands. `ended`: the name of its end. `drawings`: its levels, outer ones first."""

    case: int
    key: str
    name: str
    ended: str | None
    ended_at: datetime | None
    waits: tuple[tuple[str, datetime | None], ...]
    drawings: tuple[DiagramView, ...]
    facts: tuple[KnownFact, ...]
    terms: tuple[TermView, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class MailTold:
    """One notice and everybody whom mail told it."""

    at: datetime
    notice: str
    title: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of the story, and what it led to. kind as in scenarios: start | complete | wait | …; `until`: of a wait."""

    kind: str
    who: str | None
    what: str
    until: datetime | None
    lines: tuple[HistoryLine | MailTold, ...]


@dataclass(frozen=True, slots=True)
class TrialPage:
    """A story on its way. `number`: how many steps it has behind its start; `broken`: why its next step cannot be taken."""

    number: int
    now: datetime
    next_at: datetime | None
    tasks: tuple[TaskNow, ...]
    offers: tuple[Offer, ...]
    procedures: tuple[ProcedureNow, ...]
    steps: tuple[StepTold, ...]
    broken: str | None = None

    @property
    def cases(self) -> int:
        """How many cases the story has."""
        return max((one.case for one in self.procedures), default=1)


@dataclass(frozen=True, slots=True)
class ToTick:
    """A lane that may open and has no handlers yet: whom to tick, as part and name."""

    role: Role
    people: tuple[tuple[str, str], ...]
    certain: bool
    one: bool
    away: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrialForm:
    """The form of a task as its person would see it."""

    title: str
    role: Role
    person: Person
    instruction: str
    now: datetime
    term: TermView | None
    form: Form
    facts: Mapping[str, FactValue]
    values: Mapping[str, str]
    readers: Mapping[FileKind, tuple[str, ...]]
    shares: Mapping[str, FileKind]
    handlers: tuple[ToTick, ...]
    errors: Mapping[str, str] = field(default_factory=dict)
