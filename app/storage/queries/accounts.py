"""Sign-in: key wraps, sessions and failed attempts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from app.storage.database import Transaction
from app.storage.tables import Attempt, KeyWrap, SessionRow, User


def wraps(tx: Transaction, user_id: UUID) -> dict[str, KeyWrap]:
    """The two ways to unwrap a person's private key, by kind."""
    return {wrap.kind: wrap for wrap in tx.scalars(select(KeyWrap).where(KeyWrap.user_id == user_id))}


def session_with_user(tx: Transaction, lookup_hash: bytes) -> tuple[SessionRow, User] | None:
    """A session and its person."""
    wanted = select(SessionRow, User).join(User, User.id == SessionRow.user_id).where(SessionRow.lookup_hash == lookup_hash)
    row = tx.execute(wanted).one_or_none()
    return None if row is None else (row[0], row[1])


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
