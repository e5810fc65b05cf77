"""Mail that must leave: what is due, how one worker among many takes a message, and whether its receiver may still have it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.clock import local_day
from app.storage.database import Transaction
from app.storage.queries.absences import acts_for_handler
from app.storage.queries.people import lanes_held
from app.storage.tables import Base, Case, CaseHandler, Deadline, Outbox, TellingRow, User

# Written at every other transition, so put together once.
_COLUMNS: Final = [column.key for column in Outbox.__table__.columns]
_QUEUE: Final = {
    "sqlite": sqlite_insert(Base.metadata.tables[Outbox.__tablename__]).on_conflict_do_nothing(index_elements=["dedupe"]),
    "postgresql": postgresql_insert(Base.metadata.tables[Outbox.__tablename__]).on_conflict_do_nothing(index_elements=["dedupe"]),
}


def due_messages(tx: Transaction, now: datetime, limit: int) -> list[UUID]:
    """The ids of waiting messages whose next try has come, the longest waiting first. Locks nothing: claim before you act.

    Digests come last: what is put off before them goes along.
    """
    wanted = select(Outbox.id).where(Outbox.state == "waiting", Outbox.next_try_at <= now)
    order = (Outbox.case_id.is_(None), Outbox.next_try_at, Outbox.queued_at, Outbox.id)
    return list(tx.scalars(wanted.order_by(*order).limit(limit)))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this worker has locked: its receiver and what he chose, its case (a digest has none).

    `statutory`: it is about a statutory term, or about a term that is not known any more.
    """

    row: Outbox
    user: User
    case: Case | None
    telling: TellingRow | None
    statutory: bool


def claim(tx: Transaction, message_id: UUID, now: datetime) -> Claimed | None:
    """Lock a due message; None when another worker has it, or it is not due any more."""
    statutory = or_(Outbox.task_id.is_(None), Deadline.statutory)
    wanted = select(Outbox, User, Case, TellingRow, statutory).join(User, User.id == Outbox.user_id)
    wanted = wanted.outerjoin(Case, Case.id == Outbox.case_id).outerjoin(TellingRow, TellingRow.user_id == Outbox.user_id)
    wanted = wanted.outerjoin(Deadline, Deadline.task_id == Outbox.task_id)
    due = wanted.where(Outbox.id == message_id, Outbox.state == "waiting", Outbox.next_try_at <= now)
    locked = due.with_for_update(of=Outbox, skip_locked=True).execution_options(populate_existing=True)
    found = tx.execute(locked).one_or_none()
    return None if found is None else Claimed(found[0], found[1], found[2], found[3], bool(found[4]))


def taken(tx: Transaction, message_id: UUID) -> Outbox:
    """A message that this worker claimed before, locked again to write down how it went."""
    return tx.get_one(Outbox, message_id, with_for_update=True)


def lanes_handled(tx: Transaction, user_id: UUID, case_id: UUID, now: datetime) -> set[tuple[UUID, str]]:
    """The lanes of this case, each with its procedure, that a person handles now while holding the lane's role there.

    Also those in which he acts now for whoever handles them.
    """
    wanted = select(CaseHandler.procedure_id, CaseHandler.lane).join(Case, Case.id == CaseHandler.case_id)
    handled = wanted.where(CaseHandler.case_id == case_id, CaseHandler.until.is_(None))
    held = tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(user_id, now))
    allowed = handled.where(or_(and_(CaseHandler.user_id == user_id, held), acts_for_handler()))
    asked = {"user_id": user_id, "now": now, "day": local_day(now)}
    return {(procedure_id, lane) for procedure_id, lane in tx.execute(allowed, asked)}


def given_up(tx: Transaction) -> list[Outbox]:
    """The messages that could not be delivered, the newest first: somebody must see to it that they are known otherwise."""
    return list(tx.scalars(select(Outbox).where(Outbox.state == "given_up").order_by(Outbox.queued_at.desc(), Outbox.id)))


def of_case(tx: Transaction, case_id: UUID) -> list[Outbox]:
    """All messages about a case, sent or not, the oldest first."""
    return list(tx.scalars(select(Outbox).where(Outbox.case_id == case_id).order_by(Outbox.queued_at, Outbox.id)))


def queue(tx: Transaction, messages: list[Outbox]) -> None:
    """Add messages; one that stands in the outbox already, sent or not, stays as it is. Writes all that is pending first."""
    tx.flush()
    rows = [{name: getattr(message, name) for name in _COLUMNS} for message in messages]
    tx.execute(_QUEUE[tx.get_bind().dialect.name], rows)
