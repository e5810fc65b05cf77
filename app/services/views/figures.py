"""Numbers that lead to their lists: what is asked, the list that answers it, one line of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.domain.compliance import Figure, Left
from app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at; None leaves it as it is. `role` is the role whose steps count."""

    board_id: UUID | None = None
    school_id: UUID | None = None
    role: Role | None = None
    procedure_key: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """What a list is asked for: the very question that its number answers.

    `month` goes with kept and missed, `left` with running. `statutory` True: terms of law alone, False: targets alone.
    `element_id` may be a call: all steps inside it. `version` is the number of one version of `scope.procedure_key`.
    """

    figure: Figure
    scope: Scope = field(default_factory=Scope)
    month: date | None = None
    left: Left | None = None
    statutory: bool | None = None
    element_id: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, and what asks for the list of exactly so many lines."""

    number: int
    behind: Behind


@dataclass(frozen=True, slots=True)
class Choices:
    """What a page may be narrowed to: ids and keys with their names, in order of name."""

    boards: tuple[tuple[UUID, str], ...]
    schools: tuple[tuple[UUID, str], ...]
    roles: tuple[Role, ...]
    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. `may_open`: whether the case number leads to the case page. `step` is empty for a whole procedure.

    `at` is the moment at which a term in hours ends. `late`: the term ended before the step was done.

    `days` are whole days, by figure: of an open term those left (negative: late; overdue: those late, positive); of a decided one
    those before its last day (negative: after); of a sleeping step those since the last step of its procedure; of an open step
    (waiting, agreed) those that it waits; of what is done (done, ended, checked) those that it took.
    """

    case_number: str
    may_open: bool
    procedure: str
    step: str
    role: Role | None
    school: str
    statutory: bool | None
    last_day: date | None
    at: datetime | None
    late: bool
    days: int


@dataclass(frozen=True, slots=True)
class LinesPage:
    """The list behind a number: `total` lines, of which one page (or, for an export, all of them) is here.

    `title` is the step that was asked for, else the procedure, else empty.
    """

    at: datetime
    behind: Behind
    choices: Choices
    title: str
    total: int
    lines: tuple[Line, ...]
    page: int
    more: bool
