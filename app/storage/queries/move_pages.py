"""What the pages and the command about moving ask: plans, how far they are, and what came of each procedure."""

from uuid import UUID

from sqlalchemy import func, select

from app.storage.database import Transaction
from app.storage.tables import MovedProcedure, MovePlan, ProcedureRow, ProcedureVersion, User


def running(tx: Transaction, key: str) -> dict[UUID, int]:
    """How many procedures run under each version of a procedure."""
    wanted = select(ProcedureRow.version_id, func.count()).join(ProcedureVersion, ProcedureVersion.id == ProcedureRow.version_id)
    wanted = wanted.where(ProcedureVersion.key == key, ProcedureRow.ended_at.is_(None))
    return dict(tx.execute(wanted.group_by(ProcedureRow.version_id)).all())


def plans_of(tx: Transaction, key: str) -> list[tuple[MovePlan, str | None]]:
    """The plans for a procedure, each with the name of who made it; the newest first."""
    wanted = select(MovePlan, User.name).outerjoin(User, User.id == MovePlan.made_by).where(MovePlan.key == key)
    return [(plan, name) for plan, name in tx.execute(wanted.order_by(MovePlan.made_at.desc(), MovePlan.id))]


def tried(tx: Transaction) -> list[MovePlan]:
    """The plans that were tried and wait for a second person, the oldest first; not those of which nothing can move."""
    ready = select(MovedProcedure.plan_id).where(MovedProcedure.outcome == "ready")
    wanted = select(MovePlan).where(MovePlan.doing == "try", MovePlan.state == "done", MovePlan.id.in_(ready))
    return list(tx.scalars(wanted.order_by(MovePlan.made_at, MovePlan.id)))


def again(tx: Transaction, plan: MovePlan) -> tuple[MovePlan | None, list[MovePlan]]:
    """The plan of which this one tries again what stayed, and those that try again what stayed in it, the newest first."""
    before = None if plan.again_of is None else tx.get_one(MovePlan, plan.again_of)
    after = select(MovePlan).where(MovePlan.again_of == plan.id).order_by(MovePlan.made_at.desc(), MovePlan.id)
    return before, list(tx.scalars(after))


def last_moved(tx: Transaction, from_id: UUID, to_id: UUID) -> UUID | None:
    """The plan that began to move last between two versions, among those that moved something and do not go on."""
    moved = select(MovedProcedure.plan_id).where(MovedProcedure.outcome == "moved")
    wanted = select(MovePlan.id).where(MovePlan.from_id == from_id, MovePlan.to_id == to_id, MovePlan.id.in_(moved))
    wanted = wanted.where(MovePlan.doing == "move", MovePlan.state.in_(("stopped", "done")))
    return tx.scalars(wanted.order_by(MovePlan.confirmed_at.desc(), MovePlan.id).limit(1)).one_or_none()


def counts(tx: Transaction, plan_id: UUID) -> dict[tuple[str, bool], int]:
    """How many procedures of a plan have each outcome, and whether the plan has yet to come by them."""
    wanted = select(MovedProcedure.outcome, MovedProcedure.todo, func.count()).where(MovedProcedure.plan_id == plan_id)
    found = tx.execute(wanted.group_by(MovedProcedure.outcome, MovedProcedure.todo))
    return {(outcome, waits): number for outcome, waits, number in found}


def reasons(tx: Transaction, plan_id: UUID) -> list[tuple[str, str, int]]:
    """Why procedures of a plan stay: the code, the element (empty: none) and how many; the most frequent first."""
    number = func.count()
    code, element = func.coalesce(MovedProcedure.code, ""), func.coalesce(MovedProcedure.element_id, "")
    wanted = select(code, element, number).where(MovedProcedure.plan_id == plan_id, MovedProcedure.code.is_not(None))
    return list(tx.execute(wanted.group_by(code, element).order_by(number.desc(), code, element)).all())


def items(tx: Transaction, plan_id: UUID, *, limit: int, offset: int) -> list[MovedProcedure]:
    """What came of a plan's procedures: those that stay first, then by number."""
    wanted = select(MovedProcedure).where(MovedProcedure.plan_id == plan_id)
    stays_first = MovedProcedure.outcome.in_(("ready", "moved", "unknown"))
    return list(tx.scalars(wanted.order_by(stays_first, MovedProcedure.number).limit(limit).offset(offset)))
