"""How somebody wants to be told: what he chose, and choosing otherwise."""

from collections.abc import Mapping
from typing import Final

from app.domain.errors import InvalidAnswers
from app.domain.telling import CHOSEN, Telling, Way, next_digest
from app.services.context import Actor, App
from app.storage.queries import digests as queries
from app.storage.tables import TellingRow

#: The digest of every day; the others are weekdays, 0 is Monday.
DAILY: Final = "daily"
DIGESTS: Final = (DAILY, *map(str, range(7)))


def chosen(row: TellingRow | None) -> Telling:
    """What a row says; without one, everything at once."""
    if row is None:
        return Telling({})
    return Telling({kind: Way(getattr(row, kind.value)) for kind in CHOSEN}, row.weekday)


def own(app: App, actor: Actor) -> Telling:
    """What this person chose."""
    with app.database.read() as tx:
        return chosen(queries.telling_of(tx, actor.user_id))


def choose(app: App, actor: Actor, raw: Mapping[str, str]) -> None:
    """Choose how to be told of each kind, and when the digest comes. What waits for a digest comes with the next one.

    `raw`: a way for each kind of `CHOSEN`, and `digest`, which is `daily` or a weekday. Raises InvalidAnswers.
    """
    errors = {kind.value: "Kies hoe je dit wilt horen." for kind in CHOSEN if raw.get(kind.value) not in set(Way)}
    if raw.get("digest") not in DIGESTS:
        errors["digest"] = "Kies elke dag, of een dag van de week."
    if errors:
        raise InvalidAnswers(errors)
    weekday = None if raw["digest"] == DAILY else int(raw["digest"])
    with app.database.write() as tx:
        ways = {kind.value: Way(raw[kind.value]).value for kind in CHOSEN}
        tx.merge(TellingRow(user_id=actor.user_id, weekday=weekday, **ways))
        queries.move(tx, actor.user_id, next_digest(app.clock(), weekday))
