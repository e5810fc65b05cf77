"""Slowing down guessing without locking anybody out: waits count per name and address together, and per address."""

from datetime import datetime, timedelta
from hashlib import blake2b

from app.domain.errors import DomainError
from app.services.context import App
from app.storage.database import Transaction
from app.storage.queries import accounts as queries
from app.storage.tables import Attempt

WINDOW = timedelta(minutes=15)
#: So many wrong attempts cost no waiting; each one after doubles the wait, up to the longest.
FREE = 5
FREE_PER_ADDRESS = 50
_LONGEST = 60


class TooMany(DomainError):
    """Too many wrong attempts from here; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Er is te vaak een verkeerde poging gedaan. Wacht {seconds} seconden en probeer het dan opnieuw.")
        self.seconds = seconds


def check(app: App, tx: Transaction, who: tuple[str, str], now: datetime) -> None:
    """Raise TooMany while this name from this address, or this address alone, has to wait."""
    for scope, free in _scopes(app, who):
        number, last = queries.attempts(tx, scope, now - WINDOW)
        wait = min(2 ** max(0, number - free), _LONGEST) if number >= free else 0
        if last is not None and now < last + timedelta(seconds=wait):
            raise TooMany(int((last + timedelta(seconds=wait) - now).total_seconds()) + 1)


def count(app: App, who: tuple[str, str], now: datetime) -> None:
    """Remember a wrong attempt, by hashes only, and forget those that no longer count."""
    with app.database.write() as tx:
        queries.drop_attempts(tx, before=now - WINDOW)
        for scope, _ in _scopes(app, who):
            tx.add(Attempt(scope=scope, at=now))


def _scopes(app: App, who: tuple[str, str]) -> list[tuple[bytes, int]]:
    name, address = who[0].strip().lower(), who[1]
    return [(_hash(app, f"{name}\n{address}"), FREE), (_hash(app, f"\n{address}"), FREE_PER_ADDRESS)]


def _hash(app: App, text: str) -> bytes:
    return blake2b(text.encode(), digest_size=32, key=app.settings.secret_key, person=b"sign-in").digest()
