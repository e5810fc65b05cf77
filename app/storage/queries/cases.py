"""Cases, their handlers and their open tasks; and the one order in which rows are locked: case, then procedure."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, func, literal, select, tuple_

from app.domain.errors import NotFound
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.absences import Stand, acting, handled
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, ProcedureRow, Task

# Asked at every transition, so put together once. One statement for both rows: they are locked in the order in which it names
# them, and what another transaction changed while this one waited is read anew.
_LOCKED: Final = (
    select(Case, ProcedureRow)
    .join(ProcedureRow, ProcedureRow.case_id == Case.id)
    .with_for_update(of=(Case, ProcedureRow))
    .execution_options(populate_existing=True)
)
_OF_PROCEDURE: Final = _LOCKED.where(ProcedureRow.id == bindparam("id", type_=Uuid()))
_OF_TASK: Final = _LOCKED.where(
    ProcedureRow.id == select(Task.procedure_id).where(Task.id == bindparam("id", type_=Uuid())).scalar_subquery()
)


def lock(tx: Transaction, procedure_id: UUID) -> tuple[Case, ProcedureRow]:
    """Lock a procedure's case and then the procedure, both read afresh. Raises NotFound."""
    return _locked(tx, _OF_PROCEDURE, procedure_id)


def lock_of_task(tx: Transaction, task_id: UUID) -> tuple[Case, ProcedureRow]:
    """The same for the procedure of a task. Raises NotFound when there is no such task."""
    return _locked(tx, _OF_TASK, task_id)


def lock_case(tx: Transaction, case_id: UUID) -> Case:
    """Lock a case, read afresh; whoever appends to its history or starts a procedure in it holds this. Raises NotFound."""
    wanted = select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    case = tx.scalars(wanted).one_or_none()
    if case is None:
        raise NotFound
    return case


def case_by_number(tx: Transaction, number: str) -> Case | None:
    """The case with this number, whoever may see it: policy decides that."""
    return tx.scalars(select(Case).where(Case.number == number)).one_or_none()


def handlers(tx: Transaction, procedure_id: UUID) -> list[CaseHandler]:
    """Who handles a procedure now, per lane, the longest first."""
    wanted = select(CaseHandler).where(CaseHandler.procedure_id == procedure_id, CaseHandler.until.is_(None))
    return list(tx.scalars(wanted.order_by(CaseHandler.lane, CaseHandler.since, CaseHandler.id)))


def handled_by(tx: Transaction, case_id: UUID, role: Role, user_id: UUID) -> list[CaseHandler]:
    """Where in a case a person handles this lane now: one row for each procedure."""
    wanted = select(CaseHandler).where(CaseHandler.case_id == case_id, CaseHandler.lane == role.value)
    return list(tx.scalars(wanted.where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None))))


def lane_of_case(tx: Transaction, case_id: UUID, role: Role) -> list[CaseHandler]:
    """Who handles this lane of a case now: a row for each person and procedure, the longest first."""
    wanted = select(CaseHandler).where(CaseHandler.case_id == case_id, CaseHandler.lane == role.value)
    return list(tx.scalars(wanted.where(CaseHandler.until.is_(None)).order_by(CaseHandler.since, CaseHandler.id)))


def left_lane(tx: Transaction, case_id: UUID, role: Role) -> set[UUID]:
    """Who handled this lane of a case once and left it."""
    wanted = select(CaseHandler.user_id).where(CaseHandler.case_id == case_id, CaseHandler.lane == role.value)
    return set(tx.scalars(wanted.where(CaseHandler.until.is_not(None))))


def open_tasks_of_lane(tx: Transaction, case_id: UUID, role: Role) -> list[Task]:
    """The open tasks of a lane in all procedures of a case, whoever picked them up."""
    wanted = select(Task).where(Task.case_id == case_id, Task.lane == role.value, Task.closed_at.is_(None))
    return list(tx.scalars(wanted.order_by(Task.opened_at, Task.id)))


def last_left(tx: Transaction, case_id: UUID, user_id: UUID) -> datetime | None:
    """When somebody last left a lane of a case; None when he never did."""
    return tx.scalar(select(func.max(CaseHandler.until)).where(CaseHandler.case_id == case_id, CaseHandler.user_id == user_id))


def tasks_held(tx: Transaction, case_id: UUID, role: Role, user_id: UUID) -> list[Task]:
    """The open tasks of a lane that a person picked up, in all procedures of a case."""
    wanted = select(Task).where(Task.case_id == case_id, Task.lane == role.value)
    return list(tx.scalars(wanted.where(Task.assignee_id == user_id, Task.closed_at.is_(None))))


def open_tasks(tx: Transaction, procedure_id: UUID) -> list[Task]:
    """The tasks of a procedure that wait for a person, the oldest first."""
    wanted = select(Task).where(Task.procedure_id == procedure_id, Task.closed_at.is_(None))
    return list(tx.scalars(wanted.order_by(Task.opened_at, Task.id)))


def cases_of(
    tx: Transaction, user_id: UUID, *, now: datetime, limit: int, offset: int = 0, stands: Collection[Stand] = ()
) -> list[Case]:
    """The cases that a person handles a lane of, as far as he still holds the lane's role there; those that came to him
    last first, because when a case was opened is not for everybody to know.

    `stands`: for whom he acts; these cases too.
    """
    wanted = select(Case).join(CaseHandler, CaseHandler.case_id == Case.id).where(CaseHandler.until.is_(None))
    own = and_(CaseHandler.user_id == user_id, tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(user_id, now)))
    allowed = wanted.where(handled(own, literal(user_id), acts=bool(stands)))
    ordered = allowed.group_by(Case.id).order_by(func.min(CaseHandler.since).desc(), Case.id)
    return list(tx.scalars(ordered.limit(limit).offset(offset), acting(stands)))


def _locked(tx: Transaction, which: Select[Case, ProcedureRow], identity: UUID) -> tuple[Case, ProcedureRow]:
    row = tx.execute(which, {"id": identity}).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]
