"""The numbers of the compliance board: sums over the rows that count for a person (app/storage/queries/watching.py).

Each figure is one condition (app/storage/queries/figures.py); a sum counts the rows that it holds for, and a list shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal, select, union_all

from app.domain.compliance import Figure, Left
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.functions import whole_days
from app.storage.queries.figures import Question, days_left, holds, month_of, narrowed, open_or_lately
from app.storage.tables import Deadline, ProcedureRow, ProcedureVersion, Task

_TERMS = (Figure.KEPT, Figure.MISSED, Figure.RUNNING, Figure.OVERDUE, Figure.EXTENDED, Figure.ESCALATED)


@dataclass(frozen=True, slots=True)
class TermSum:
    """Terms of one role at one school, of one version, of law or targets. `month` counts from the oldest; -1 is none of them.

    `first_due`: the longest overdue one's.
    """

    school_id: UUID
    lane: Role
    version_id: UUID
    statutory: bool
    month: int
    left: Left
    numbers: dict[Figure, int]
    first_due: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSum:
    """Open steps of one role at one school, of one version."""

    school_id: UUID
    lane: Role
    version_id: UUID
    numbers: dict[Figure, int]


@dataclass(frozen=True, slots=True)
class DaysSum:
    """How many took (or wait) so many days: of a step, or of a whole procedure (element and lane empty)."""

    version_id: UUID
    element_id: str
    lane: Role | None
    days: int
    numbers: dict[Figure, int]


def terms(tx: Transaction, asked: Question) -> list[TermSum]:
    """Sums of all figures that are about terms. One statement."""
    keys = (Deadline.school_id, Deadline.lane, Deadline.version_id, Deadline.statutory, month_of(asked))
    overdue = func.min(case((holds(Figure.OVERDUE, asked), Deadline.due_at)))
    still_open, closed = open_or_lately(asked, Deadline)
    days, none = days_left(asked), literal(Left.LATER.value)  # how many days are left is asked of open terms alone
    here, sums = narrowed(asked, Deadline), _sums(asked, *_TERMS)
    parts = union_all(
        select(*keys, days, overdue, *sums).where(here, still_open).group_by(*keys, days),
        select(*keys, none, overdue, *sums).where(here, closed).group_by(*keys),
    )
    return [
        TermSum(school_id, Role(lane), version_id, statutory, month, Left(left), _numbers(_TERMS, numbers), first)
        for school_id, lane, version_id, statutory, month, left, first, *numbers in tx.execute(parts)
    ]


def open_steps(tx: Transaction, asked: Question) -> list[OpenSum]:
    """Sums of open and of sleeping steps. One statement."""
    figures = (Figure.WAITING, Figure.SLEEPING)
    keys = (Task.school_id, Task.lane, Task.version_id)
    joined = select(*keys, *_sums(asked, *figures)).join(ProcedureRow, ProcedureRow.id == Task.procedure_id)
    wanted = joined.where(narrowed(asked, Task), Task.closed_at.is_(None)).group_by(*keys)
    return [OpenSum(school, Role(lane), version, _numbers(figures, n)) for school, lane, version, *n in tx.execute(wanted)]


def steps_by_days(tx: Transaction, asked: Question) -> list[DaysSum]:
    """How long steps took that were done, and how many checks came up and were done. One statement."""
    figures = (Figure.DONE, Figure.AGREED, Figure.CHECKED)
    days = func.coalesce(whole_days(Task.opened_at, Task.closed_at), -1)
    return _by_days(tx, asked, days, figures, parts=open_or_lately(asked, Task))


def waiting_by_days(tx: Transaction, asked: Question) -> list[DaysSum]:
    """How long open steps wait. One statement."""
    return _by_days(tx, asked, whole_days(Task.opened_at, asked.moment()), (Figure.WAITING,), parts=[Task.closed_at.is_(None)])


def missed_by_step(tx: Transaction, asked: Question) -> dict[str, int]:
    """How many terms of each step were missed. One statement."""
    wanted = select(Deadline.element_id, func.count()).where(narrowed(asked, Deadline), holds(Figure.MISSED, asked))
    return dict(tx.execute(wanted.group_by(Deadline.element_id)).all())


def procedures_by_days(tx: Transaction, asked: Question) -> list[DaysSum]:
    """How long whole procedures took. One statement."""
    keys = (ProcedureRow.version_id, whole_days(ProcedureRow.started_at, ProcedureRow.ended_at))
    wanted = select(*keys, func.count()).join(ProcedureVersion, ProcedureVersion.id == ProcedureRow.version_id)
    found = wanted.where(narrowed(asked, ProcedureRow), holds(Figure.ENDED, asked)).group_by(*keys)
    return [DaysSum(version, "", None, days, {Figure.ENDED: number}) for version, days, number in tx.execute(found)]


def _by_days(
    tx: Transaction,
    asked: Question,
    days: ColumnElement[int],
    figures: tuple[Figure, ...],
    *,
    parts: Iterable[ColumnElement[bool]],
) -> list[DaysSum]:
    keys = (Task.version_id, Task.element_id, Task.lane, days)
    wanted = select(*keys, *_sums(asked, *figures)).where(narrowed(asked, Task)).group_by(*keys)
    return [
        DaysSum(version_id, element_id, Role(lane), took, _numbers(figures, numbers))
        for version_id, element_id, lane, took, *numbers in tx.execute(union_all(*(wanted.where(part) for part in parts)))
    ]


def _sums(asked: Question, *figures: Figure) -> list[Any]:
    return [func.sum(case((holds(figure, asked), 1), else_=0)) for figure in figures]


def _numbers(figures: tuple[Figure, ...], numbers: list[int]) -> dict[Figure, int]:
    return {figure: number for figure, number in zip(figures, numbers, strict=True) if number}
