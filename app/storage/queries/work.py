"""What a transition needs to know of a procedure, in as few statements as it takes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, literal, select, tuple_

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Deadline, Outbox, ProcedureRow, Task, User


def open_tasks_with_terms(tx: Transaction, procedure_id: UUID) -> list[tuple[Task, Deadline | None]]:
    """The open tasks of a procedure, the oldest first, each with its term when it has one."""
    wanted = select(Task, Deadline).outerjoin(Deadline, Deadline.task_id == Task.id)
    wanted = wanted.where(Task.procedure_id == procedure_id, Task.closed_at.is_(None)).order_by(Task.opened_at, Task.id)
    return [(task, deadline) for task, deadline in tx.execute(wanted.execution_options(populate_existing=True))]


def lanes_of(
    tx: Transaction, user_id: UUID, case: Case, *, procedure_ids: list[UUID], now: datetime
) -> dict[UUID, frozenset[Role]]:
    """The lanes that a person handles in each procedure, as far as he still holds the role at the case's school or board."""
    handled = and_(CaseHandler.user_id == user_id, CaseHandler.until.is_(None), CaseHandler.procedure_id.in_(procedure_ids))
    wanted = select(CaseHandler.procedure_id, CaseHandler.lane).where(handled)
    held = wanted.where(tuple_(CaseHandler.lane, literal(case.school_id)).in_(lanes_held(user_id, now)))
    found: dict[UUID, set[Role]] = {}
    for procedure_id, lane in tx.execute(held):
        found.setdefault(procedure_id, set()).add(Role(lane))
    return {procedure_id: frozenset(lanes) for procedure_id, lanes in found.items()}


def names(tx: Transaction, user_ids: set[UUID]) -> dict[UUID, str]:
    """The names of these people."""
    return dict(tx.execute(select(User.id, User.name).where(User.id.in_(user_ids))).all()) if user_ids else {}


def already_queued(tx: Transaction, keys: list[str]) -> set[str]:
    """Which of these messages stand in the outbox already, sent or not."""
    return set(tx.scalars(select(Outbox.dedupe).where(Outbox.dedupe.in_(keys))))


def procedures_of(tx: Transaction, case_id: UUID) -> list[ProcedureRow]:
    """All procedures of a case, running and ended, the oldest first."""
    wanted = select(ProcedureRow).where(ProcedureRow.case_id == case_id)
    return list(tx.scalars(wanted.order_by(ProcedureRow.started_at, ProcedureRow.id)))
