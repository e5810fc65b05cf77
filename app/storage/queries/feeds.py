"""The feed of a person's calendar: whose it is, and the terms that it shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, select, tuple_, update

from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import CalendarFeed, Case, CaseHandler, Deadline, DeadlineChange, ProcedureRow, Task, User


@dataclass(frozen=True, slots=True)
class FeedTerm:
    """A term of an open task, how often it moved, and when last."""

    term: Deadline
    task: Task
    version_id: UUID
    case_number: str
    moves: int
    moved_at: datetime | None


def feed_with_user(tx: Transaction, lookup_hash: bytes) -> tuple[CalendarFeed, User] | None:
    """A feed by the hash of its token, with its person."""
    wanted = select(CalendarFeed, User).join(User, User.id == CalendarFeed.user_id)
    found = tx.execute(wanted.where(CalendarFeed.lookup_hash == lookup_hash)).one_or_none()
    return None if found is None else (found[0], found[1])


def feed_of(tx: Transaction, user_id: UUID) -> CalendarFeed | None:
    """The feed of a person."""
    return tx.get(CalendarFeed, user_id)


def drop_feed_of(tx: Transaction, user_id: UUID) -> None:
    """Delete the feed of a person: what reads it finds nothing from now on."""
    tx.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user_id))


def note_content(tx: Transaction, feed: CalendarFeed, content_hash: bytes, now: datetime) -> None:
    """Remember that a feed reads otherwise since now, unless it was replaced or revoked meanwhile."""
    same = update(CalendarFeed).where(CalendarFeed.lookup_hash == feed.lookup_hash)
    tx.execute(same.values(content_hash=content_hash, changed_at=now))


def terms(tx: Transaction, user_id: UUID, now: datetime, limit: int) -> list[FeedTerm]:
    """The terms, running and over, of open tasks in lanes that a person handles now; the earliest first. One statement."""
    moves = select(func.count()).where(DeadlineChange.deadline_id == Deadline.id).scalar_subquery()
    moved_at = select(func.max(DeadlineChange.at)).where(DeadlineChange.deadline_id == Deadline.id).scalar_subquery()
    handled = and_(CaseHandler.procedure_id == Task.procedure_id, CaseHandler.lane == Task.lane)
    columns = (Deadline, Task, ProcedureRow.version_id, Case.number, moves, moved_at)
    wanted = select(*columns).select_from(CaseHandler).join(Task, handled).join(Deadline, Deadline.task_id == Task.id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == Task.procedure_id).join(Case, Case.id == Task.case_id)
    wanted = wanted.where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None), Task.closed_at.is_(None))
    wanted = wanted.where(Deadline.state.in_(("running", "missed")))
    wanted = wanted.where(tuple_(Task.lane, Task.school_id).in_(lanes_held(user_id, now)))
    return [FeedTerm(*row) for row in tx.execute(wanted.order_by(Deadline.due_at, Deadline.id).limit(limit))]
