"""What is missing among the people of a board, or does not go together. It looks at roles alone, never at a case.

But for one thing: how many open steps wait for nobody, because all who did them lost the role. Whoever appoints must know of it;
it is a number for a role at a school, whoever the people of those cases are.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.domain.administration import unfree
from app.domain.policy import may_hold
from app.domain.roles import READERS, Role
from app.services.context import App
from app.services.views.administration import GapLine
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.queries import unattended
from app.storage.tables import Membership, School, User


class GapKind(StrEnum):
    """What can be missing, each with its source."""

    #: Every school names its advisers (WPO art. 13; Handreiking 1.1).
    NO_ADVISER = "no_adviser"
    NO_LEADER = "no_leader"
    #: Every school has somebody for the meldcode (Handreiking 7.9).
    NO_OFFICER = "no_officer"
    #: Who answers when the board itself is involved (WPO art. 14 lid 4 onder b).
    NO_SUBSTITUTE = "no_substitute"
    NO_ADMINISTRATOR = "no_administrator"
    #: One person alone would read a leader's, a board's or a meldcode file.
    ONE_READER = "one_reader"
    #: Two roles that should not be combined (Handreiking 1.6, 7.9).
    COMBINED = "combined"
    FORBIDDEN = "forbidden"
    #: An adviser of whom nobody knows how to reach him; pupils go to him without anybody in between (Handreiking 1.1).
    UNREACHABLE = "unreachable"
    #: Somebody who may come to read a file signs in with a password alone.
    NO_SECOND_FACTOR = "no_second_factor"
    #: Steps that wait for nobody, although their terms go on.
    WAITS_FOR_NOBODY = "waits_for_nobody"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: at a school, or (None) at the whole board; about whom and which role, where that tells."""

    kind: GapKind
    school_id: UUID | None = None
    user_id: UUID | None = None
    role: Role | None = None
    number: int | None = None


_Held = Sequence[tuple[Membership, User]]
_AT_SCHOOL: Final = {
    Role.ADVISER: GapKind.NO_ADVISER,
    Role.SCHOOL_LEADER: GapKind.NO_LEADER,
    Role.MELDCODE_OFFICER: GapKind.NO_OFFICER,
}
_AT_BOARD: Final = {Role.SUBSTITUTE: GapKind.NO_SUBSTITUTE, Role.ADMINISTRATOR: GapKind.NO_ADMINISTRATOR}
#: An adviser alone is usual: his file is his and the complainant's. The files of the others are of an office.
_OFFICES: Final = frozenset(READERS.values()) - {Role.ADVISER}


def of_board(app: App, tx: Transaction, board_id: UUID, now: datetime) -> tuple[Gap, ...]:
    """What is missing at a board and its schools now."""
    return find(queries.schools(tx, board_id), queries.holders(tx, board_id, now), demo=app.settings.demo)


def find(schools: Sequence[School], held: _Held, *, demo: bool = False) -> tuple[Gap, ...]:
    """What is missing, given the schools of a board and who holds which role there. In a demo nobody has a second factor."""
    found = [gap for school in schools for gap in _at_school(school.id, held)]
    found += [Gap(kind) for role, kind in _AT_BOARD.items() if not _holders(held, role, None)]
    found += _alone(held, Role.BOARD, None)
    found += [gap for user in _people(held) for gap in _of_person(user, held)]
    if not demo:
        found += [Gap(GapKind.NO_SECOND_FACTOR, user_id=user.id) for user in _readers(held) if user.totp_step is None]
    return tuple(found)


def unreachable(held: _Held, known: Container[UUID]) -> tuple[Gap, ...]:
    """The advisers who are not among those of whom it is known how to reach them."""
    advisers = [user for membership, user in held if membership.role == Role.ADVISER]
    missing = dict.fromkeys(user.id for user in advisers if user.id not in known)
    return tuple(Gap(GapKind.UNREACHABLE, user_id=user_id) for user_id in missing)


def waiting(tx: Transaction, board_id: UUID, now: datetime) -> tuple[Gap, ...]:
    """How many open steps of a board's schools wait for nobody, by role."""
    found = unattended.waiting(tx, board_id, now)
    return tuple(Gap(GapKind.WAITS_FOR_NOBODY, one.school_id, role=Role(one.lane), number=one.number) for one in found)


def lines(gaps: Iterable[Gap], board: str, schools: Iterable[School], held: _Held) -> tuple[GapLine, ...]:
    """The gaps with the names that they are about."""
    places, names = {school.id: school.name for school in schools}, {user.id: user.name for _, user in held}
    return tuple(
        GapLine(
            gap.kind.value,
            places[gap.school_id] if gap.school_id else board,
            names[gap.user_id] if gap.user_id else None,
            gap.role,
            gap.number,
        )
        for gap in gaps
    )


def _at_school(school_id: UUID, held: _Held) -> list[Gap]:
    missing = [Gap(kind, school_id) for role, kind in _AT_SCHOOL.items() if not _holders(held, role, school_id)]
    return missing + [gap for role in (Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER) for gap in _alone(held, role, school_id)]


def _alone(held: _Held, role: Role, school_id: UUID | None) -> list[Gap]:
    holders = _holders(held, role, school_id)
    return [Gap(GapKind.ONE_READER, school_id, next(iter(holders)), role)] if role in _OFFICES and len(holders) == 1 else []


def _of_person(user: User, held: _Held) -> list[Gap]:
    own = {Role(membership.role) for membership, other in held if other.id == user.id}
    officer, adviser = Role.MELDCODE_OFFICER, Role.ADVISER
    refused = {officer} if adviser in own and not may_hold(officer, own, user.adviser_kind) and officer in own else set()
    forbidden = [Gap(GapKind.FORBIDDEN, user_id=user.id, role=role) for role in sorted(refused)]
    return forbidden + [Gap(GapKind.COMBINED, user_id=user.id, role=role) for role in unfree(own) if role not in refused]


def _holders(held: _Held, role: Role, school_id: UUID | None) -> set[UUID]:
    """Who holds a role at this school, or at the whole board and so there too."""
    return {user.id for membership, user in held if membership.role == role and membership.school_id in (None, school_id)}


def _people(held: _Held) -> list[User]:
    return list({user.id: user for _, user in held}.values())


def _readers(held: _Held) -> list[User]:
    reads = {role.value for role in READERS.values()} | {Role.SUBSTITUTE.value}
    return list({user.id: user for membership, user in held if membership.role in reads}.values())
