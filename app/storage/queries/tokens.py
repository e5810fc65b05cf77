"""Tokens of programs, and the answers to requests that may be repeated."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from app.clock import local_day
from app.storage.database import Transaction
from app.storage.queries.asking import Asker, asked_by, asker
from app.storage.tables import CalendarFeed, GivenAnswer, Token, User

# Asked at every request of a program, so put together once.
_TOKEN: Final = asked_by(
    select(Token.id, Token.scope, Token.ends_at)
    .join(User, User.id == Token.user_id)
    .where(Token.lookup_hash == bindparam("lookup_hash"))
)


@dataclass(frozen=True, slots=True)
class Found:
    """A token with its person."""

    token_id: UUID
    scope: str
    ends_at: datetime
    asker: Asker


def token_with_user(tx: Transaction, lookup_hash: bytes, now: datetime) -> Found | None:
    """A token by its hash; roles are those that its person holds at `now`."""
    rows = tx.rows(_TOKEN, {"lookup_hash": lookup_hash, "now": now, "day": local_day(now)})
    if not rows:
        return None
    token_id, scope, ends_at, *_ = rows[0]
    return Found(token_id, scope, ends_at, asker(rows))


def tokens_of(tx: Transaction, user_id: UUID) -> list[Token]:
    """The tokens of a person, the newest first."""
    return list(tx.scalars(select(Token).where(Token.user_id == user_id).order_by(Token.created_at.desc(), Token.id)))


def drop_tokens_of(tx: Transaction, user_id: UUID) -> None:
    """Delete all tokens of a person, with what they were answered, and the address of his calendar."""
    tx.execute(delete(Token).where(Token.user_id == user_id))
    tx.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user_id))


def drop_ended_tokens(tx: Transaction, now: datetime) -> None:
    """Delete the tokens whose end has come."""
    tx.execute(delete(Token).where(Token.ends_at <= now))


def reserve(tx: Transaction, answer: GivenAnswer, *, older_than: datetime) -> bool:
    """Claim a key for a request; gives whether it was free. An answer from before `older_than` no longer holds its key.

    While somebody else's transaction holds the key, this waits for its end.
    """
    key = (GivenAnswer.token_id == answer.token_id, GivenAnswer.key_hash == answer.key_hash)
    tx.execute(delete(GivenAnswer).where(*key, GivenAnswer.at <= older_than))
    try:
        with tx.begin_nested():
            tx.add(answer)
    except IntegrityError:
        return False
    return True


def given_answer(tx: Transaction, token_id: UUID, key_hash: bytes) -> GivenAnswer | None:
    """The answer that was given under a key."""
    return tx.get(GivenAnswer, (token_id, key_hash))


def drop_answers(tx: Transaction, *, older_than: datetime) -> None:
    """Forget the answers that no longer hold their keys."""
    tx.execute(delete(GivenAnswer).where(GivenAnswer.at <= older_than))
