"""The procedures of the studio, and the one that a page is about."""

from app.domain.errors import NotFound
from app.services.context import Actor, App
from app.services.studio import access
from app.services.views.studio import Desk, DraftLine, ProcedureLine
from app.storage.queries import studio as queries


def desk(app: App, actor: Actor, key: str) -> Desk:
    """The procedure that a page is about. Raises NotFound where nothing is published or drawn, and for strangers."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        published = app.versions.published(tx).get(key)
        draft = queries.open_draft(tx, key)
    if published is None and draft is None:
        raise NotFound
    return Desk(key, key if published is None else published.procedure.name, draft is not None, place.draws)


def procedures(app: App, actor: Actor) -> tuple[ProcedureLine, ...]:
    """All procedures that are published or drawn, by name. Raises NotFound for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        published = app.versions.published(tx)
        moments = {row.key: row.published_at for row in queries.published_rows(tx)}
        saved = queries.last_saved(tx)
        drafts = {
            key: DraftLine(draft.opened_at, *saved.get(draft.id, (None, None))) for key, draft in queries.open_drafts(tx).items()
        }
    lines = [
        ProcedureLine(
            key=key,
            name=published[key].procedure.name if key in published else key,
            number=published[key].number if key in published else None,
            published_at=moments.get(key),
            draft=drafts.get(key),
        )
        for key in {*published, *drafts}
    ]
    return tuple(sorted(lines, key=lambda line: line.name))
