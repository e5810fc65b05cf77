"""Plans for moving running procedures: which procedures they touch, what is still to be done, and how one worker takes one."""

from datetime import datetime
from random import SystemRandom
from uuid import UUID

from sqlalchemy import func, select, update

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import holds
from app.storage.tables import Case, Deadline, Membership, MovedProcedure, MovePlan, ProcedureRow, ProcedureVersion

_DECIDES = (Role.BOARD.value, Role.SUBSTITUTE.value)


def versions_of(tx: Transaction, key: str) -> list[ProcedureVersion]:
    """The versions of a procedure that cases may run, the newest first."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.key == key, ProcedureVersion.status != "draft")
    return list(tx.scalars(wanted.order_by(ProcedureVersion.number.desc())))


def add_affected(tx: Transaction, plan: MovePlan) -> None:
    """Put what runs under the old version on a plan's list, as far as it is not there yet, in an order that tells nothing.

    A plan that tries again takes what stayed behind in the one before, and nothing else.
    """
    here = select(MovedProcedure.procedure_id).where(MovedProcedure.plan_id == plan.id)
    wanted = select(ProcedureRow.id).where(ProcedureRow.version_id == plan.from_id, ProcedureRow.ended_at.is_(None))
    if plan.again_of is not None:
        stayed = select(MovedProcedure.procedure_id).where(MovedProcedure.plan_id == plan.again_of)
        wanted = wanted.where(ProcedureRow.id.in_(stayed.where(MovedProcedure.outcome == "stays")))
    found = list(tx.scalars(wanted.where(ProcedureRow.id.not_in(here))))
    # Another order in each plan: one number followed through many plans would become a case.
    SystemRandom().shuffle(found)
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


def has(tx: Transaction, plan_id: UUID, outcome: str) -> bool:
    """Whether any procedure of a plan has this outcome."""
    here = select(MovedProcedure.id).where(MovedProcedure.plan_id == plan_id, MovedProcedure.outcome == outcome)
    return tx.scalars(here.limit(1)).first() is not None


def deciders(tx: Transaction, board_id: UUID, now: datetime) -> set[UUID]:
    """Those who decide for a board."""
    wanted = select(Membership.user_id).where(Membership.board_id == board_id, Membership.role.in_(_DECIDES), holds(now))
    return set(tx.scalars(wanted))


def waits_for(tx: Transaction, user_id: UUID, now: datetime) -> bool:
    """Whether a plan was tried, can move something, and waits for this person to let it begin."""
    boards = select(Membership.board_id).where(Membership.user_id == user_id, Membership.role.in_(_DECIDES), holds(now))
    draw = Membership.role.in_((*_DECIDES, Role.PROCESS_OWNER.value))
    makers = select(Membership.user_id).where(Membership.board_id.in_(boards.correlate(None)), draw, holds(now))
    ready = select(MovedProcedure.plan_id).where(MovedProcedure.outcome == "ready")
    tried = select(MovePlan.id).where(MovePlan.doing == "try", MovePlan.state == "done", MovePlan.id.in_(ready))
    others = tried.where(MovePlan.made_by != user_id, MovePlan.made_by.in_(makers))
    return tx.scalars(others.limit(1)).first() is not None


def answers_moved(tx: Transaction, procedure_id: UUID, since: datetime) -> list[str]:
    """Which answers took the place of others when a procedure moved after a moment, as each plan says; the first move first."""
    wanted = select(MovePlan.answers).join(MovedProcedure, MovedProcedure.plan_id == MovePlan.id)
    moved = wanted.where(MovedProcedure.procedure_id == procedure_id, MovedProcedure.outcome == "moved")
    return list(tx.scalars(moved.where(MovedProcedure.handled_at > since).order_by(MovedProcedure.handled_at)))


def dropped_term(tx: Transaction, task_id: UUID) -> Deadline | None:
    """The term that an open step had and lost."""
    return tx.scalars(select(Deadline).where(Deadline.task_id == task_id)).one_or_none()


def set_aside(tx: Transaction, item_id: UUID, outcome: str, now: datetime) -> None:
    """Say that a procedure could not be moved, or put back, by a mistake of the program."""
    values = {"todo": False, "outcome": outcome, "code": "failed", "element_id": None, "handled_at": now}
    tx.execute(update(MovedProcedure).where(MovedProcedure.id == item_id, MovedProcedure.todo).values(**values))
