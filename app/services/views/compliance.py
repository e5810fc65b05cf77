"""What the compliance board is given to show: numbers that lead to lists, and where on a drawing things wait.

A number is a `Counted`, which carries the question for its list. Days are whole days in Amsterdam, and months begin on their
first day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.compliance import Band, Left
from app.domain.roles import Role
from app.services.views.figures import Choices, Counted, Scope


@dataclass(frozen=True, slots=True)
class Kept:
    """Terms of law kept in time. `share` is a whole percentage, rounded down; None where no term was decided."""

    kept: Counted
    missed: Counted
    share: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """The same of one month, by its first day. The last one is the present month, so far."""

    month: date
    kept: Kept


@dataclass(frozen=True, slots=True)
class LeftLine:
    """Running terms with so many days left: all, and those of law among them."""

    left: Left
    all: Counted
    statutory: Counted


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """Overdue terms at one role of one school: how many, and the most days that one is late. Never at whom by name."""

    role: Role
    school: str
    count: Counted
    longest: int


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step (or with `element_id` None a whole procedure) took: whole days, of those done in the last twelve months.

    `median` and `p90` are the days within which half, and nine of ten, were done.
    """

    procedure_key: str
    procedure: str
    element_id: str | None
    name: str
    role: Role | None
    count: Counted
    median: int
    p90: int


@dataclass(frozen=True, slots=True)
class Row:
    """The main numbers of one school or one procedure; `key` is the school's id or the procedure's key, as text."""

    key: str
    name: str
    kept: Kept
    running: Counted
    overdue: Counted
    sleeping: Counted


@dataclass(frozen=True, slots=True)
class AdviserLine:
    """Adviser's work at one school, in bands; no list, no sum. Cases that may concern head or board are not among them.

    `open_cases` were open when the last whole month ended. Of the last three whole months: contacts without a case, follow-up
    checks that came up, and those of them that were done.
    """

    school: str
    open_cases: Band
    contacts: Band
    agreed: Band
    checked: Band


@dataclass(frozen=True, slots=True)
class CompliancePage:
    """The whole board as it was at `at`, for `scope`.

    `kept` is of the last twelve months, `months` the same by month, the oldest first, always twelve. `agreed` and `checked` are
    follow-up checks among the board's and the school's own steps. `adviser_months` are the first of the three whole months of
    adviser's work, and the first day after them.
    """

    at: datetime
    scope: Scope
    choices: Choices
    kept: Kept
    months: tuple[Month, ...]
    running: tuple[LeftLine, ...]
    overdue: Counted
    overdue_at: tuple[OverdueLine, ...]
    extended: Counted
    escalated: Counted
    sleeping: Counted
    schools: tuple[Row, ...]
    procedures: tuple[Row, ...]
    steps: tuple[Duration, ...]
    durations: tuple[Duration, ...]
    agreed: Counted
    checked: Counted
    adviser: tuple[AdviserLine, ...]
    adviser_months: tuple[date, date]


@dataclass(frozen=True, slots=True)
class HeatElement:
    """A step, or a call with all steps inside it, in one drawing.

    How many wait now, the median of the days that they wait (None where none waits), and how many terms were missed in twelve
    months. `heat` is 0 (nothing) to 4 (the most of this version). `role` is None for a call.
    """

    process_id: str
    element_id: str
    name: str
    role: Role | None
    waiting: Counted
    median: int | None
    missed: Counted
    heat: int


@dataclass(frozen=True, slots=True)
class HeatPage:
    """Where cases wait and terms are missed in one version of a procedure.

    `versions` are the numbers that one may choose from, the newest first; `levels` are the drawings (id and name of their
    process), outer ones first.
    """

    at: datetime
    scope: Scope
    choices: Choices
    procedure_key: str
    procedure: str
    version: int
    versions: tuple[int, ...]
    levels: tuple[tuple[str, str], ...]
    elements: tuple[HeatElement, ...]
