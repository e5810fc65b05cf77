"""What a task page is given to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.domain.facts import FactValue
from app.domain.forms import Form
from app.domain.roles import FileKind, Role
from app.domain.term_bar import Bar
from app.services.views.inbox import Due


@dataclass(frozen=True, slots=True)
class NewerTarget:
    """What holds for new cases, since when."""

    since: date
    period: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """Where a target comes from. `period` (ISO 8601) counts in `calendar`; without `set_on` the diagram says so."""

    period: str
    calendar: str
    set_on: date | None = None
    source: str = ""
    newer: NewerTarget | None = None
    #: It is the term of the committee that was chosen, as the board keeps it.
    committee: bool = False


@dataclass(frozen=True, slots=True)
class TermView:
    """A term for the bar and the sentence above it. state: running | met | missed."""

    deadline_id: UUID | None
    title: str
    statutory: bool
    basis: str
    state: str
    due: Due
    start_day: date
    bar: Bar
    extended_from: date | None
    settled_on: date | None
    may_correct: bool = False
    changes: tuple[tuple[datetime, str, date, date], ...] = ()  # when, extended | corrected, old last day, new last day
    #: Of a target only.
    target: TargetView | None = None


@dataclass(frozen=True, slots=True)
class HandlerChoice:
    """A lane that may open next and has no handlers yet: whom to tick. `certain` when every outcome opens it.

    `one`: exactly one person may be ticked.
    """

    role: Role
    people: tuple[tuple[UUID, str], ...]
    certain: bool
    one: bool = False
    #: Who of them is away now, and until when.
    away: Mapping[UUID, date] = field(default_factory=dict)


class Comes(StrEnum):
    """What may come after a task: a task for somebody, this one again, another procedure (unless it runs, always, in a case of
    its own), a day or message that is waited for, an end, a step that this person does not see, or nothing yet.
    """

    TASK = "task"
    AGAIN = "again"
    STARTS = "starts"
    BEGINS = "begins"
    OWN_CASE = "own_case"
    WAITS = "waits"
    ENDS = "ends"
    PASSES = "passes"
    JOINS = "joins"


@dataclass(frozen=True, slots=True)
class Then:
    """One thing that comes: the step, procedure or end, and who does it. `joined`: only when what else runs is done too."""

    comes: Comes
    step: str | None = None
    role: Role | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens after this task: the answers of which each leads there, and all that comes then.

    Without answers it follows from any, or on something that nobody here may know. `otherwise`: only where nothing happens that
    was told before.
    """

    answers: tuple[str, ...]
    then: tuple[Then, ...]
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """An entry of the adviser's file that may go along to a successor: when and at which step it was written, no content."""

    entry_id: UUID
    at: datetime
    step: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that this person may see, with the question it answered and the words of its value."""

    key: str
    label: str
    value: FactValue
    words: str
    audience: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A human task as this person may see it. state: unclaimed | mine | other | done | cancelled."""

    task_id: UUID
    title: str
    state: str
    holder: str | None
    closed_by: str | None
    closed_at: datetime | None
    case_number: str
    procedure_id: UUID
    procedure: str
    school: str
    role: Role
    instruction: str
    legal_basis: str
    checklist: tuple[int, ...]
    term: TermView | None
    form: Form
    #: Raw strings for the form's inputs: a draft, or what the user just typed.
    values: Mapping[str, str]
    #: Facts that conditions of the form may read, of this person's audience.
    facts: Mapping[str, FactValue]
    errors: Mapping[str, str]
    known: tuple[KnownFact, ...]
    next_steps: tuple[NextStep, ...]
    handlers: tuple[HandlerChoice, ...]
    readers: Mapping[FileKind, tuple[str, ...]]
    anytime: tuple[tuple[str, str], ...]  # process id, label: what may be done beside this, such as extending the term
    draft_saved_at: datetime | None = None
    #: Who else handles the lane, so that a task may be passed on.
    colleagues: tuple[tuple[UUID, str], ...] = ()
    #: What the Handreiking asks at this step, in our own words.
    help: str = ""
    #: Whether the step asks for the board's numbers and social map.
    social_map: bool = False
    #: Why texts are not asked: None, or the complainant's answer about a file: nee, later, or "" when nobody asked yet.
    no_text: str | None = None
    #: Where the case is handed over behind this step: the entries to choose from. None everywhere else.
    entries: tuple[EntryChoice, ...] | None = None
    #: Which of them are ticked: in a draft, or in what was just sent.
    taken: frozenset[UUID] = frozenset()
    #: Whether this person has not opened it since it came to him.
    unread: bool = False
    #: This person was told of the task, and did not see that yet.
    told: bool = False
    #: How many comments of the case are new to this person.
    new_comments: int = 0
    #: Fields of the form whose text may also go to another file, with the consent that the form asks.
    shares: Mapping[str, FileKind] = field(default_factory=dict)
    #: For whom this person does it: the name of somebody who is away.
    behalf: str | None = None
    #: Whether this person may give it back; a deputy only what he picked up himself.
    may_release: bool = True
    #: The deputy who picked it up for its holder.
    working: str | None = None
