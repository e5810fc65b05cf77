"""People and the roles they hold now; a role counts from its confirmation to its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, and_, case, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.policy import may_hold
from app.domain.roles import STANDS_IN, Role
from app.storage.database import Transaction
from app.storage.tables import CaseHandler, Membership, School, User


def user_by_email(tx: Transaction, email: str) -> User | None:
    """The person who signs in with this address; capitals do not matter, addresses are stored in small letters."""
    return tx.scalars(select(User).where(User.email == email.strip().lower())).one_or_none()


def memberships(tx: Transaction, user_id: UUID, now: datetime) -> list[Membership]:
    """The roles a person holds at `now`."""
    wanted = select(Membership).where(Membership.user_id == user_id, holds(now))
    return list(tx.scalars(wanted.order_by(Membership.since, Membership.id)))


def lanes_held(
    user_id: UUID | ColumnElement[UUID] | InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
    now: datetime | BindParameter[datetime],
) -> CompoundSelect[tuple[str, UUID]]:
    """The lanes that a person's roles let him handle at `now`, each with a school: what being a handler needs to count."""
    covered = and_(School.board_id == Membership.board_id, or_(Membership.school_id.is_(None), Membership.school_id == School.id))
    mine = and_(Membership.user_id == user_id, holds(now))
    own = select(Membership.role.label("lane"), School.id.label("school_id")).join(School, covered).where(mine)
    stands_in = (
        select(literal(lane.value), School.id)
        .select_from(Membership)
        .join(School, covered)
        .where(mine, Membership.role == held.value)
        for held, lane in STANDS_IN.items()
    )
    return union_all(own, *stands_in)


def still_handles(school_id: UUID | BindParameter[UUID], now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """That a handler holds his lane's role at `now` at this school or its board, or stands in for it; for each row on its own."""
    covered = and_(School.board_id == Membership.board_id, or_(Membership.school_id.is_(None), Membership.school_id == School.id))
    stands_in = (and_(Membership.role == held.value, CaseHandler.lane == lane.value) for held, lane in STANDS_IN.items())
    role = or_(Membership.role == CaseHandler.lane, *stands_in)
    found = select(Membership.id).join(School, covered).where(School.id == school_id, holds(now), role)
    return found.where(Membership.user_id == CaseHandler.user_id).correlate(CaseHandler).exists()


def candidates(tx: Transaction, role: Role, *, board_id: UUID, school_id: UUID | None, now: datetime) -> list[User]:
    """Whom to choose from for a lane: who holds its role, then who stands in for it; each once. Nobody who may not hold it."""
    first = case({role.value: 0}, value=Membership.role, else_=1)
    roles = [role.value, *(other.value for other, stands_for in STANDS_IN.items() if stands_for is role)]
    held = select(User).join(Membership, Membership.user_id == User.id).where(User.active, Membership.role.in_(roles))
    here = held.where(_at(board_id, school_id), holds(now)).order_by(first, User.name, User.id)
    found = {user.id: user for user in tx.scalars(here)}
    if role is Role.MELDCODE_OFFICER:
        advising = select(Membership.user_id).where(Membership.role == Role.ADVISER.value, _at(board_id, school_id), holds(now))
        for user_id in tx.scalars(advising):
            if user_id in found and not may_hold(role, [Role.ADVISER], found[user_id].adviser_kind):
                del found[user_id]
    return list(found.values())


def _at(board_id: UUID, school_id: UUID | None) -> ColumnElement[bool]:
    place = or_(Membership.school_id.is_(None), Membership.school_id == school_id)
    return and_(Membership.board_id == board_id, place)


def holds(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """That a membership counts at `now`: confirmed by another person or installed on the host, begun and not ended."""
    return and_(
        or_(Membership.proposed_by.is_(None), Membership.confirmed_by.is_not(None)),
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )
