"""Schools and boards, and procedures that run beside another."""

from uuid import UUID

from sqlalchemy import or_, select

from app.storage.database import Transaction
from app.storage.tables import Board, ProcedureRow, School


def schools_at(tx: Transaction, places: list[tuple[UUID, UUID | None]]) -> list[School]:
    """The schools of these places: a board's whole range, or one school of it; by name."""
    if not places:
        return []
    whole = School.board_id.in_([board for board, school in places if school is None])
    one = School.id.in_([school for _, school in places if school is not None])
    return list(tx.scalars(select(School).where(or_(whole, one)).order_by(School.name, School.id)))


def place_names(tx: Transaction, board_ids: set[UUID]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """The names of these boards and of all their schools, by id."""
    boards = dict(tx.execute(select(Board.id, Board.name).where(Board.id.in_(board_ids))).all())
    schools = dict(tx.execute(select(School.id, School.name).where(School.board_id.in_(board_ids))).all())
    return boards, schools


def board_by_name(tx: Transaction, name: str) -> Board | None:
    """The board with this name."""
    return tx.scalars(select(Board).where(Board.name == name)).one_or_none()


def school_by_name(tx: Transaction, board_id: UUID, name: str) -> School | None:
    """The school of a board with this name."""
    return tx.scalars(select(School).where(School.board_id == board_id, School.name == name)).one_or_none()


def running_child(tx: Transaction, parent_id: UUID, main: str) -> ProcedureRow | None:
    """A process that was started beside a procedure and has not ended."""
    wanted = select(ProcedureRow).where(
        ProcedureRow.parent_id == parent_id, ProcedureRow.main == main, ProcedureRow.ended_at.is_(None)
    )
    return tx.scalars(wanted).first()
