"""Taking a procedure out of use: no case begins with it any more, running ones go on, and its versions stay to go back to."""

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Forbidden, NotFound
from app.domain.procedure import Procedure
from app.services import publishing
from app.services.context import Actor, App
from app.services.studio import access, desks
from app.services.studio.publishing import Unfit
from app.services.studio.reasons import read_words
from app.services.views.studio import Desk
from app.storage.database import Transaction
from app.storage.queries import reviews as queries
from app.storage.queries import versions as version_queries

_NOT_YOURS: Final = "Uit gebruik halen doet een bestuurder van een bestuur met een proceseigenaar. Jij mag hier kijken."


def asked(app: App, actor: Actor, key: str) -> Desk:
    """The procedure that this person may take out of use. Raises NotFound where nothing is published, Forbidden."""
    with app.database.read() as tx:
        _must_decide(app, tx, actor)
        if key not in app.versions.published(tx):
            raise NotFound
    return desks.desk(app, actor, key)


def retire(app: App, actor: Actor, key: str, raw: Mapping[str, str]) -> None:
    """Take what is published out of use, and say `why`.

    Raises as `asked` does, InvalidAnswers without a reason, Unfit while another procedure, published or running, leads to it.
    """
    with app.database.write() as tx:
        _must_decide(app, tx, actor)
        row = version_queries.lock_published(tx).get(key)
        if row is None:
            raise NotFound
        why = read_words(raw, "why", "Schrijf waarom deze procedure uit gebruik gaat. Dit blijft bij de versie staan.")
        leading = _leading_to(app, tx, key)
        if leading:
            raise Unfit(
                f"Dit kan nog niet. Andere procedures beginnen deze procedure of sturen haar een bericht: {', '.join(leading)}. "
                "Publiceer die eerst zonder die stap. Loopt er nog een zaak met een oude versie? Verhuis die daarna."
            )
        publishing.retire(tx, row, app.clock(), actor.user_id)
        row.retired_why = why


def _must_decide(app: App, tx: Transaction, actor: Actor) -> None:
    place = access.enter(app, tx, actor)
    if not queries.boards_that_draw(tx, app.clock()) & place.decides_for:
        raise Forbidden(_NOT_YOURS)


def _leading_to(app: App, tx: Transaction, key: str) -> list[str]:
    published = app.versions.published(tx).values()
    running = (app.versions.get(tx, version_id) for version_id in version_queries.running(tx))
    procedures = {one.id: one.procedure for one in (*published, *running)}.values()
    return sorted({one.name for one in procedures if one.key != key and _names(one, key)})


def _names(procedure: Procedure, key: str) -> bool:
    elements = (element for level in procedure.processes.values() for element in level.elements.values())
    return any(element.properties.get("procedure") == key for element in elements)
