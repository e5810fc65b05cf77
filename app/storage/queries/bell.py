"""A person's notices, as the product itself shows them: his own, of cases that he handles now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, and_, bindparam, exists, func, literal, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from app.clock import local_day
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.absences import acts_for_handler
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Outbox, Task
from app.storage.types import Moment

_USER, _NOW = bindparam("user_id", type_=Uuid()), bindparam("now", type_=Moment())
_Digest = aliased(Outbox)


def _stuck(message: type[Outbox]) -> ColumnElement[bool]:
    return or_(message.state == "given_up", and_(message.state == "waiting", message.last_error.is_not(None)))


#: That a mail was wanted and did not leave so far, by itself or with its digest.
_UNDELIVERED: Final = or_(_stuck(Outbox), and_(Outbox.state == "digest", _stuck(_Digest)))


@dataclass(frozen=True, slots=True)
class BellLine:
    """One notice: its row, the number of its case, and whether its mail did not leave so far."""

    row: Outbox
    case_number: str
    undelivered: bool


def _handled() -> ColumnElement[bool]:
    held = tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(_USER, _NOW))
    own = or_(and_(CaseHandler.user_id == _USER, held), acts_for_handler())
    # Of a comment hears who reads its file since it was written: whoever left the lane and came back has no key of it.
    reads = or_(Outbox.lane.is_(None), and_(CaseHandler.lane == Outbox.lane, CaseHandler.since <= Outbox.queued_at))
    handles = exists().where(CaseHandler.case_id == Case.id, CaseHandler.until.is_(None), own, reads)
    return and_(Outbox.user_id == _USER, handles.correlate(Case, Outbox))


_LINES: Final = (
    select(Outbox, Case.number, func.coalesce(_UNDELIVERED, False))
    .join(Case, Case.id == Outbox.case_id)
    .outerjoin(_Digest, _Digest.id == Outbox.digest_id)
    .where(_handled())
    .order_by(Outbox.queued_at.desc(), Outbox.id)
)


def unseen(most: int) -> Select[str, str, int]:
    """How many notices somebody has not seen, up to `most`: one row to go with others; asks for `user_id`, `now` and `day`."""
    new = select(Outbox.id).join(Case, Case.id == Outbox.case_id).where(_handled(), Outbox.seen_at.is_(None)).limit(most)
    return select(literal("unseen"), literal(""), func.count()).select_from(new.subquery())


def notices(tx: Transaction, user_id: UUID, now: datetime, page: tuple[int, int]) -> list[BellLine]:
    """The notices of a person, the newest first; `page` is (limit, offset). One statement."""
    asked = {"user_id": user_id, "now": now, "day": local_day(now), "limit": page[0], "offset": page[1]}
    wanted = _LINES.limit(bindparam("limit", type_=Integer())).offset(bindparam("offset", type_=Integer()))
    return [BellLine(row, number, undelivered) for row, number, undelivered in tx.execute(wanted, asked)]


def notice(tx: Transaction, user_id: UUID, notice_id: UUID, now: datetime) -> tuple[Outbox, Case, Task | None] | None:
    """One notice of a person, with its case and its task; None when it is another's, or of a case he handles no longer."""
    wanted = select(Outbox, Case, Task).join(Case, Case.id == Outbox.case_id).outerjoin(Task, Task.id == Outbox.task_id)
    found = tx.execute(
        wanted.where(_handled(), Outbox.id == notice_id), {"user_id": user_id, "now": now, "day": local_day(now)}
    ).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def unseen_of_case(tx: Transaction, user_id: UUID, case_id: UUID) -> list[tuple[Outbox, Task | None]]:
    """What a person was told of a case and has not seen, each with its task."""
    wanted = select(Outbox, Task).outerjoin(Task, Task.id == Outbox.task_id)
    mine = wanted.where(Outbox.user_id == user_id, Outbox.case_id == case_id, Outbox.seen_at.is_(None))
    return [(row, task) for row, task in tx.execute(mine)]


def see(tx: Transaction, user_id: UUID, now: datetime, *which: ColumnElement[bool]) -> None:
    """Mark what a person has not seen of these notices; without any condition, all."""
    mine = update(Outbox).where(Outbox.user_id == user_id, Outbox.case_id.is_not(None), Outbox.seen_at.is_(None))
    tx.execute(mine.where(*which).values(seen_at=now))


def of_task(task_id: UUID) -> ColumnElement[bool]:
    """What was told about a task."""
    return Outbox.task_id == task_id


def these(notice_ids: Collection[UUID]) -> ColumnElement[bool]:
    """Notices by id."""
    return Outbox.id.in_(notice_ids)


def of_comments(case_id: UUID, lane: Role) -> ColumnElement[bool]:
    """What was told of comments in the file that a lane of a case reads."""
    return and_(Outbox.case_id == case_id, Outbox.lane == lane.value)
