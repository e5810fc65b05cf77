"""Cases, their handlers and their open tasks; and the one order in which rows are locked: case, then procedure."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.domain.errors import NotFound
from app.storage.database import Transaction
from app.storage.tables import Case, CaseHandler, ProcedureRow, Task


def lock(tx: Transaction, procedure_id: UUID) -> tuple[Case, ProcedureRow]:
    """Lock a procedure's case and then the procedure, both read afresh. Raises NotFound."""
    of_procedure = select(ProcedureRow.case_id).where(ProcedureRow.id == procedure_id).scalar_subquery()
    case = _lock_case(tx, Case.id == of_procedure)
    wanted = select(ProcedureRow).where(ProcedureRow.id == procedure_id)
    return case, tx.scalars(wanted.with_for_update().execution_options(populate_existing=True)).one()


def lock_case(tx: Transaction, case_id: UUID) -> Case:
    """Lock a case, read afresh; whoever appends to its history or starts a procedure in it holds this. Raises NotFound."""
    return _lock_case(tx, Case.id == case_id)


def case_by_number(tx: Transaction, number: str) -> Case | None:
    """The case with this number, whoever may see it: policy decides that."""
    return tx.scalars(select(Case).where(Case.number == number)).one_or_none()


def handlers(tx: Transaction, procedure_id: UUID) -> list[CaseHandler]:
    """Who handles a procedure now, per lane, the longest first."""
    wanted = select(CaseHandler).where(CaseHandler.procedure_id == procedure_id, CaseHandler.until.is_(None))
    return list(tx.scalars(wanted.order_by(CaseHandler.lane, CaseHandler.since, CaseHandler.id)))


def open_tasks(tx: Transaction, procedure_id: UUID) -> list[Task]:
    """The tasks of a procedure that wait for a person, the oldest first."""
    wanted = select(Task).where(Task.procedure_id == procedure_id, Task.closed_at.is_(None))
    return list(tx.scalars(wanted.order_by(Task.opened_at, Task.id)))


def _lock_case(tx: Transaction, which: ColumnElement[bool]) -> Case:
    wanted = select(Case).where(which).with_for_update().execution_options(populate_existing=True)
    case = tx.scalars(wanted).one_or_none()
    if case is None:
        raise NotFound
    return case
