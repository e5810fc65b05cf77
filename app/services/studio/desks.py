"""The procedures of the studio, and the one that a page is about."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.studio import Place
from app.services.context import Actor, App
from app.services.studio import access, drafts, readiness
from app.services.versions import Published
from app.services.views.studio import Desk, DraftLine, ProcedureLine
from app.storage.database import Transaction
from app.storage.queries import reviews as review_queries
from app.storage.queries import studio as queries
from app.storage.queries import versions as version_queries
from app.storage.tables import ProcedureVersion, StudioDraft


def desk(app: App, actor: Actor, key: str) -> Desk:
    """The procedure that a page is about. Raises NotFound where nothing was ever published or is drawn, and for strangers."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        published = app.versions.published(tx).get(key)
        draft = queries.open_draft(tx, key)
        known = published or _former(app, tx, key)
    if known is None and draft is None:
        raise NotFound
    name, number = key if known is None else known.procedure.name, None if published is None else published.number
    return Desk(key, name, draft is not None, place.draws, number)


def _former(app: App, tx: Transaction, key: str) -> Published | None:
    """What a procedure that is out of use was last."""
    rows = version_queries.of_key(tx, key)
    return app.versions.get(tx, rows[0].id) if rows else None


def drawn(app: App, actor: Actor, key: str) -> Desk:
    """The procedure whose draft this person may change. Raises NotFound without a draft, Forbidden for whoever looks only."""
    found = desk(app, actor, key)
    if not found.drawing:
        raise NotFound
    with app.database.read() as tx:
        access.draw(app, tx, actor)
    return found


def procedures(app: App, actor: Actor) -> tuple[ProcedureLine, ...]:
    """All procedures that are published, drawn, or out of use, by name. Raises NotFound for strangers."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        published = {row.key: row for row in queries.published_rows(tx)}
        names = {key: one.procedure.name for key, one in app.versions.published(tx).items()}
        people = review_queries.names(tx, [row.published_by for row in published.values()])
        # The newest of each is the first.
        for version_id, key, _ in version_queries.numbered(tx):
            if key not in names:
                names[key] = app.versions.get(tx, version_id).procedure.name
        former = names.keys() - published.keys()
        saved = queries.last_saved(tx)
        drawn = {}
        for key, draft in queries.open_drafts(tx).items():
            name, missing, for_you = _drawn(app, tx, draft, published.get(key), place)
            saved_at, saved_by = saved.get(draft.id, (None, None))
            drawn[key] = DraftLine(draft.opened_at, saved_at, saved_by, missing, for_you)
            names.setdefault(key, name)
    lines = [
        replace(_line(key, name, published.get(key), people, drawn.get(key)), out_of_use=key in former)
        for key, name in names.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.name))


def _line(
    key: str, name: str, row: ProcedureVersion | None, people: Mapping[UUID, str], draft: DraftLine | None
) -> ProcedureLine:
    if row is None:
        return ProcedureLine(key, name, None, None, None, draft)
    by = None if row.published_by is None else people[row.published_by]
    return ProcedureLine(key, name, row.number, row.published_at, by, draft)


def _drawn(
    app: App, tx: Transaction, row: StudioDraft, published: ProcedureVersion | None, place: Place
) -> tuple[str, tuple[str, ...], str | None]:
    """Its name, what is missing, and what this person may do about it."""
    draft = drafts.view(tx, row)
    ready = readiness.of(app, tx, draft, published)
    own = readiness.of_person(app, tx, draft, place)
    review = review_queries.last_review(tx, draft.id)
    waits = ready.review is not None and ready.review.current and ready.review.verdict is None
    for_you = None
    if waits and review is not None and readiness.not_deciding(draft.drawers, review, place.user_id) is None:
        for_you = "review"
    elif not ready.missing and not own:
        for_you = "publish"
    return ready.name or row.key, ready.missing, for_you
