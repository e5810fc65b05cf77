"""How people of a board can be reached."""

from uuid import UUID

from sqlalchemy import select

from app.storage.database import Transaction
from app.storage.tables import Reachability


def of_board(tx: Transaction, board_id: UUID) -> dict[UUID, Reachability]:
    """What is known of a board's people, by person."""
    return {row.user_id: row for row in tx.scalars(select(Reachability).where(Reachability.board_id == board_id))}


def one(tx: Transaction, board_id: UUID, user_id: UUID, *, locks: bool = False) -> Reachability | None:
    """What is known of one of them."""
    return tx.get(Reachability, (user_id, board_id), with_for_update=locks or None)
