"""Who sits where at a board, for whoever appoints: read once, asked for every role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.administration import Sitting
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.tables import Membership, Proposal, User


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who holds a role at a board now."""

    held: list[tuple[Membership, User]]

    @classmethod
    def of(cls, tx: Transaction, board_id: UUID, now: datetime) -> "People":
        """The people of a board."""
        return cls([(membership, user) for membership, user in queries.holders(tx, board_id, now) if user.active])

    def sitting(self, role: Role, school_id: UUID | None, *, but: UUID | None) -> Sitting:
        """Who could propose and confirm this role there, leaving out the appointed."""
        return Sitting(
            self._who({Role.ADMINISTRATOR}, None) - {but},
            self._who({role}, school_id) - {but},
            self._who({Role.BOARD, Role.SUBSTITUTE}, None) - {but},
        )

    def confirmers(self, row: Proposal) -> frozenset[UUID]:
        """Who may confirm a proposal as things stand."""
        return self.sitting(Role(row.role), row.school_id, but=row.user_id).confirmers(row.proposed_by)

    def roles_of(self, user_id: UUID | None) -> set[Role]:
        """What somebody is at this board."""
        return {Role(membership.role) for membership, user in self.held if user.id == user_id}

    def names(self, user_ids: Iterable[UUID]) -> tuple[str, ...]:
        """The names of these people, in order."""
        known = {user.id: user.name for _, user in self.held}
        return tuple(sorted(known[user_id] for user_id in user_ids))

    def _who(self, roles: set[Role], school_id: UUID | None) -> frozenset[UUID]:
        """Who holds one of these roles at this school, or at the whole board."""
        return frozenset(user.id for m, user in self.held if Role(m.role) in roles and m.school_id in (None, school_id))
