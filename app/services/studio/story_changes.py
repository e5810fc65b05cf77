"""What is other in the stories of a procedure since a moment, and those that went and can come back."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final, Literal

from app.domain.errors import NotFound
from app.services.context import Actor, App
from app.services.studio import access, stories
from app.storage.database import Transaction
from app.storage.queries import stories as queries
from app.storage.queries import studio as studio_queries

#: Of the stories that went, as many can be put back.
MOST_AWAY: Final = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A story that came, went or changed since a moment; `by` and `at` are of what is kept now, or else of its going."""

    name: str
    kind: Literal["came", "went", "changed"]
    text: str = field(repr=False)
    by: str | None
    at: datetime


def away(app: App, actor: Actor, key: str) -> tuple[Change, ...]:
    """The stories that went last and that nothing took the place of, the last one first. Raises NotFound for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        now = {row.name for row, _ in queries.kept(tx, key)}
        last = {row.name: row for row in reversed(queries.dropped(tx, key)) if row.name not in now}
    found = [Change(row.name, "went", row.text, None, row.dropped_at) for row in last.values() if row.dropped_at is not None]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MOST_AWAY])


def put_back(app: App, actor: Actor, key: str, name: str) -> None:
    """Keep a story that went again. Raises NotFound when it did not, and as `stories.keep` does."""
    found = next((one for one in away(app, actor, key) if one.name == name), None)
    if found is None:
        raise NotFound
    stories.keep(app, actor, key, name, found.text)


def changed(app: App, actor: Actor, key: str) -> tuple[Change, ...]:
    """What is other in the stories since the open draft began, by name. Raises NotFound for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        draft = studio_queries.open_draft(tx, key)
        return () if draft is None else changed_since(tx, key, draft.opened_at)


def changed_since(tx: Transaction, key: str, since: datetime) -> tuple[Change, ...]:
    """What is other in the stories since a moment; one that went and came back as it was is not."""
    found = []
    for name, rows in groupby(queries.changed(tx, key, since), key=lambda one: one[0].name):
        pair = list(rows)
        (first, _), (last, by) = pair[0], pair[-1]
        if len(pair) > 1 and first.text != last.text:
            found.append(Change(name, "changed", last.text, by, last.kept_at))
        elif len(pair) == 1:
            gone = last.dropped_at
            found.append(Change(name, "went" if gone else "came", last.text, None if gone else by, gone or last.kept_at))
    return tuple(found)
