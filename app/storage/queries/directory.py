"""The directory of a board: its schools, people and roles, and what administration did."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.storage.database import Transaction
from app.storage.queries.people import holds
from app.storage.tables import AdminEvent, Board, Invitation, Membership, School, User


def schools(tx: Transaction, board_id: UUID) -> list[School]:
    """The schools of a board, by name."""
    return list(tx.scalars(select(School).where(School.board_id == board_id).order_by(School.name, School.id)))


def holders(tx: Transaction, board_id: UUID, now: datetime) -> list[tuple[Membership, User]]:
    """Who holds which role now at a board or its schools, by name."""
    wanted = select(Membership, User).join(User, User.id == Membership.user_id).where(Membership.board_id == board_id, holds(now))
    return [(held, user) for held, user in tx.execute(wanted.order_by(User.name, User.id, Membership.since))]


def roles_of(tx: Transaction, board_id: UUID, user_ids: Iterable[UUID] | None, now: datetime) -> list[Membership]:
    """The roles that these people (None: all) hold at a board, or are to hold; the eldest first. None that ended."""
    wanted = select(Membership).where(Membership.board_id == board_id)
    if user_ids is not None:
        wanted = wanted.where(Membership.user_id.in_(list(user_ids)))
    lasting = wanted.where(or_(Membership.until.is_(None), Membership.until > now))
    return list(tx.scalars(lasting.order_by(Membership.since, Membership.id)))


def people(tx: Transaction, board_id: UUID, search: str, *, limit: int, offset: int) -> list[User]:
    """The people that a board knows, whose name or address holds this text; by name."""
    wanted = select(User).where(_known(board_id))
    if search:
        wanted = wanted.where(or_(_holds_text(User.name, search), _holds_text(User.email, search)))
    return list(tx.scalars(wanted.order_by(User.name, User.id).limit(limit).offset(offset)))


def person(tx: Transaction, board_id: UUID, user_id: UUID) -> User | None:
    """Somebody whom this board knows: by a role that he has or had, or by an invitation that he accepted."""
    return tx.scalars(select(User).where(User.id == user_id, _known(board_id))).one_or_none()


def people_by_email(tx: Transaction, board_id: UUID, emails: Iterable[str]) -> dict[str, User]:
    """Those of these addresses whom the board knows already."""
    found = (tx.scalars(select(User).where(_known(board_id), User.email.in_(part))) for part in parts(sorted(set(emails))))
    return {user.email: user for part in found for user in part}


def users(tx: Transaction, user_ids: Iterable[UUID]) -> dict[UUID, User]:
    """These people, by id."""
    return {user.id: user for user in tx.scalars(select(User).where(User.id.in_(list(user_ids))))}


def membership(tx: Transaction, board_id: UUID, membership_id: UUID, *, locks: bool = False) -> Membership | None:
    """A role of somebody at a board."""
    wanted = select(Membership).where(Membership.id == membership_id, Membership.board_id == board_id)
    return tx.scalars(wanted.with_for_update() if locks else wanted).one_or_none()


def held_anywhere(tx: Transaction, user_id: UUID, now: datetime) -> bool:
    """Whether somebody holds any role now."""
    return tx.scalar(select(func.count()).where(Membership.user_id == user_id, holds(now))) != 0


def names(tx: Transaction, user_ids: Iterable[UUID | None], invitation_ids: Iterable[UUID | None] = ()) -> dict[UUID, str]:
    """The names of these people, and of those who were invited, by id."""
    users = select(User.id, User.name).where(User.id.in_([one for one in set(user_ids) if one is not None]))
    invited = select(Invitation.id, Invitation.name).where(
        Invitation.id.in_([one for one in set(invitation_ids) if one is not None])
    )
    return {**dict(tx.execute(users).all()), **dict(tx.execute(invited).all())}


def boards(tx: Transaction, board_ids: Iterable[UUID]) -> list[Board]:
    """These boards, by name."""
    return list(tx.scalars(select(Board).where(Board.id.in_(list(board_ids))).order_by(Board.name, Board.id)))


def record(tx: Transaction, lines: list[dict[str, object]]) -> None:
    """Write down what administration did, in this order."""
    tx.execute(insert(AdminEvent), lines)


def events(tx: Transaction, board_id: UUID, *, before: int | None, limit: int) -> list[AdminEvent]:
    """What administration did at a board, the newest first, from before a line on."""
    wanted = select(AdminEvent).where(AdminEvent.board_id == board_id)
    if before is not None:
        wanted = wanted.where(AdminEvent.id < before)
    return list(tx.scalars(wanted.order_by(AdminEvent.id.desc()).limit(limit)))


def _known(board_id: UUID) -> ColumnElement[bool]:
    held = select(Membership.user_id).where(Membership.board_id == board_id)
    invited = select(Invitation.user_id).where(Invitation.board_id == board_id, Invitation.user_id.is_not(None))
    return or_(User.id.in_(held), User.id.in_(invited))


def _holds_text(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    return func.lower(column).contains(text.lower(), autoescape=True)


def parts(emails: list[str]) -> Iterable[list[str]]:
    """So many at a time as a statement may have parameters."""
    return (emails[start : start + 500] for start in range(0, len(emails), 500))
