"""What pages are given to show about saved views and about several tasks at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.roles import Role
from app.services.views.inbox import InboxRow, ViewLine


@dataclass(frozen=True, slots=True)
class Team:
    """All who hold a role at a school, or at a whole board. `key` names it in a form."""

    key: str
    role: Role
    where: str


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """The views that a person sees, the teams that he is in, and the words of what a view may show."""

    views: tuple[ViewLine, ...]
    teams: tuple[Team, ...]
    procedures: tuple[tuple[str, str], ...]
    schools: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Tasks that were ticked, as far as this person sees them; to whom all or some could go; the nearest last day of law to come.

    `urgent`: those whose term of law ends today or is over; they cannot be put off.
    """

    tasks: tuple[InboxRow, ...]
    colleagues: tuple[tuple[UUID, str], ...]
    last_day: date | None
    urgent: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one of several tasks. `refused`: why nothing happened to it. `task` None: he does not see it (any more)."""

    task: InboxRow | None
    refused: str | None
