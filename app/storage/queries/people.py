"""People and the roles they hold now; a role counts from its confirmation to its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from app.domain.policy import may_hold
from app.domain.roles import STANDS_IN, Role
from app.storage.database import Transaction
from app.storage.tables import Membership, School, User


def user_by_email(tx: Transaction, email: str) -> User | None:
    """The person who signs in with this address; capitals do not matter, addresses are stored in small letters."""
    return tx.scalars(select(User).where(User.email == email.strip().lower())).one_or_none()


def memberships(tx: Transaction, user_id: UUID, now: datetime) -> list[Membership]:
    """The roles a person holds at `now`."""
    wanted = select(Membership).where(Membership.user_id == user_id, holds(now))
    return list(tx.scalars(wanted.order_by(Membership.since, Membership.id)))


def members(tx: Transaction, role: Role, *, board_id: UUID, school_id: UUID | None, now: datetime) -> list[User]:
    """The active people who hold a role at `now` for a school: at the school itself or at its whole board; by name.

    Without a school only those who hold it for the whole board.
    """
    place = or_(Membership.school_id.is_(None), Membership.school_id == school_id)
    held = select(Membership.user_id).where(Membership.role == role, Membership.board_id == board_id, place, holds(now))
    return list(tx.scalars(select(User).where(User.id.in_(held), User.active).order_by(User.name, User.id)))


def lanes_held(user_id: UUID, now: datetime) -> Select[tuple[str, UUID]]:
    """The lanes that a person's roles let him handle at `now`, each with a school: what being a handler needs to count."""
    stands_in = {held.value: lane.value for held, lane in STANDS_IN.items()}
    lane = case(stands_in, value=Membership.role, else_=Membership.role)
    covered = and_(School.board_id == Membership.board_id, or_(Membership.school_id.is_(None), Membership.school_id == School.id))
    held = select(lane.label("lane"), School.id.label("school_id")).select_from(Membership).join(School, covered)
    return held.where(Membership.user_id == user_id, holds(now))


def candidates(tx: Transaction, role: Role, *, board_id: UUID, school_id: UUID | None, now: datetime) -> list[User]:
    """Whom to choose from for a lane: who holds its role, then who stands in for it; each once. Nobody who may not hold it."""
    roles = (role, *(other for other, stands_for in STANDS_IN.items() if stands_for is role))
    found = [u for r in roles for u in members(tx, r, board_id=board_id, school_id=school_id, now=now)]
    if role is Role.MELDCODE_OFFICER:
        advisers = {u.id for u in members(tx, Role.ADVISER, board_id=board_id, school_id=school_id, now=now)}
        found = [u for u in found if u.id not in advisers or may_hold(role, [Role.ADVISER], u.adviser_kind)]
    return list({user.id: user for user in found}.values())


def holds(now: datetime) -> ColumnElement[bool]:
    """That a membership counts at `now`: confirmed by another person or installed on the host, begun and not ended."""
    return and_(
        or_(Membership.proposed_by.is_(None), Membership.confirmed_by.is_not(None)),
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )
