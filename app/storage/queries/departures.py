"""Who left a board, and whether somebody belongs to another board still."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update

from app.storage.database import Transaction
from app.storage.queries.directory import parts
from app.storage.tables import Departure, Membership, Proposal, User


def departure(tx: Transaction, board_id: UUID, user_id: UUID) -> Departure | None:
    """That somebody left a board, and when; None while he did not, or when he came back."""
    return tx.get(Departure, (board_id, user_id))


def departed(tx: Transaction, board_id: UUID, user_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these people left a board."""
    wanted = select(Departure.user_id).where(Departure.board_id == board_id, Departure.user_id.in_(list(user_ids)))
    return set(tx.scalars(wanted))


def forget(tx: Transaction, board_id: UUID, user_id: UUID) -> bool:
    """Somebody is back at a board; whether he had left it."""
    gone = delete(Departure).where(Departure.board_id == board_id, Departure.user_id == user_id)
    return tx.scalars(gone.returning(Departure.user_id)).one_or_none() is not None


def belongs_elsewhere(tx: Transaction, user_id: UUID, board_id: UUID, now: datetime) -> bool:
    """Whether somebody holds a role at another board, or is to hold one, or is proposed for one there."""
    held = exists().where(
        Membership.user_id == user_id, Membership.board_id != board_id, or_(Membership.until.is_(None), Membership.until > now)
    )
    asked = exists().where(Proposal.user_id == user_id, Proposal.board_id != board_id, Proposal.state == "open")
    return bool(tx.scalar(select(or_(held, asked))))


def let_in(tx: Transaction, emails: Iterable[str]) -> None:
    """Whoever of these was shut out, because he had left, may sign in again: somebody invites him."""
    for part in parts(sorted(set(emails))):
        tx.execute(update(User).where(User.email.in_(part), User.active.is_(False)).values(active=True))
