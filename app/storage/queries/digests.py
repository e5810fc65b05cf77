"""Digests: what waits for one, and how one worker among many makes a message of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from app.storage.database import Transaction
from app.storage.tables import Case, Outbox, Task, TellingRow, User


def people_due(tx: Transaction, now: datetime, limit: int) -> list[UUID]:
    """Whose digest is due. Locks nothing."""
    return list(tx.scalars(select(Outbox.user_id).where(*_gathers(now)).distinct().limit(limit)))


def to_gather(tx: Transaction, user_id: UUID, now: datetime) -> list[Outbox]:
    """The notices that a person's digest must tell now, locked with the person; none when another worker is at it."""
    person = select(User.id).where(User.id == user_id).with_for_update(key_share=True, skip_locked=True)
    if tx.scalar(person) is None:
        return []
    wanted = select(Outbox).where(*_gathers(now), Outbox.user_id == user_id).order_by(Outbox.queued_at, Outbox.id)
    return list(tx.scalars(wanted.with_for_update().execution_options(populate_existing=True)))


def untried(tx: Transaction, user_id: UUID) -> Outbox | None:
    """A digest of this person that nobody tried to send yet, locked."""
    waits = select(Outbox).where(Outbox.user_id == user_id, Outbox.notice == "digest", Outbox.state == "waiting")
    first = waits.where(Outbox.tried_at.is_(None)).order_by(Outbox.queued_at, Outbox.id).limit(1)
    return tx.scalars(first.with_for_update().execution_options(populate_existing=True)).first()


def never_left(tx: Transaction, user_id: UUID) -> list[Outbox]:
    """The digests of this person that were tried and are known not to have left, given up or not; the oldest first, locked."""
    mine = select(Outbox).where(Outbox.user_id == user_id, Outbox.notice == "digest", Outbox.failed_at.is_not(None))
    stuck = mine.where(Outbox.state.in_(("waiting", "given_up"))).order_by(Outbox.queued_at, Outbox.id)
    return list(tx.scalars(stuck.with_for_update().execution_options(populate_existing=True)))


def hand_lines(tx: Transaction, digest_ids: list[UUID], to: UUID) -> None:
    """What these digests tell is told by another one."""
    lines = update(Outbox).where(Outbox.digest_id.in_(digest_ids), Outbox.state == "digest")
    tx.execute(lines.values(digest_id=to))


def lines_of(tx: Transaction, digest_id: UUID) -> list[tuple[Outbox, Case, Task | None]]:
    """What a digest tells, case by case, the oldest case and notice first; what was left out before stays out."""
    wanted = select(Outbox, Case, Task).join(Case, Case.id == Outbox.case_id).outerjoin(Task, Task.id == Outbox.task_id)
    told = wanted.where(Outbox.digest_id == digest_id, Outbox.state == "digest")
    return [(row, case, task) for row, case, task in tx.execute(told.order_by(Case.number, Outbox.queued_at, Outbox.id))]


def telling_of(tx: Transaction, user_id: UUID) -> TellingRow | None:
    """What a person chose, if he chose."""
    return tx.get(TellingRow, user_id)


def move(tx: Transaction, user_id: UUID, to: datetime) -> None:
    """Give what waits for a person's digest another moment."""
    waits = update(Outbox).where(Outbox.user_id == user_id, Outbox.state == "digest", Outbox.digest_id.is_(None))
    tx.execute(waits.values(next_try_at=to))


def _gathers(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Outbox.state == "digest", Outbox.digest_id.is_(None), Outbox.next_try_at <= now)
