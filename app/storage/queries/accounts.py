"""Sign-in: key wraps, sessions and failed attempts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select

from app.clock import local_day
from app.storage.database import Transaction
from app.storage.queries.asking import Asker, asked_by, asker
from app.storage.tables import Attempt, KeyWrap, Preference, SessionRow, User

# Asked at every request, so put together once.
_SESSION: Final = asked_by(
    select(SessionRow.step, SessionRow.key_box, SessionRow.seen_at, SessionRow.ends_at)
    .add_columns(Preference.start, Preference.start_view_id, Preference.after_task, Preference.shortcuts)
    .select_from(SessionRow)
    .join(User, User.id == SessionRow.user_id)
    .outerjoin(Preference, Preference.user_id == User.id)
    .where(SessionRow.lookup_hash == bindparam("lookup_hash"))
)


def wraps(tx: Transaction, user_id: UUID) -> dict[str, KeyWrap]:
    """The two ways to unwrap a person's private key, by kind."""
    return {wrap.kind: wrap for wrap in tx.scalars(select(KeyWrap).where(KeyWrap.user_id == user_id))}


@dataclass(frozen=True, slots=True)
class Found:
    """A session with its person, and how he likes to work: start, saved view, after a task, keys (None: he never said)."""

    step: str
    key_box: bytes
    seen_at: datetime
    ends_at: datetime
    asker: Asker
    ways: tuple[str, UUID | None, str, bool] | None


def session_with_user(tx: Transaction, lookup_hash: bytes, now: datetime) -> Found | None:
    """A session by its hash; roles are those that its person holds at `now`."""
    rows = tx.rows(_SESSION, {"lookup_hash": lookup_hash, "now": now, "day": local_day(now)})
    if not rows:
        return None
    step, key_box, seen_at, ends_at, start, view_id, after_task, shortcuts, *_ = rows[0]
    ways = None if start is None else (start, view_id, after_task, shortcuts)
    return Found(step, key_box, seen_at, ends_at, asker(rows), ways)


def drop_session(tx: Transaction, lookup_hash: bytes) -> None:
    """End one session."""
    tx.execute(delete(SessionRow).where(SessionRow.lookup_hash == lookup_hash))


def drop_sessions_of(tx: Transaction, user_id: UUID, *, but: bytes = b"") -> None:
    """End all sessions of a person, but for the one with this lookup hash."""
    tx.execute(delete(SessionRow).where(SessionRow.user_id == user_id, SessionRow.lookup_hash != but))


def drop_idle_sessions(tx: Transaction, seen_before: datetime, now: datetime) -> None:
    """Delete the rows of sessions that were idle too long or reached their end."""
    tx.execute(delete(SessionRow).where((SessionRow.seen_at < seen_before) | (SessionRow.ends_at <= now)))


def attempts(tx: Transaction, scope: bytes, since: datetime) -> tuple[int, datetime | None]:
    """How many failed attempts there were in this scope since a moment, and when the last one was."""
    wanted = select(func.count(), func.max(Attempt.at)).where(Attempt.scope == scope, Attempt.at > since)
    number, last = tx.execute(wanted).one()
    return number, last


def drop_attempts(tx: Transaction, *, before: datetime) -> None:
    """Forget attempts that no longer count."""
    tx.execute(delete(Attempt).where(Attempt.at < before))
