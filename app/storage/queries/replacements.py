"""Who may take over a case in illness, the keys that sleep for him, and which cases of an adviser have such a person."""

from uuid import UUID

from sqlalchemy import delete, select

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.tables import Case, CaseHandler, DormantKey, File, ProcedureRow, Replacement


def replacement_of(tx: Transaction, case_id: UUID) -> Replacement | None:
    """Who was named to take this case over in illness, with the complainant's consent."""
    return tx.get(Replacement, case_id)


def dormant_keys(tx: Transaction, file_id: UUID, user_id: UUID) -> list[DormantKey]:
    """The sleeping keys of a file for one person, the oldest epoch first."""
    wanted = select(DormantKey).where(DormantKey.file_id == file_id, DormantKey.user_id == user_id)
    return list(tx.scalars(wanted.order_by(DormantKey.epoch)))


def drop_dormant_keys(tx: Transaction, case_id: UUID) -> None:
    """Take all sleeping keys of a case away."""
    tx.execute(delete(DormantKey).where(DormantKey.file_id.in_(select(File.id).where(File.case_id == case_id))))


def open_cases_of_adviser(tx: Transaction, user_id: UUID, school_ids: list[UUID]) -> list[UUID]:
    """The ids of the open cases at these schools in which a person handles the adviser's lane now, in the order of locking."""
    wanted = select(Case.id).join(CaseHandler, CaseHandler.case_id == Case.id)
    wanted = wanted.where(Case.closed_at.is_(None), Case.school_id.in_(school_ids))
    wanted = wanted.where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None), CaseHandler.lane == Role.ADVISER.value)
    return list(tx.scalars(wanted.distinct().order_by(Case.id)))


def is_asked(tx: Transaction, case_id: UUID, user_id: UUID, main: str) -> bool:
    """Whether somebody is asked already to take a case over, in a running process of this name that no other one started."""
    wanted = select(CaseHandler.id).join(ProcedureRow, ProcedureRow.id == CaseHandler.procedure_id)
    wanted = wanted.where(CaseHandler.case_id == case_id, CaseHandler.user_id == user_id, CaseHandler.until.is_(None))
    wanted = wanted.where(CaseHandler.lane == Role.SUCCESSOR.value, ProcedureRow.main == main)
    return tx.scalars(wanted.where(ProcedureRow.parent_id.is_(None), ProcedureRow.ended_at.is_(None))).first() is not None
