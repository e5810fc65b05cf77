"""The story of a procedure's versions: what is drawn, what is published, what was; who, when and why."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from app.domain.errors import NotFound
from app.services.context import Actor, App
from app.services.studio import access, drafts, dropped, readiness
from app.services.views.reviewing import DroppedLine, OpenDraft, VersionLine, VersionsPage
from app.services.views.studio import Desk
from app.storage.database import Transaction
from app.storage.queries import reviews as queries
from app.storage.queries import studio as studio_queries
from app.storage.queries import versions as version_queries
from app.storage.tables import ProcedureVersion, StudioDraft


def page(app: App, actor: Actor, key: str) -> VersionsPage:
    """All versions of a procedure, its draft and those that were thrown away. Raises NotFound as a desk does."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        versions = version_queries.of_key(tx, key)
        row = studio_queries.open_draft(tx, key)
        closed = queries.closed_drafts(tx, key)
        drawers = queries.drawers_of(tx, [one.id for one in closed])
        thrown = [one for one in closed if one.state == "dropped" and one.id in drawers]
        if not versions and row is None and not thrown:
            raise NotFound
        published = next((one for one in versions if one.status == "published"), None)
        draft = None if row is None else _open(app, tx, row, published)
        names = queries.names(tx, [*_people(versions), *(one.closed_by for one in closed)])
        became = {one.version_id: one.id for one in closed if one.version_id is not None}
        drew = {version_id: tuple(drawers.get(draft_id, ())) for version_id, draft_id in became.items()}
        return VersionsPage(
            desk=Desk(
                key=key,
                name=_name(app, tx, key, published or next(iter(versions), None), row or next(iter(thrown), None)),
                drawing=row is not None,
                draws=place.draws,
                published=None if published is None else published.number,
            ),
            draft=draft,
            versions=tuple(_line(one, versions, names, drew.get(one.id, ())) for one in versions),
            dropped=tuple(_dropped(one, names, drawers) for one in thrown),
            may_roll_back=bool(queries.boards_that_draw(tx, app.clock()) & place.decides_for),
        )


def _name(app: App, tx: Transaction, key: str, published: ProcedureVersion | None, draft: StudioDraft | None) -> str:
    if published is not None:
        return app.versions.get(tx, published.id).procedure.name
    return key if draft is None else dropped.name_of(drafts.view(tx, draft))


def _open(app: App, tx: Transaction, row: StudioDraft, published: ProcedureVersion | None) -> OpenDraft:
    draft = drafts.view(tx, row)
    saves = [(one.saved_at, one.saved_by) for one in draft.draft_files.values() if one.saved_at is not None]
    saved_at, saved_by = max(saves, default=(None, None))
    return OpenDraft(
        base_number=draft.base_number,
        opened_by=queries.names(tx, [row.opened_by])[row.opened_by],
        opened_at=row.opened_at,
        saved_by=saved_by,
        saved_at=saved_at,
        ready=readiness.of(app, tx, draft, published),
    )


def _people(versions: Iterable[ProcedureVersion]) -> Iterator[UUID | None]:
    for one in versions:
        yield from (one.published_by, one.reviewed_by, one.retired_by)


def _line(
    row: ProcedureVersion, versions: Iterable[ProcedureVersion], names: Mapping[UUID, str], drew: tuple[str, ...]
) -> VersionLine:
    def named(user_id: UUID | None) -> str | None:
        return None if user_id is None else names.get(user_id)

    earlier = (one.number for one in versions if one.sha256 == row.sha256 and one.number < row.number)
    return VersionLine(
        number=row.number,
        status=row.status,
        published_at=row.published_at,
        published_by=named(row.published_by),
        reviewed_by=named(row.reviewed_by),
        why=row.why,
        drawers=drew,
        retired_at=row.retired_at,
        retired_by=named(row.retired_by),
        retired_why=row.retired_why,
        same_as=min(earlier, default=None),
    )


def _dropped(row: StudioDraft, names: Mapping[UUID, str], drawers: Mapping[UUID, list[str]]) -> DroppedLine:
    assert row.closed_at is not None  # noqa: S101 - the database holds it of every draft that is closed
    by = None if row.closed_by is None else names.get(row.closed_by)
    return DroppedLine(row.id, tuple(drawers.get(row.id, ())), row.opened_at, row.closed_at, by)
