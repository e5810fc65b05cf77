"""Saved views, tasks put off, what was seen. Each question names the person whose it is."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Exists, Uuid, and_, bindparam, delete, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import holds
from app.storage.tables import Base, CaseHandler, Deadline, Membership, PutOff, SavedView, Task, TaskSeen, User
from app.storage.types import Moment

_USER, _NOW = bindparam("user_id", type_=Uuid()), bindparam("now", type_=Moment())
_SAME_PLACE: Final = and_(
    SavedView.role == Membership.role,
    SavedView.board_id == Membership.board_id,
    SavedView.team_school_id.is_not_distinct_from(Membership.school_id),
)
# Asked with every inbox, so put together once: his own, and those of the teams that he is in now.
_VIEWS: Final = (
    select(SavedView)
    .where(
        SavedView.id.in_(
            union_all(
                select(SavedView.id).where(SavedView.maker_id == _USER, SavedView.role.is_(None)),
                select(SavedView.id).join(Membership, _SAME_PLACE).where(Membership.user_id == _USER, holds(_NOW)),
            )
        )
    )
    .order_by(SavedView.made_at, SavedView.id)
)
_SEEN_TABLE: Final = Base.metadata.tables[TaskSeen.__tablename__]
_SEE: Final = {
    "sqlite": sqlite_insert(_SEEN_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_SEEN_TABLE).on_conflict_do_nothing(),
}


def views(tx: Transaction, user_id: UUID, now: datetime) -> list[SavedView]:
    """The views that a person sees: his own, and those of every team that he is in now; the oldest first. One statement."""
    return list(tx.scalars(_VIEWS, {"user_id": user_id, "now": now}))


def team_size(tx: Transaction, role: Role, board_id: UUID, school_id: UUID | None) -> int:
    """How many views a team keeps."""
    team = and_(SavedView.role == role.value, SavedView.board_id == board_id)
    where = and_(team, SavedView.team_school_id.is_not_distinct_from(school_id))
    return tx.scalar(select(func.count()).where(where)) or 0


def see(tx: Transaction, task_id: UUID, user_id: UUID) -> None:
    """Write down that this person opened a task, once."""
    tx.execute(_SEE[tx.get_bind().dialect.name], {"task_id": task_id, "user_id": user_id})


def came_to(tx: Transaction, task_id: UUID, user_id: UUID) -> None:
    """A task comes to somebody: he has not seen it, and has put nothing off."""
    tx.execute(delete(TaskSeen).where(TaskSeen.task_id == task_id, TaskSeen.user_id == user_id))
    take_back(tx, task_id, user_id)


def take_back(tx: Transaction, task_id: UUID, user_id: UUID) -> bool:
    """A task that somebody put off is there again; whether he had put it off."""
    gone = delete(PutOff).where(PutOff.task_id == task_id, PutOff.user_id == user_id).returning(PutOff.task_id)
    return tx.scalars(gone).one_or_none() is not None


def law_ends(tx: Transaction, task_id: UUID) -> datetime | None:
    """The first moment after the term of law of a task; None where the law sets none, or it does not run yet."""
    return tx.scalar(select(Deadline.due_at).where(Deadline.task_id == task_id, Deadline.statutory))


def fellow_handlers(tx: Transaction, user_id: UUID, task_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Who else handles the lane of any of these tasks; by name. Whether he may have one is asked when it is handed over."""
    handled = and_(CaseHandler.procedure_id == Task.procedure_id, CaseHandler.lane == Task.lane, CaseHandler.until.is_(None))
    wanted = select(User.id, User.name).join(CaseHandler, CaseHandler.user_id == User.id).join(Task, handled)
    others = wanted.where(Task.id.in_(task_ids), User.id != user_id, User.active)
    return list(tx.execute(others.distinct().order_by(User.name, User.id)))


def idle_marks(tx: Transaction) -> list[tuple[UUID, UUID]]:
    """Task and person of marks that say nothing any more: the task is closed, or he handles its lane no longer."""
    return list(tx.execute(select(TaskSeen.task_id, TaskSeen.user_id).where(~_still_his(TaskSeen))))


def forget(tx: Transaction, marks: Collection[tuple[UUID, UUID]], now: datetime) -> None:
    """Delete these marks, and what somebody put off and is back, closed, or not his any more."""
    tx.execute(delete(PutOff).where(or_(PutOff.until <= now, ~_still_his(PutOff))))
    if marks:
        gone = delete(_SEEN_TABLE).where(
            _SEEN_TABLE.c.task_id == bindparam("of_task"), _SEEN_TABLE.c.user_id == bindparam("of_user")
        )
        tx.execute(gone, [{"of_task": task_id, "of_user": user_id} for task_id, user_id in marks])


def _still_his(table: type[TaskSeen | PutOff]) -> Exists:
    """That a task is open, and its row's person handles the lane."""
    handled = and_(CaseHandler.procedure_id == Task.procedure_id, CaseHandler.lane == Task.lane, CaseHandler.until.is_(None))
    here = select(literal(1)).select_from(Task).join(CaseHandler, handled)
    return here.where(Task.id == table.task_id, CaseHandler.user_id == table.user_id, Task.closed_at.is_(None)).exists()
