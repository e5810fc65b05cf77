"""The terms that a person may see: of steps in lanes that he handles, and in lanes that his own may look into."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.absences import Stand, acting, handled
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Deadline, ProcedureRow, School, Task


@dataclass(frozen=True, slots=True)
class TermFilters:
    """`closed`: also terms of tasks that are closed. `number` is how the case's number begins. `after`: where a page ended."""

    closed: bool = False
    number: str | None = None
    after: tuple[datetime, UUID] | None = None
    #: For whom this person acts: he sees what they see there.
    stands: tuple[Stand, ...] = ()


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its task, the version that describes its step, and where it belongs."""

    deadline: Deadline
    task: Task
    version_id: UUID
    case_number: str
    school: str


def terms(
    tx: Transaction,
    user_id: UUID,
    looks: Sequence[tuple[str, str]],
    filters: TermFilters,
    *,
    now: datetime,
    limit: int,
) -> list[TermLine]:
    """The terms, the nearest first. `looks`: which lane may look into which. Terms that fell away are left out."""
    # Gathered first, each once, so that the rest is found through it and not through everybody's terms.
    visible = select(Task.id).distinct().join(CaseHandler, CaseHandler.procedure_id == Task.procedure_id)
    visible = visible.where(CaseHandler.until.is_(None), _handles(user_id, Task.school_id, now, filters.stands))
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
    ordered = wanted.order_by(Deadline.due_at, Deadline.id).limit(limit)
    return [TermLine(*row) for row in tx.execute(ordered, acting(filters.stands))]


def _handles(user_id: UUID, school: InstrumentedAttribute[UUID], now: datetime, stands: Collection[Stand]) -> ColumnElement[bool]:
    own = and_(CaseHandler.user_id == user_id, tuple_(CaseHandler.lane, school).in_(lanes_held(user_id, now)))
    return handled(own, literal(user_id), acts=bool(stands))


def lanes_in(
    tx: Transaction, user_id: UUID, procedure_ids: Collection[UUID], now: datetime, stands: Collection[Stand] = ()
) -> dict[UUID, frozenset[Role]]:
    """The lanes that a person handles in these procedures, or in which he acts for others, as far as roles hold; by procedure."""
    wanted = select(CaseHandler.procedure_id, CaseHandler.lane).join(Case, Case.id == CaseHandler.case_id)
    wanted = wanted.where(CaseHandler.until.is_(None), CaseHandler.procedure_id.in_(procedure_ids))
    found: dict[UUID, frozenset[Role]] = {}
    for procedure_id, lane in tx.execute(wanted.where(_handles(user_id, Case.school_id, now, stands)), acting(stands)):
        found[procedure_id] = found.get(procedure_id, frozenset()) | {Role(lane)}
    return found
