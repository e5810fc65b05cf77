"""What each figure counts, as one condition on the rows of terms, steps or procedures; and what a question narrows them to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, TextClause, and_, case, func, literal, or_, text

from app.clock import local_day
from app.domain.compliance import LEFT_ENDS, Figure, Left, midnight, months_until
from app.storage.queries.watching import Sight, counts, counts_whole
from app.storage.tables import DUTY, Deadline, ProcedureRow, ProcedureVersion, Task
from app.storage.types import Moment

SILENT_AFTER: Final = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, when, and what his numbers are narrowed to; None leaves them as they are."""

    sight: Sight
    now: datetime
    version_ids: tuple[UUID, ...] | None = None
    element_ids: tuple[str, ...] | None = None
    statutory: bool | None = None
    month: date | None = None
    left: Left | None = None

    @property
    def since(self) -> datetime:
        """The first moment that is looked back on."""
        return midnight(months_until(self.now)[0])

    def moment(self) -> ColumnElement[datetime]:
        """Now, as the databases compare it."""
        return literal(self.now, Moment())


#: When it was decided whether a term was met: when what it asks was done, or when it ran out.
_decided: Final = case((Deadline.state == "met", Deadline.settled_at), else_=Deadline.due_at)
_open: Final = Deadline.settled_at.is_(None)


def month_of(asked: Question) -> ColumnElement[int]:
    """The month in which a term was decided, counted from the oldest that is looked back on; -1 for an earlier one."""
    starts = [literal(midnight(day), Moment()) for day in months_until(asked.now)]
    return case(*((_decided >= start, place) for place, start in reversed(list(enumerate(starts)))), else_=-1)


def days_left(asked: Question) -> ColumnElement[str]:
    """How many days a term still has; of one that is over the least."""
    today = local_day(asked.now)
    ends = [(literal(midnight(today + timedelta(days=end)), Moment()), left.value) for left, end in LEFT_ENDS.items()]
    return case(*((Deadline.due_at <= end, left) for end, left in ends), else_=Left.LATER.value)


def holds(figure: Figure, asked: Question) -> ColumnElement[bool]:
    """That a row is one of those that a figure counts."""
    return _CONDITIONS[figure](asked)


def narrowed(asked: Question, table: type[Task | Deadline | ProcedureRow]) -> ColumnElement[bool]:
    """That a row counts for whoever asks, and is one of those that are asked for."""
    where: list[ColumnElement[bool] | TextClause]
    if table is ProcedureRow:
        where = [counts_whole(asked.sight)]
    elif table is Deadline:
        where = [*_of_terms(asked), Deadline.state != "dropped", counts(asked.sight, Deadline)]
    else:
        where = [text(f"task.{DUTY}"), counts(asked.sight, Task)]
    if asked.version_ids is not None:
        where.append(table.version_id.in_(asked.version_ids))
    if asked.element_ids is not None and table is not ProcedureRow:
        where.append(_element_of(table).in_(asked.element_ids))
    return and_(*where)


def open_or_lately(asked: Question, table: type[Task | Deadline]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The rows that any figure counts, in two parts without overlap, each a range of an index: open, and closed since then."""
    over = Deadline.settled_at if table is Deadline else Task.closed_at
    return over.is_(None), over >= asked.since


def _element_of(table: Any) -> Any:  # noqa: ANN401 - tasks and terms alike
    return table.element_id


def _of_terms(asked: Question) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if asked.statutory is not None:
        where.append(Deadline.statutory.is_(asked.statutory))
    if asked.month is not None:
        months = months_until(asked.now)
        where.append(month_of(asked) == (months.index(asked.month) if asked.month in months else len(months)))
    if asked.left is not None:
        where.append(days_left(asked) == asked.left.value)
    return where


def _kept(asked: Question) -> ColumnElement[bool]:
    return and_(Deadline.state == "met", Deadline.settled_at >= asked.since)


def _missed(asked: Question) -> ColumnElement[bool]:
    # The worker marks what ran out; until it comes, the moment says so.
    over = or_(Deadline.state == "missed", and_(Deadline.state == "running", Deadline.due_at <= asked.moment()))
    return and_(over, Deadline.due_at >= asked.since, or_(*open_or_lately(asked, Deadline)))


def _lately(asked: Question) -> ColumnElement[bool]:
    still_open, closed = open_or_lately(asked, Deadline)
    return or_(still_open, and_(closed, _decided >= asked.since))


def _sleeping(asked: Question) -> ColumnElement[bool]:
    last = func.coalesce(ProcedureRow.stepped_at, ProcedureRow.started_at)
    silent = literal(asked.now - SILENT_AFTER, Moment())
    return and_(Task.closed_at.is_(None), ProcedureRow.next_wake_at.is_(None), last < silent)


def _came_up(asked: Question) -> ColumnElement[bool]:
    kept_open = or_(Task.outcome.is_(None), Task.outcome == "done")
    return and_(Task.follow_up.is_(True), Task.opened_at >= asked.since, kept_open, or_(*open_or_lately(asked, Task)))


_CONDITIONS: Final[Mapping[Figure, Callable[[Question], ColumnElement[bool]]]] = {
    Figure.KEPT: _kept,
    Figure.MISSED: _missed,
    Figure.RUNNING: lambda asked: and_(_open, Deadline.due_at > asked.moment()),
    Figure.OVERDUE: lambda asked: and_(_open, Deadline.due_at <= asked.moment()),
    Figure.EXTENDED: lambda asked: and_(Deadline.first_due_at.is_not(None), _lately(asked)),
    Figure.ESCALATED: lambda asked: and_(Deadline.escalated_at.is_not(None), _lately(asked)),
    Figure.SLEEPING: _sleeping,
    Figure.WAITING: lambda _: Task.closed_at.is_(None),
    Figure.DONE: lambda asked: and_(Task.outcome == "done", Task.closed_at >= asked.since),
    Figure.ENDED: lambda asked: and_(ProcedureRow.ended_at >= asked.since, ProcedureRow.main == ProcedureVersion.key),
    Figure.AGREED: _came_up,
    Figure.CHECKED: lambda asked: and_(_came_up(asked), Task.outcome == "done"),
}
