"""Administration of a board: where a role may be held, who appoints, which jobs do not go together, and what is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.domain.roles import Role

#: What somebody can be appointed to; a successor is an adviser who is asked to take one case over.
APPOINTABLE: Final = tuple(role for role in Role if role is not Role.SUCCESSOR)
#: Held for a whole board, never for one school.
BOARD_WIDE: Final = frozenset({Role.BOARD, Role.SUBSTITUTE, Role.PROCESS_OWNER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
#: Regions of the school holidays.
REGIONS: Final = ("noord", "midden", "zuid")
KINDS: Final = ("intern", "extern")
#: Jobs beside which an adviser is not free (Handreiking 1.6): management, policy, care. Flagged, not forbidden.
_UNFREE: Final = frozenset({Role.SCHOOL_LEADER, Role.BOARD, Role.SUBSTITUTE, Role.PROCESS_OWNER, Role.MELDCODE_OFFICER})


class AdminKind(StrEnum):
    """Everything that the log of administration may say."""

    BOARD_CHANGED = "board.changed"
    SCHOOL_ADDED = "school.added"
    SCHOOL_CHANGED = "school.changed"
    PERSON_INVITED = "person.invited"
    INVITATION_SENT_AGAIN = "invitation.sent_again"
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_ACCEPTED = "invitation.accepted"
    KIND_SET = "person.kind_set"
    NAME_CHANGED = "person.name_changed"
    ADDRESS_CHANGED = "person.address_changed"
    PERSON_LEFT = "person.left"
    PERSON_BACK = "person.back"
    ROLE_PROPOSED = "role.proposed"
    PROPOSAL_CONFIRMED = "proposal.confirmed"
    PROPOSAL_REFUSED = "proposal.refused"
    PROPOSAL_WITHDRAWN = "proposal.withdrawn"
    ROLE_ENDED = "role.ended"
    ROLE_INSTALLED = "role.installed"
    PEOPLE_IMPORTED = "people.imported"
    SETTING_SET = "settings.set"
    REACHABILITY_CHANGED = "reachability.changed"
    MAIL_RETRIED = "mail.retried"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits where when somebody is appointed, by id and without the appointed."""

    administrators: frozenset[UUID]
    #: Who holds this role there already.
    holders: frozenset[UUID]
    board: frozenset[UUID]

    def confirmers(self, proposer: UUID) -> frozenset[UUID]:
        """Who may confirm what this person proposes: the administrator and a sitting holder, else a board member.

        Two people, neither of them the appointed. Where nobody administers, a board member takes that place.
        """
        everybody = self.administrators | self.holders | self.board
        return frozenset(one for one in everybody - {proposer} if self._pair(proposer, one) or self._pair(one, proposer))

    def _pair(self, administers: UUID, other: UUID) -> bool:
        return administers in (self.administrators or self.board) and other in (
            (self.holders - {administers}) or (self.board - {administers})
        )


def wrong_place(role: Role, *, at_school: bool) -> str | None:
    """Why a role cannot be held there, as a Dutch sentence; None when it can."""
    if role in BOARD_WIDE and at_school:
        return "Deze rol geldt voor het hele bestuur. Laat de school leeg."
    if role is Role.SCHOOL_LEADER and not at_school:
        return "Deze rol hoort bij een school. Kies de school."
    return None


def unfree(roles: Iterable[Role]) -> tuple[Role, ...]:
    """The roles beside which somebody is not free as an adviser (Handreiking 1.6); none when he is no adviser."""
    held = set(roles)
    return tuple(role for role in Role if role in held & _UNFREE) if Role.ADVISER in held else ()
