"""Publishing a draft, and going back to an earlier version: a board's right, and never of whoever drew.

Everything is asked again in the transaction that publishes, while nobody else can publish or save.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.procedure import Severity
from app.services import publishing
from app.services.context import Actor, App
from app.services.studio import access, checking, desks, drafts, readiness
from app.services.studio.reasons import read_words
from app.services.versions import unpack
from app.services.views.studio import Desk
from app.storage.database import Transaction
from app.storage.queries import reviews as queries
from app.storage.queries import studio as studio_queries
from app.storage.queries import versions as version_queries
from app.storage.tables import ProcedureVersion, StudioDraft

_NOT_YOURS: Final = "Publiceren en teruggaan doet een bestuurder van een bestuur met een proceseigenaar. Jij mag hier kijken."
_FIRST: Final = "Iemand was je voor: dit concept is net gepubliceerd of weggegooid. Kijk bij de versies wat er nu geldt."
_SAVED: Final = "Er is intussen iets aan het concept veranderd. Kijk opnieuw voordat je publiceert."
_NOW: Final = "Deze versie geldt al: nieuwe zaken beginnen ermee."


class NotReady(Conflict):
    """Something is still missing; `missing` holds a Dutch sentence for each."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"Publiceren kan nog niet. {' '.join(missing)}")
        self.missing = missing


class Unfit(Conflict):
    """An earlier version cannot be published again: others, or the ratchet, do not allow it any more."""


def publish(app: App, actor: Actor, key: str, *, sha256: str | None) -> int:
    """Publish the draft as it was shown (`sha256`); gives the number of its version. New cases start with it.

    Raises NotFound for strangers, Forbidden for whoever drew or has not the right, NotReady, Conflict when somebody was first.
    """
    with app.database.write() as tx:
        place = access.enter(app, tx, actor)
        published = version_queries.lock_published(tx).get(key)
        row = studio_queries.open_draft(tx, key, locks=True)
        if row is None:
            raise NotFound if published is None else Conflict(_FIRST)
        draft = drafts.view(tx, row)
        refusals = readiness.of_person(app, tx, draft, place)
        if refusals and draft.drawers:
            raise Forbidden(" ".join(refusals))
        if draft.sha256 != sha256:
            raise NotReady((_SAVED,))
        return _put_out(app, tx, row, published, by=actor.user_id)


def publish_on_host(app: App, keys: Sequence[str]) -> list[int]:
    """Publish the drafts of these procedures, all or none; gives the number of each one's version.

    Nobody's right is asked of whoever keeps the server; all else is: no errors, reasons, proofs, a review. Raises NotFound
    without a draft, NotReady.
    """
    with app.database.write() as tx:
        published = version_queries.lock_published(tx)
        return [_put_out(app, tx, _draft_of(tx, key), published.get(key), by=None) for key in keys]


def roll_back(app: App, actor: Actor, key: str, number: int, raw: Mapping[str, str]) -> int:
    """Publish the files of an earlier version again, and say `why`; gives the number of the new version.

    One person is enough, because they were reviewed and published before, and trouble must not wait. Raises NotFound, Forbidden
    for whoever has not the right, Conflict for what is published now or does not fit any more, InvalidAnswers.
    """
    now = app.clock()
    with app.database.write() as tx:
        published = version_queries.lock_published(tx).get(key)
        former = _former(app, tx, actor, key, number)
        why = read_words(raw, "why", "Schrijf waarom je teruggaat. Dit blijft bij de versie staan.")
        files = unpack(former.bundle)
        _, found = checking.whole(app, tx, key, files)
        errors = tuple(one.text for one in found if one.severity is Severity.ERROR)
        if errors:
            raise Unfit(f"Versie {number} past niet meer bij wat nu gepubliceerd is. {' '.join(errors)}")
        publishing.retire(tx, published, now, actor.user_id)
        version = publishing.freeze(tx, key, files, former.sha256)
        version.published_at, version.published_by = now, actor.user_id
        version.reviewed_by, version.why = former.reviewed_by, why
        tx.flush()
        return version.number


def going_back(app: App, actor: Actor, key: str, number: int) -> Desk:
    """The procedure of a version that this person may go back to. Raises as `roll_back` does."""
    with app.database.read() as tx:
        _former(app, tx, actor, key, number)
    return desks.desk(app, actor, key)


def _draft_of(tx: Transaction, key: str) -> StudioDraft:
    row = studio_queries.open_draft(tx, key, locks=True)
    if row is None:
        raise NotFound(f"Van {key} is er geen concept.")
    return row


def _put_out(app: App, tx: Transaction, row: StudioDraft, published: ProcedureVersion | None, *, by: UUID | None) -> int:
    """Freeze a draft of which nothing is missing, and close it; `by` None: on the host. Raises NotReady."""
    now, draft = app.clock(), drafts.view(tx, row)
    missing = readiness.of(app, tx, draft, published).missing
    review = queries.last_review(tx, draft.id)
    if missing or review is None:
        raise NotReady(missing)
    publishing.retire(tx, published, now, by)
    version = publishing.freeze(tx, row.key, draft.files, draft.sha256)
    version.published_at, version.published_by = now, by
    version.reviewed_by, version.why = review.decided_by, review.why
    tx.flush()
    row.state, row.closed_at, row.closed_by, row.version_id = "published", now, by, version.id
    return version.number


def _former(app: App, tx: Transaction, actor: Actor, key: str, number: int) -> ProcedureVersion:
    place = access.enter(app, tx, actor)
    versions = version_queries.of_key(tx, key)
    former = next((one for one in versions if one.number == number), None)
    if former is None:
        raise NotFound
    if not queries.boards_that_draw(tx, app.clock()) & place.decides_for:
        raise Forbidden(_NOT_YOURS)
    if any(one.status == "published" and one.sha256 == former.sha256 for one in versions):
        raise Conflict(_NOW)
    return former
