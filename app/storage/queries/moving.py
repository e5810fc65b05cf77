"""Plans for moving running procedures: which procedures they touch, what is still to be done, and how one worker takes one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from app.storage.database import Transaction
from app.storage.tables import Case, Deadline, MovedProcedure, MovePlan, ProcedureRow, ProcedureVersion


def versions_of(tx: Transaction, key: str) -> list[ProcedureVersion]:
    """The versions of a procedure that cases may run, the newest first."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.key == key, ProcedureVersion.status != "draft")
    return list(tx.scalars(wanted.order_by(ProcedureVersion.number.desc())))


def add_affected(tx: Transaction, plan: MovePlan) -> None:
    """Put what runs under the old version on a plan's list, as far as it is not there yet, in an order that tells nothing."""
    here = select(MovedProcedure.procedure_id).where(MovedProcedure.plan_id == plan.id)
    wanted = select(ProcedureRow.id).where(ProcedureRow.version_id == plan.from_id, ProcedureRow.ended_at.is_(None))
    found = list(tx.scalars(wanted.where(ProcedureRow.id.not_in(here)).order_by(ProcedureRow.id)))
    first = tx.scalar(select(func.count()).select_from(MovedProcedure).where(MovedProcedure.plan_id == plan.id)) or 0
    tx.add_all(
        MovedProcedure(
            plan_id=plan.id,
            procedure_id=procedure_id,
            number=first + place,
            todo=True,
            outcome="unknown",
            stands_at="[]",
            changes="[]",
        )
        for place, procedure_id in enumerate(found, start=1)
    )


def mark_todo(tx: Transaction, plan_id: UUID, outcomes: list[str]) -> None:
    """Say that a plan has yet to come by all procedures of these outcomes, and by no others."""
    said = update(MovedProcedure).where(MovedProcedure.plan_id == plan_id)
    tx.execute(said.values(todo=MovedProcedure.outcome.in_(outcomes)))


def running_plans(tx: Transaction) -> list[tuple[UUID, str]]:
    """The plans that go on, and what they do, the longest under way first."""
    wanted = select(MovePlan.id, MovePlan.doing).where(MovePlan.state == "running")
    return [(plan_id, doing) for plan_id, doing in tx.execute(wanted.order_by(MovePlan.begun_at, MovePlan.id))]


def todo(tx: Transaction, plan_id: UUID, limit: int) -> list[tuple[UUID, UUID, UUID]]:
    """What a plan has yet to come by: the ids of its own row, the procedure and the case. Locks nothing: claim before you act."""
    wanted = select(MovedProcedure.id, ProcedureRow.id, ProcedureRow.case_id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == MovedProcedure.procedure_id)
    wanted = wanted.where(MovedProcedure.plan_id == plan_id, MovedProcedure.todo)
    return [(item, row, case) for item, row, case in tx.execute(wanted.order_by(MovedProcedure.number).limit(limit))]


def claim(tx: Transaction, case_id: UUID, procedure_id: UUID) -> tuple[Case, ProcedureRow] | None:
    """Lock a case and its procedure; None when another has the case now."""
    fresh = {"populate_existing": True}
    locked = select(Case).where(Case.id == case_id).with_for_update(skip_locked=True)
    case = tx.scalars(locked.execution_options(**fresh)).one_or_none()
    if case is None:
        return None
    wanted = select(ProcedureRow).where(ProcedureRow.id == procedure_id).with_for_update()
    return case, tx.scalars(wanted.execution_options(**fresh)).one()


def claim_item(tx: Transaction, item_id: UUID) -> tuple[MovedProcedure, MovePlan] | None:
    """Lock what a plan has yet to do for one procedure; None when that is done, or the plan goes on no more."""
    fresh = {"populate_existing": True}
    wanted = select(MovedProcedure).where(MovedProcedure.id == item_id, MovedProcedure.todo).with_for_update()
    item = tx.scalars(wanted.execution_options(**fresh)).one_or_none()
    if item is None:
        return None
    plan = tx.scalars(select(MovePlan).where(MovePlan.id == item.plan_id).execution_options(**fresh)).one()
    return (item, plan) if plan.state == "running" else None


def lock_plan(tx: Transaction, plan_id: UUID) -> MovePlan | None:
    """A plan, locked and read afresh."""
    wanted = select(MovePlan).where(MovePlan.id == plan_id).with_for_update()
    return tx.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def is_done(tx: Transaction, plan_id: UUID) -> bool:
    """Whether a plan has come by all its procedures."""
    return (
        tx.scalars(select(MovedProcedure.id).where(MovedProcedure.plan_id == plan_id, MovedProcedure.todo).limit(1)).first()
        is None
    )


def dropped_term(tx: Transaction, task_id: UUID) -> Deadline | None:
    """The term that an open step had and lost."""
    return tx.scalars(select(Deadline).where(Deadline.task_id == task_id)).one_or_none()


def set_aside(tx: Transaction, item_id: UUID, now: datetime) -> None:
    """Say that a procedure could not be moved by a mistake of the program."""
    values = {"todo": False, "outcome": "stays", "code": "failed", "element_id": None, "handled_at": now}
    tx.execute(update(MovedProcedure).where(MovedProcedure.id == item_id, MovedProcedure.todo).values(**values))
