"""The stories that are kept of a procedure, as text: they are played before it is published."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.services.context import Actor, App
from app.services.studio import access
from app.storage.database import Transaction
from app.storage.queries import stories as queries
from app.storage.tables import KeptScenario

#: A story of a hundred steps takes ten thousand characters.
MAX_LENGTH: Final = 100_000
#: As many as can be played within the time of one proof.
MOST: Final = 40
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class Story:
    """A kept story: its name is that of its file."""

    name: str
    text: str = field(repr=False)
    kept_by: str
    kept_at: datetime


def listed(app: App, actor: Actor, key: str) -> tuple[Story, ...]:
    """All that are kept of a procedure, by name. Raises NotFound for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return of(tx, key)


def of(tx: Transaction, key: str) -> tuple[Story, ...]:
    """The same in a transaction, for whoever plays them."""
    return tuple(Story(row.name, row.text, who, row.kept_at) for row, who in queries.kept(tx, key))


def read(app: App, actor: Actor, key: str, name: str) -> str:
    """The text of one. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return _kept(tx, key, name).text


def must_keep(app: App, actor: Actor) -> None:
    """Raises NotFound for strangers, Forbidden for whoever looks and does not draw."""
    with app.database.read() as tx:
        access.draw(app, tx, actor)


def keep(app: App, actor: Actor, key: str, name: str, text: str) -> None:
    """Keep a story; whoever gives the text has seen that it can be played.

    Raises InvalidAnswers for a name that is taken or cannot be, and for a text that is too long; Forbidden for whoever does not
    draw.
    """
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        wrong = _wrong_name(tx, key, name)
        if wrong is not None:
            raise InvalidAnswers({"name": wrong})
        _add(app, tx, actor, key, name, text)


def refused_name(app: App, actor: Actor, key: str, name: str) -> str | None:
    """Why a story cannot be kept under this name, in Dutch; None when it can. Raises as `keep` does for whoever may not."""
    with app.database.read() as tx:
        access.draw(app, tx, actor)
        return _wrong_name(tx, key, name)


def renew(app: App, actor: Actor, key: str, name: str, text: str, *, was: str) -> None:
    """Keep another text under a name; the one that `was` there stays in the database.

    Raises NotFound, Forbidden, Conflict when somebody was first, InvalidAnswers for a text that is too long.
    """
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        row = _kept(tx, key, name)
        if row.text != was:
            raise Conflict("Iemand veranderde dit verhaal net voor jou. Kijk opnieuw hoe het gaat.")
        row.dropped_at = app.clock()
        tx.flush()
        _add(app, tx, actor, key, name, text)


def drop(app: App, actor: Actor, key: str, name: str) -> None:
    """Keep a story no longer; it stays in the database, and is not played. Raises NotFound, Forbidden."""
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        _kept(tx, key, name).dropped_at = app.clock()


def _wrong_name(tx: Transaction, key: str, name: str) -> str | None:
    if _NAME.fullmatch(name) is None:
        return "Gebruik kleine letters, cijfers en streepjes, en begin met een letter of cijfer."
    kept = queries.kept(tx, key)
    if any(row.name == name for row, _ in kept):
        return "Zo heet er al een verhaal. Kies een andere naam, of haal het oude eerst weg."
    return f"Er worden er al {MOST} bewaard. Haal eerst verhalen weg die niets meer bewijzen." if len(kept) >= MOST else None


def _add(app: App, tx: Transaction, actor: Actor, key: str, name: str, text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise InvalidAnswers({"text": "Dit verhaal is te lang. Verdeel het in kortere verhalen."})
    tx.add(KeptScenario(key=key, name=name, text=text, kept_by=actor.user_id, kept_at=app.clock()))


def _kept(tx: Transaction, key: str, name: str) -> KeptScenario:
    row = queries.kept_one(tx, key, name)
    if row is None:
        raise NotFound
    return row
