"""Drafts that were thrown away: nothing that was drawn is lost, and whoever draws picks one up again."""

from uuid import UUID

from app import catalogue
from app.domain.errors import Conflict, NotFound
from app.services.context import Actor, App
from app.services.studio import access, drafts
from app.services.views.studio import Desk
from app.storage.queries import studio as queries

_OTHER = "Er is nu een ander concept van deze procedure. Gooi dat eerst weg als je met dit concept verder wilt."


def pick_up(app: App, actor: Actor, key: str, draft_id: UUID) -> None:
    """Go on with a draft that was thrown away, as it was then. Raises NotFound, Forbidden, Conflict while another one is open."""
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        draft = queries.dropped_draft(tx, key, draft_id)
        if draft is None:
            raise NotFound("Dit concept is er niet meer. Iemand haalde het al terug.")
        if queries.open_draft(tx, key) is not None:
            raise Conflict(_OTHER)
        draft.state, draft.closed_at, draft.closed_by = "open", None, None


def never_published(app: App, actor: Actor) -> tuple[Desk, ...]:
    """The procedures of which nothing is left but drafts that were thrown away, by name. Raises NotFound for strangers."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        last = {draft.key: drafts.view(tx, draft) for draft in queries.last_dropped(tx)}
    desks = [Desk(key, name_of(view), drawing=False, draws=place.draws) for key, view in last.items()]
    return tuple(sorted(desks, key=lambda desk: desk.name))


def name_of(view: drafts.DraftView) -> str:
    """What a draft calls its procedure, as far as it can be read; else the key."""
    main = catalogue.sketch(view.key, view.files).processes.get(view.key)
    return view.key if main is None or not main.name else main.name
