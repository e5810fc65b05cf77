"""What pages about who is who are given to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.reachability import Reach
from app.domain.roles import Role
from app.services.views.administration import GapLine


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a role, and how he can be reached (None: nobody filled it in). `may_change`: by whoever looks."""

    user_id: UUID
    name: str
    role: Role
    adviser_kind: str | None
    reach: Reach | None
    public: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A school, or a whole board, with its people by role."""

    name: str
    people: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """Who is who at a board. `gaps` are for whoever keeps its directory. `boards`: the others of whoever looks."""

    board_id: UUID
    board: str
    boards: tuple[tuple[UUID, str], ...]
    schools: tuple[Place, ...]
    whole: Place
    keeps: bool
    gaps: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True)
class ReachPage:
    """How somebody can be reached, to be changed. `own`: it is about whoever looks, who alone may agree to publication."""

    board_id: UUID
    board: str
    name: str
    own: bool
    public: bool
    values: Mapping[str, str]
    changed_on: date | None
    changed_by: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What may stand in the school guide: schools with the advisers who agreed, as of a day."""

    board_id: UUID
    board: str
    day: date
    schools: tuple[Place, ...]
