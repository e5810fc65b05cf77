"""The inbox: open tasks of lanes that a person handles now, as far as he still holds the lane's role there.

Everything starts at the person's own rows, so that it costs the same whatever waits for others.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.clock import AMSTERDAM, local_day
from app.storage.database import Transaction
from app.storage.queries import bell
from app.storage.queries.absences import Stand, acting, handled, held_for
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Deadline, ProcedureRow, ProcedureVersion, PutOff, School, Task, TaskSeen, User
from app.storage.types import Moment

Scope = Literal["mine", "group", "all", "put_off"]
Sort = Literal["due", "newest", "case"]
#: A count that stands here is this or more; a page says 99+.
MANY: Final = 100

_USER, _NOW = bindparam("user_id", type_=Uuid()), bindparam("now", type_=Moment())
_TOMORROW, _WEEK = bindparam("tomorrow", type_=Moment()), bindparam("week", type_=Moment())
_LAW = aliased(Deadline)
#: What this person put off, and does not come back yet. Never past the last day of a term of law, also when that day moved since.
_WAITS: Final = and_(
    PutOff.task_id == Task.id,
    PutOff.user_id == _USER,
    PutOff.until > _NOW,
    ~exists().where(_LAW.task_id == Task.id, _LAW.statutory, _LAW.due_at <= PutOff.until).correlate(Task, PutOff),
)
#: What LIKE would not take for itself.
_LIKE: Final = re.compile(r"[/%_]")


class Bucket(StrEnum):
    """When a task is due: past, before midnight, within the seven days after it, later, or never. Days are Amsterdam's."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a line stands in the order: by its term, those without one last, then by its opening; or by its number first."""

    due_at: datetime | None
    opened_at: datetime
    task_id: UUID
    number: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; None leaves it as it is. `number` is the case's number or a part of it.

    `sort` is its order: the most urgent first, the newest first, or by the case's number. `after` begins the list behind a line,
    also when that line is gone since; it goes with the first order. `stands`: for whom this person acts. `whole`: what this
    person put off stands among the rest, for programs that act for him. `tasks`: no others than these.
    """

    school_id: UUID | None = None
    procedure_key: str | None = None
    number: str | None = None
    bucket: Bucket | None = None
    sort: Sort = "due"
    after: Position | None = None
    stands: tuple[Stand, ...] = ()
    whole: bool = False
    tasks: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One open task. `due_at` is the first moment after the term; `statutory` is None for a task without a term.

    `unread`: this person has not opened it since it came to him. `until`: when what he put off comes back, and why, sealed.
    """

    task_id: UUID
    element_id: str
    procedure_id: UUID
    version_id: UUID
    case_id: UUID
    case_number: str
    school: str
    lane: str
    opened_at: datetime
    due_at: datetime | None
    warned_at: datetime | None
    statutory: bool | None
    assignee_id: UUID | None
    assignee: str | None
    #: Who handles the lane: this person, or somebody for whom he acts.
    handler_id: UUID
    unread: bool
    until: datetime | None
    reason: bytes | None


@dataclass(frozen=True, slots=True)
class BucketCounts:
    """How many tasks of a scope there are, up to MANY, per bucket and in all."""

    total: int
    overdue: int
    today: int
    week: int
    later: int
    none: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of each scope: assigned to me, assigned to nobody, all that I may see, and what I put off of the first two.

    `unseen`: new notices.
    """

    mine: BucketCounts
    group: BucketCounts
    all: BucketCounts
    put_off: BucketCounts
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which statement a list takes, without its values. `after`: whether the line that it begins behind has a term."""

    scope: Scope
    school: bool
    procedure: bool
    number: bool
    bucket: Bucket | None
    sort: Sort
    after: bool | None
    acts: bool
    whole: bool
    tasks: bool


def inbox(
    tx: Transaction,
    user_id: UUID,
    *,
    scope: Scope,
    filters: Filters,
    now: datetime,
    page: tuple[int, int],
) -> list[InboxLine]:
    """The tasks of a scope in the order that was asked, those without a term last; `page` is (limit, offset). One statement."""
    limit, offset = page
    asked: dict[str, object] = {"user_id": user_id, "limit": limit, "offset": offset, **_moments(now)}
    asked |= {"school_id": filters.school_id, "procedure_key": filters.procedure_key, "task_ids": filters.tasks}
    if filters.number is not None:
        asked["number"] = "%" + _LIKE.sub(r"/\g<0>", filters.number.strip().upper()) + "%"
    if (after := filters.after) is not None:
        asked |= {
            "after_due": after.due_at,
            "after_opened": after.opened_at,
            "after_id": after.task_id,
            "after_number": after.number,
        }
    shape = _Shape(
        scope=scope,
        school=filters.school_id is not None,
        procedure=filters.procedure_key is not None,
        number=filters.number is not None,
        bucket=filters.bucket,
        sort=filters.sort,
        after=None if after is None else after.due_at is not None,
        acts=bool(filters.stands),
        whole=filters.whole,
        tasks=filters.tasks is not None,
    )
    return [InboxLine(*row) for row in tx.rows(_lines(shape), asked | acting(filters.stands))]


def counts(tx: Transaction, user_id: UUID, now: datetime, stands: Collection[Stand] = ()) -> Counts:
    """How many tasks there are in each scope and bucket. One statement."""
    asked = {"user_id": user_id, "day": local_day(now), **_moments(now), **acting(stands)}
    rows = tx.rows(_counted_with_bell(acts=bool(stands)), asked)
    found = {(whose, which): number for whose, which, number in rows}

    def counted(*owners: str) -> BucketCounts:
        per = {which.value: sum(found.get((whose, which.value), 0) for whose in owners) for which in Bucket}
        return BucketCounts(total=min(sum(per.values()), MANY), **{which: min(number, MANY) for which, number in per.items()})

    per_scope = (counted("mine"), counted("group"), counted("mine", "group", "others", "put_off"), counted("put_off"))
    return Counts(*per_scope, found.get(("unseen", ""), 0))


def position(tx: Transaction, task_id: UUID) -> Position:
    """Where a task stands, or stood while it was open."""
    wanted = select(Task.due_at, Task.opened_at, Task.id, Case.number).join(Case, Case.id == Task.case_id)
    return Position(*tx.execute(wanted.where(Task.id == task_id)).one())


@cache
def _lines(shape: _Shape) -> Select[Any]:
    """Put together once for each shape: it costs more time than the database takes to answer."""
    columns = (
        *(Task.id, Task.element_id, Task.procedure_id, ProcedureRow.version_id, Task.case_id, Case.number, School.name),
        *(Task.lane, Task.opened_at, Task.due_at, Task.warned_at, Deadline.statutory, Task.assignee_id, User.name),
        CaseHandler.user_id,
        *(TaskSeen.task_id.is_(None), PutOff.until, PutOff.sealed),
    )
    wanted = _visible(*columns, acts=shape.acts).join(Case, Case.id == Task.case_id).join(School, School.id == Task.school_id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == Task.procedure_id)
    wanted = wanted.outerjoin(Deadline, Deadline.task_id == Task.id).outerjoin(User, User.id == Task.assignee_id)
    wanted = wanted.outerjoin(TaskSeen, and_(TaskSeen.task_id == Task.id, TaskSeen.user_id == _USER))
    wanted = _narrowed(wanted, shape)
    if shape.scope == "put_off":
        wanted = wanted.where(PutOff.until.is_not(None))
    elif shape.scope != "all":
        wanted = wanted.where(held_for(_USER, acts=shape.acts) if shape.scope == "mine" else Task.assignee_id.is_(None))
        wanted = wanted if shape.whole else wanted.where(PutOff.until.is_(None))
    ordered = wanted.order_by(*_order(shape.sort))
    return ordered.limit(bindparam("limit", type_=Integer())).offset(bindparam("offset", type_=Integer()))


def _order(sort: Sort) -> tuple[Any, ...]:
    urgent = (Task.due_at.is_(None), Task.due_at, Task.opened_at, Task.id)
    match sort:
        case "newest":
            return (Task.opened_at.desc(), Task.id)
        case "case":
            return (Case.number, *urgent)
        case "due":
            return urgent


@cache
def _counted(*, acts: bool) -> Select[Any]:
    put_off, mine = (PutOff.until.is_not(None), "put_off"), (held_for(_USER, acts=acts), "mine")
    owner = case(put_off, mine, (Task.assignee_id.is_(None), "group"), else_="others").label("owner")
    dated = (Bucket.OVERDUE, Bucket.TODAY, Bucket.WEEK, Bucket.LATER)
    bucket = case(*((_falls_in(which), which.value) for which in dated), else_=Bucket.NONE.value).label("bucket")
    return _visible(owner, bucket, func.count(), acts=acts).group_by(owner, bucket)


@cache
def _counted_with_bell(*, acts: bool) -> CompoundSelect[Any]:
    """The menu of every page tells both, so they are asked together."""
    return _counted(acts=acts).union_all(bell.unseen(MANY))


def _visible(*columns: Any, acts: bool) -> Select[Any]:  # noqa: ANN401 - columns of any type
    of_lane = and_(CaseHandler.procedure_id == Task.procedure_id, CaseHandler.lane == Task.lane)
    wanted = select(*columns).select_from(CaseHandler).join(Task, of_lane).outerjoin(PutOff, _WAITS)
    wanted = wanted.where(CaseHandler.until.is_(None), Task.closed_at.is_(None))
    own = and_(CaseHandler.user_id == _USER, tuple_(Task.lane, Task.school_id).in_(lanes_held(_USER, _NOW)))
    return wanted.where(handled(own, _USER, acts=acts))


def _narrowed(wanted: Select[Any], shape: _Shape) -> Select[Any]:
    if shape.school:
        wanted = wanted.where(Task.school_id == bindparam("school_id"))
    if shape.procedure:
        wanted = wanted.join(ProcedureVersion, ProcedureVersion.id == ProcedureRow.version_id)
        wanted = wanted.where(ProcedureVersion.key == bindparam("procedure_key"))
    if shape.number:
        wanted = wanted.where(Case.number.like(bindparam("number"), escape="/"))
    if shape.tasks:
        wanted = wanted.where(Task.id.in_(bindparam("task_ids", expanding=True)))
    if shape.bucket is not None:
        wanted = wanted.where(_falls_in(shape.bucket))
    if shape.after is not None:
        wanted = wanted.where(_behind(shape.sort, dated=shape.after))
    return wanted


def _behind(sort: Sort, *, dated: bool) -> ColumnElement[bool]:
    opened, number = bindparam("after_opened", type_=Moment()), bindparam("after_number", type_=String())
    match sort:
        case "newest":
            same = and_(Task.opened_at == opened, Task.id > bindparam("after_id", type_=Uuid()))
            return or_(Task.opened_at < opened, same)
        case "case":
            return or_(Case.number > number, and_(Case.number == number, _less_urgent(dated=dated)))
        case "due":
            return _less_urgent(dated=dated)


def _less_urgent(*, dated: bool) -> ColumnElement[bool]:
    due, opened = bindparam("after_due", type_=Moment()), bindparam("after_opened", type_=Moment())
    later = or_(Task.opened_at > opened, and_(Task.opened_at == opened, Task.id > bindparam("after_id", type_=Uuid())))
    if not dated:
        return and_(Task.due_at.is_(None), later)
    return or_(Task.due_at.is_(None), Task.due_at > due, and_(Task.due_at == due, later))


def bucket_of(due_at: datetime | None, now: datetime) -> Bucket:
    """The bucket that something due at a moment falls in."""
    tomorrow, week = _edges(now)
    if due_at is None:
        return Bucket.NONE
    if due_at > week:
        return Bucket.LATER
    if due_at <= now:
        return Bucket.OVERDUE
    return Bucket.TODAY if due_at <= tomorrow else Bucket.WEEK


def _edges(now: datetime) -> tuple[datetime, datetime]:
    """Midnight at the end of today and of a week from now. A term that ends today is due at midnight, the first of tomorrow.

    The week goes on over the weekend: on Sunday, what is due on Monday morning is near.
    """
    today = local_day(now)
    tomorrow = datetime.combine(today + timedelta(days=1), time(), AMSTERDAM)
    return tomorrow, datetime.combine(today + timedelta(days=8), time(), AMSTERDAM)


def _moments(now: datetime) -> dict[str, datetime]:
    tomorrow, week = _edges(now)
    return {"now": now, "tomorrow": tomorrow, "week": week}


def _falls_in(bucket: Bucket) -> ColumnElement[bool]:
    if bucket is Bucket.OVERDUE:
        return Task.due_at <= _NOW
    if bucket is Bucket.TODAY:
        return and_(Task.due_at > _NOW, Task.due_at <= _TOMORROW)
    if bucket is Bucket.WEEK:
        return and_(Task.due_at > _TOMORROW, Task.due_at <= _WEEK)
    return Task.due_at > _WEEK if bucket is Bucket.LATER else Task.due_at.is_(None)
