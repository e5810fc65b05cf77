"""The terms that a person may see: of steps in lanes that he handles, and in lanes that his own may look into."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select, tuple_

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Deadline, ProcedureRow, School, Task


@dataclass(frozen=True, slots=True)
class TermFilters:
    """`closed`: also terms of tasks that are closed. `number` is how the case's number begins. `after`: where a page ended."""

    closed: bool = False
    number: str | None = None
    after: tuple[datetime, UUID] | None = None


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its task, the version that describes its step, and where it belongs."""

    deadline: Deadline
    task: Task
    version_id: UUID
    case_number: str
    school: str


def terms(
    tx: Transaction, user_id: UUID, looks: Sequence[tuple[str, str]], filters: TermFilters, *, now: datetime, limit: int
) -> list[TermLine]:
    """The terms, the nearest first. `looks`: which lane may look into which. Terms that fell away are left out."""
    handled = and_(CaseHandler.procedure_id == Task.procedure_id, CaseHandler.user_id == user_id, CaseHandler.until.is_(None))
    # Gathered first, each once, so that the rest is found through it and not through everybody's terms.
    visible = select(Task.id).distinct().join(CaseHandler, handled)
    visible = visible.where(tuple_(CaseHandler.lane, Task.school_id).in_(lanes_held(user_id, now)))
    visible = visible.where(tuple_(CaseHandler.lane, Task.lane).in_(looks))
    if not filters.closed:
        visible = visible.where(Task.closed_at.is_(None))
    own = visible.subquery()
    wanted = select(Deadline, Task, ProcedureRow.version_id, Case.number, School.name).join(own, own.c.id == Deadline.task_id)
    wanted = wanted.join(Task, Task.id == Deadline.task_id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == Deadline.procedure_id).join(Case, Case.id == Deadline.case_id)
    wanted = wanted.join(School, School.id == Task.school_id)
    wanted = wanted.where(Deadline.state != "dropped")
    if filters.number is not None:
        wanted = wanted.where(Case.number.startswith(filters.number, autoescape=True))
    if filters.after is not None:
        due, last = filters.after
        wanted = wanted.where(or_(Deadline.due_at > due, and_(Deadline.due_at == due, Deadline.id > last)))
    return [TermLine(*row) for row in tx.execute(wanted.order_by(Deadline.due_at, Deadline.id).limit(limit))]


def lanes_in(tx: Transaction, user_id: UUID, procedure_ids: Collection[UUID], now: datetime) -> dict[UUID, frozenset[Role]]:
    """The lanes that a person handles in these procedures, as far as he still holds the roles; by procedure."""
    wanted = select(CaseHandler.procedure_id, CaseHandler.lane).join(Case, Case.id == CaseHandler.case_id)
    wanted = wanted.where(
        CaseHandler.user_id == user_id, CaseHandler.until.is_(None), CaseHandler.procedure_id.in_(procedure_ids)
    )
    found: dict[UUID, frozenset[Role]] = {}
    for procedure_id, lane in tx.execute(wanted.where(tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(user_id, now)))):
        found[procedure_id] = found.get(procedure_id, frozenset()) | {Role(lane)}
    return found
