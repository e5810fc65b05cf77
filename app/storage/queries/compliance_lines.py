"""The list behind a number of the compliance board: the rows that its figure holds for, with case and term."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, null, select

from app.domain.compliance import Figure
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.figures import Question, holds, narrowed
from app.storage.tables import Case, Deadline, ProcedureRow, ProcedureVersion, School, Task

#: Figures that count terms; all others but whole procedures count steps.
OF_TERMS: Final = frozenset({Figure.KEPT, Figure.MISSED, Figure.RUNNING, Figure.OVERDUE, Figure.EXTENDED, Figure.ESCALATED})
Page = tuple[int, int]
_Lines = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line. `begun` and `done`: of the step, or of the whole procedure; `settled_at`: of its term.

    `stepped_at`: when somebody last moved its procedure on. `element_id` and `lane` are empty for a whole procedure.
    """

    case_id: UUID
    case_number: str
    school: str
    version_id: UUID
    element_id: str | None
    lane: Role | None
    statutory: bool | None
    due_at: datetime | None
    state: str | None
    settled_at: datetime | None
    begun: datetime
    done: datetime | None
    stepped_at: datetime | None


def lines(tx: Transaction, asked: Question, figure: Figure, page: Page | None) -> tuple[int, list[FoundLine]]:
    """How many lines there are, and one page of them (limit, offset) or all, the most urgent first. Two statements."""
    wanted = _lines(asked, figure)
    total = tx.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    if page is not None:
        wanted = wanted.limit(page[0]).offset(page[1])
    return total, [_line(row) for row in tx.execute(wanted)]


def _line(row: Sequence[Any]) -> FoundLine:
    case_id, number, school, version_id, element_id, lane, *rest = row
    return FoundLine(case_id, number, school, version_id, element_id, None if lane is None else Role(lane), *rest)


def _lines(asked: Question, figure: Figure) -> _Lines:
    if figure is Figure.ENDED:
        return _of_procedures(asked)
    table = Deadline if figure in OF_TERMS else Task
    columns = (Case.id, Case.number, School.name, Task.version_id, Task.element_id, Task.lane, Deadline.statutory)
    moments = (Deadline.due_at, Deadline.state, Deadline.settled_at, Task.opened_at, Task.closed_at, ProcedureRow.stepped_at)
    wanted = select(*columns, *moments).select_from(table)
    if table is Deadline:
        wanted = wanted.join(Task, Task.id == Deadline.task_id)
    else:
        wanted = wanted.outerjoin(Deadline, Deadline.task_id == Task.id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == Task.procedure_id).join(Case, Case.id == Task.case_id)
    wanted = wanted.join(School, School.id == Task.school_id).where(narrowed(asked, table), holds(figure, asked))
    first = Deadline.due_at if table is Deadline else Task.opened_at
    return wanted.order_by(first, Case.number, Task.id)


def _of_procedures(asked: Question) -> _Lines:
    whole, none = ProcedureRow, null()
    columns = (Case.id, Case.number, School.name, whole.version_id, none, none, none, none, none, none)
    wanted = select(*columns, whole.started_at, whole.ended_at, whole.stepped_at).select_from(whole)
    wanted = wanted.join(ProcedureVersion, ProcedureVersion.id == whole.version_id).join(Case, Case.id == whole.case_id)
    wanted = wanted.join(School, School.id == whole.school_id)
    return wanted.where(narrowed(asked, whole), holds(Figure.ENDED, asked)).order_by(whole.started_at, Case.number, whole.id)
