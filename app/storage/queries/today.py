"""What an adviser's day holds besides tasks: days that come by themselves, and cases in which nothing happens.

As the inbox, everything starts at the person's own rows, and counts only where he still holds the lane's role.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Event, ProcedureRow, School, Task


@dataclass(frozen=True, slots=True)
class Silence:
    """A case that runs, and the last moment at which somebody did something in it."""

    number: str
    school: str
    last_at: datetime


def waking(tx: Transaction, user_id: UUID, role: Role, *, now: datetime, limit: int) -> list[tuple[ProcedureRow, str]]:
    """Procedures of which a person handles this lane and that wake at a moment, the nearest first, with its case number."""
    wanted = _handled(user_id, role, now, ProcedureRow, Case.number).where(ProcedureRow.next_wake_at.is_not(None))
    nearest = wanted.order_by(ProcedureRow.next_wake_at, ProcedureRow.id).limit(limit)
    return [(row, number) for row, number in tx.execute(nearest)]


def silent(tx: Transaction, user_id: UUID, role: Role, *, before: datetime, now: datetime, limit: int) -> list[Silence]:
    """Cases with a running procedure in which nobody took a step since a moment, the longest silent first.

    What time did by itself is no step; nor is reading a file, which belongs to no procedure. Where nobody has anything to do
    until a day that comes by itself, such as the end of a pause, silence is what was agreed.
    """
    last = func.max(Event.at)
    wanted = _handled(user_id, role, now, Case.number, School.name, last).join(School, School.id == Case.school_id)
    stepped = and_(Event.case_id == Case.id, Event.procedure_id == ProcedureRow.id, Event.actor_id.is_not(None))
    quiet = wanted.where(~_rests()).join(Event, stepped).group_by(Case.number, School.name).having(last < before)
    return [Silence(*row) for row in tx.execute(quiet.order_by(last, Case.number).limit(limit))]


def _rests() -> ColumnElement[bool]:
    """A case without an open task, in which a procedure wakes by itself."""
    any_procedure = aliased(ProcedureRow)
    waits = and_(any_procedure.next_wake_at.is_not(None), any_procedure.set_aside_at.is_(None))
    wakes = exists().where(any_procedure.case_id == Case.id, waits)
    return and_(~exists().where(Task.case_id == Case.id, Task.closed_at.is_(None)), wakes)


def _handled(user_id: UUID, role: Role, now: datetime, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
    wanted = select(*columns).select_from(CaseHandler).join(ProcedureRow, ProcedureRow.id == CaseHandler.procedure_id)
    wanted = wanted.join(Case, Case.id == ProcedureRow.case_id)
    wanted = wanted.where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None), CaseHandler.lane == role.value)
    held = tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(user_id, now))
    return wanted.where(ProcedureRow.ended_at.is_(None), held)
