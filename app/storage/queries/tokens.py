"""Tokens of programs, and the answers to requests that may be repeated."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from app.clock import local_day
from app.storage.database import Transaction
from app.storage.queries.absences import may_act
from app.storage.queries.people import holds
from app.storage.tables import CalendarFeed, GivenAnswer, Membership, Token, User
from app.storage.types import Moment

# Asked at every request of a program, so put together once.
_TOKEN: Final = (
    select(Token, User, may_act(User.id), Membership)
    .join(User, User.id == Token.user_id)
    .outerjoin(Membership, and_(Membership.user_id == User.id, holds(bindparam("now", type_=Moment))))
    .where(Token.lookup_hash == bindparam("lookup_hash"))
    .order_by(Membership.since, Membership.id)
)


def token_with_user(tx: Transaction, lookup_hash: bytes, now: datetime) -> tuple[Token, User, bool, list[Membership]] | None:
    """A token, its person, whether anything may be left to him as a deputy, and the roles that he holds at `now`."""
    rows = tx.execute(_TOKEN, {"lookup_hash": lookup_hash, "now": now, "day": local_day(now)}).all()
    if not rows:
        return None
    token, user, deputy, _ = rows[0]
    return token, user, deputy, [held for *_, held in rows if held is not None]


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
