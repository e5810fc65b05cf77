"""Roles that ended: which of them nobody looked after yet, what hung on them, and which tasks wait for nobody since."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import aliased

from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Membership, ProcedureRow, Task

_Other = aliased(CaseHandler)
_Ended = aliased(Membership)


class Waiting(NamedTuple):
    """So many open tasks of a lane at a school wait for nobody."""

    school_id: UUID
    lane: str
    number: int


def ended(tx: Transaction, now: datetime, limit: int, *, user_id: UUID | None = None) -> list[Membership]:
    """Roles (of one person) that ended and that nobody looked after yet, the longest ago first. Locks nothing."""
    wanted = select(Membership).where(Membership.until.is_not(None), Membership.settled_at.is_(None), Membership.until <= now)
    if user_id is not None:
        wanted = wanted.where(Membership.user_id == user_id)
    return list(tx.scalars(wanted.order_by(Membership.until, Membership.id).limit(limit)))


def touched(tx: Transaction, role: Membership, lanes: Collection[str]) -> list[tuple[UUID, UUID]]:
    """The running procedures in which somebody was ticked for lanes that he held by a role: case and procedure, by case."""
    wanted = select(CaseHandler.case_id, CaseHandler.procedure_id).join(Case, Case.id == CaseHandler.case_id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == CaseHandler.procedure_id)
    wanted = wanted.where(CaseHandler.user_id == role.user_id, CaseHandler.until.is_(None), CaseHandler.lane.in_(lanes))
    wanted = wanted.where(Case.board_id == role.board_id, ProcedureRow.ended_at.is_(None))
    if role.school_id is not None:
        wanted = wanted.where(Case.school_id == role.school_id)
    rows = tx.execute(wanted.distinct().order_by(CaseHandler.case_id, CaseHandler.procedure_id))
    return [(case_id, procedure_id) for case_id, procedure_id in rows]


def waiting(tx: Transaction, board_id: UUID, now: datetime) -> list[Waiting]:
    """How many open tasks of a board's schools wait for nobody, because all who were ticked for their lane lost its role."""
    left = select(_Ended.user_id).where(_Ended.board_id == board_id, _Ended.until <= now)
    still = select(_Other.id).where(
        _Other.procedure_id == Task.procedure_id,
        _Other.lane == Task.lane,
        _Other.until.is_(None),
        tuple_(_Other.lane, Task.school_id).in_(lanes_held(_Other.user_id, now)),
    )
    mine = (Task.procedure_id == CaseHandler.procedure_id) & (Task.lane == CaseHandler.lane)
    wanted = select(Task.school_id, Task.lane, func.count(Task.id.distinct())).select_from(CaseHandler).join(Task, mine)
    wanted = wanted.join(Case, Case.id == CaseHandler.case_id).where(Case.board_id == board_id, Task.closed_at.is_(None))
    wanted = wanted.where(CaseHandler.user_id.in_(left), CaseHandler.until.is_(None), ~still.exists())
    return [Waiting(*row) for row in tx.execute(wanted.group_by(Task.school_id, Task.lane).order_by(Task.school_id, Task.lane))]
