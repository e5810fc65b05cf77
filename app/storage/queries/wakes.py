"""Which procedures a timer must wake, how one worker among many takes one, and what a procedure is to hear that it started."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, select

from app.storage.database import Transaction
from app.storage.tables import Case, ProcedureRow, Wake

#: As the partial index says it.
_WAITS = and_(ProcedureRow.next_wake_at.is_not(None), ProcedureRow.set_aside_at.is_(None))


def due_procedures(tx: Transaction, now: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """The ids (procedure, case) whose moment has come, the longest overdue first. Locks nothing: claim before you act."""
    wanted = select(ProcedureRow.id, ProcedureRow.case_id).where(_WAITS, ProcedureRow.next_wake_at <= now)
    rows = tx.execute(wanted.order_by(ProcedureRow.next_wake_at, ProcedureRow.id).limit(limit))
    return [(procedure_id, case_id) for procedure_id, case_id in rows]


def claim(tx: Transaction, case_id: UUID, procedure_id: UUID, now: datetime) -> tuple[Case, ProcedureRow] | None:
    """Lock a case and its due procedure; None when another has the case now, or the procedure is not due any more."""
    locked = select(Case).where(Case.id == case_id).with_for_update(skip_locked=True)
    case = tx.scalars(locked.execution_options(populate_existing=True)).one_or_none()
    if case is None:
        return None
    due = select(ProcedureRow).where(ProcedureRow.id == procedure_id, _WAITS, ProcedureRow.next_wake_at <= now)
    procedure = tx.scalars(due.with_for_update().execution_options(populate_existing=True)).one_or_none()
    return None if procedure is None else (case, procedure)


def next_wake(tx: Transaction) -> datetime | None:
    """The earliest moment at which a procedure must be woken; None when none waits."""
    return tx.scalar(select(func.min(ProcedureRow.next_wake_at)).where(_WAITS))


def undelivered(tx: Transaction, case_id: UUID) -> list[Wake]:
    """That procedures of a case ended, and who started them was not told yet; in the order in which they ended."""
    ended = select(Wake).join(ProcedureRow, ProcedureRow.id == Wake.ended_id)
    wanted = ended.where(ProcedureRow.case_id == case_id, Wake.delivered_at.is_(None))
    return list(tx.scalars(wanted.order_by(ProcedureRow.ended_at, Wake.id)))


def drop(tx: Transaction, procedure_id: UUID) -> None:
    """A procedure that ended hears nothing any more."""
    tx.execute(delete(Wake).where(Wake.procedure_id == procedure_id, Wake.delivered_at.is_(None)))
