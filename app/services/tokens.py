"""Tokens with which programs act for a person: made, listed, revoked, and recognised. A program holds no key of its person."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid4

from app.clock import AMSTERDAM, local_day
from app.domain.deadlines import last_day_of
from app.domain.errors import DomainError, InvalidAnswers, NotFound
from app.services import attempts, people
from app.services.accounts import Session
from app.services.context import Actor, App, actor_of
from app.services.views.people import TokenLine
from app.storage.database import Transaction
from app.storage.queries import people as people_queries
from app.storage.queries import tokens as queries
from app.storage.tables import Token, User
from app.vault import tokens as vault
from app.vault.errors import WrongSecret

READ, WRITE = "read", "write"
SCOPES: Final = (READ, WRITE)
#: In days. What nobody renews for a year, nobody uses.
LONGEST: Final = 366
#: What a wrong attempt is counted by: the name and the mark, never a part of the secret.
_MARKED: Final = len("vr_00000000")
_LOG = logging.getLogger(__name__)


class WrongToken(DomainError):
    """There is no such token now: unknown, at its end, or revoked; which of them is not told."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token that counts now: for whom, whether it may change anything, and its text."""

    token_id: UUID
    actor: Actor
    may_write: bool
    text: str = field(repr=False)


def bearer(app: App, text: str, address: str) -> Bearer:
    """Whom a token acts for. Raises WrongToken, and TooMany while wrong ones from this address have to wait.

    A token that counts never waits: nobody can guess one, and others' mistakes must not stop it.
    """
    now = app.clock()
    with app.database.read() as tx:
        found = _found(tx, text, now)
        if found is None:
            attempts.check(app, tx, _attempt(text, address), now)
    if found is None:
        attempts.count(app, _attempt(text, address), now)
        raise WrongToken("Dit token kennen we niet, of het geldt niet meer. Maak een nieuw token.")
    return Bearer(found.token_id, actor_of(found.asker), found.scope == WRITE, text)


def create_own(app: App, session: Session, password: str, *, scope: str, last_day: date) -> str:
    """A token for who is signed in, shown once; the password is asked, for it outlives the session. Raises InvalidAnswers."""
    people.confirm(app, session, password)
    with app.database.write() as tx:
        return _create(app, tx, session.actor.user_id, scope=scope, last_day=last_day)


def create_on_host(app: App, email: str, *, scope: str, last_day: date) -> str:
    """A token for somebody, made on the host. Raises NotFound, InvalidAnswers."""
    with app.database.write() as tx:
        user = _user(tx, email)
        text = _create(app, tx, user.id, scope=scope, last_day=last_day)
    _LOG.warning("token made on the host for person %s, scope %s", user.id, scope)
    return text


def revoke_on_host(app: App, email: str, mark: str) -> None:
    """Revoke a token by its mark. Raises NotFound."""
    with app.database.write() as tx:
        token = next((token for token in queries.tokens_of(tx, _user(tx, email).id) if _mark(token) == mark), None)
        if token is None:
            raise NotFound(f"{email} heeft geen token met het kenmerk {mark}.")
        tx.delete(token)


def revoke_own(app: App, actor: Actor, token_id: UUID) -> None:
    """Revoke a token of one's own. Raises NotFound."""
    with app.database.write() as tx:
        token = tx.get(Token, token_id)
        if token is None or token.user_id != actor.user_id:
            raise NotFound
        tx.delete(token)


def own(app: App, actor: Actor) -> tuple[TokenLine, ...]:
    """The tokens of a person that count now."""
    now = app.clock()
    with app.database.read() as tx:
        found = [token for token in queries.tokens_of(tx, actor.user_id) if token.ends_at > now]
    return tuple(TokenLine(token.id, _mark(token), token.scope, last_day_of(token.ends_at)) for token in found)


def _create(app: App, tx: Transaction, user_id: UUID, *, scope: str, last_day: date) -> str:
    now = app.clock()
    if scope not in SCOPES:
        raise InvalidAnswers({"scope": "Kies of het token alleen mag lezen, of ook schrijven."})
    if not local_day(now) <= last_day <= local_day(now) + timedelta(days=LONGEST):
        raise InvalidAnswers({"last_day": "Kies als laatste dag vandaag of een dag in het komende jaar."})
    token = Token(id=uuid4(), user_id=user_id, scope=scope, created_at=now)
    token.ends_at = datetime.combine(last_day + timedelta(days=1), time(), AMSTERDAM)
    new = vault.new_token(_mark(token))
    token.lookup_hash = new.lookup_hash
    tx.add(token)
    return new.text


def _found(tx: Transaction, text: str, now: datetime) -> queries.Found | None:
    try:
        found = queries.token_with_user(tx, vault.lookup_hash(text), now)
    except WrongSecret:
        return None
    return found if found is not None and found.ends_at > now and found.asker.active else None


def _attempt(text: str, address: str) -> tuple[str, str]:
    # Scopes of their own: a program with an old token makes nobody at its address wait at the sign-in page.
    return text[:_MARKED], f"token {address}"


def _user(tx: Transaction, email: str) -> User:
    user = people_queries.user_by_email(tx, email)
    if user is None:
        raise NotFound(f"Er is niemand met het e-mailadres {email}.")
    return user


def _mark(token: Token) -> str:
    return token.id.hex[:8]
