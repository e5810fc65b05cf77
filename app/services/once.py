"""Doing what a repeated request asks only once: its answer is kept in the very transaction of what it did."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from app.domain.errors import DomainError, TryAgain
from app.services.context import App
from app.services.tokens import Bearer
from app.storage.queries import tokens as queries
from app.storage.tables import GivenAnswer
from app.vault.tokens import request_digest

#: How long a key holds.
KEPT: Final = timedelta(hours=24)


class KeyUsed(DomainError):
    """The key belongs to another request."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a request, and the request itself, as hashes that tell nothing of what was sent."""

    token_id: UUID
    key_hash: bytes
    request_hash: bytes


def key_of(bearer: Bearer, key: str | None, request: bytes) -> Key | None:
    """The key that a program gave to a request, whose bytes say what is asked."""
    if key is None:
        return None
    return Key(
        bearer.token_id, request_digest(bearer.text, b"key " + key.encode()), request_digest(bearer.text, b"request " + request)
    )


def once(app: App, key: Key | None, act: Callable[[App], str]) -> str:
    """What `act` answers; when it answered under this key before, that answer, and nothing is done.

    What `act` raises undoes everything, the key too: the request may come again. Raises KeyUsed, TryAgain.
    """
    if key is None:
        return act(app)
    now = app.clock()
    with app.database.write() as tx:
        given = GivenAnswer(token_id=key.token_id, key_hash=key.key_hash, request_hash=key.request_hash, answer="", at=now)
        if queries.reserve(tx, given, older_than=now - KEPT):
            given.answer = act(replace(app, database=app.database.within(tx)))
            return given.answer
        found = queries.given_answer(tx, key.token_id, key.key_hash)
    if found is None:
        raise TryAgain("Dit token wordt net ingetrokken. Kijk of je een nieuw token nodig hebt.")
    if found.request_hash != key.request_hash:
        raise KeyUsed("Deze Idempotency-Key hoort bij een ander verzoek. Geef elk nieuw verzoek een eigen sleutel.")
    return found.answer
