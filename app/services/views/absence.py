"""What the page about being away is given to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """An absence that is not over: one's own (`mine`), or one in which one acts for `owner`. `lanes`: case number and role."""

    absence_id: UUID
    mine: bool
    owner: str
    deputy: str | None
    first_day: date
    last_day: date
    begun: bool
    lanes: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A lane of an open case that this person handles. `refused`: why the chosen deputy cannot have it.

    consent: the complainant did not agree to this person in writing; alone: nobody acts for another in this lane; able: the
    deputy cannot be ticked here. `left_to`: who has it already on some of the days.
    """

    case_id: UUID
    number: str
    school: str
    role: Role
    procedures: tuple[str, ...]
    refused: str | None
    left_to: str | None = None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.case_id}:{self.role}"


@dataclass(frozen=True, slots=True)
class AbsenceQuery:
    """What the address asks: the deputy, and what the list of cases is narrowed to. `everything`: all of the list ticked."""

    deputy_id: UUID | None = None
    role: Role | None = None
    procedure: str | None = None
    school: str | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class AbsencePage:
    """The absences of a person, those in which he is the deputy, and what he can leave to whom."""

    query: AbsenceQuery
    lines: tuple[AbsenceLine, ...]
    deputies: tuple[tuple[UUID, str], ...]
    away: Mapping[UUID, date]
    cases: tuple[CaseChoice, ...]
    roles: tuple[Role, ...]
    procedures: tuple[tuple[str, str], ...]
    schools: tuple[str, ...]
    more: bool
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
