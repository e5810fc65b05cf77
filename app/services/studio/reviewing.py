"""Reviewing: somebody who did not draw looks at a draft as it is, and approves it or sends it back; any save asks anew."""

from collections.abc import Collection, Mapping
from typing import Final

from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.services.administration import letters
from app.services.context import Actor, App
from app.services.studio import access, drafts, readiness
from app.services.studio.drafts import DraftView
from app.services.studio.reasons import read_words
from app.services.views.reviewing import Readiness, ReviewPage
from app.services.views.studio import Desk
from app.storage.database import Transaction
from app.storage.queries import reviews as queries
from app.storage.queries import studio as studio_queries
from app.storage.tables import StudioReview

VERDICTS: Final = ("approved", "returned")
_NOTHING: Final = "Er is niets veranderd. Er valt nog niets te beoordelen."
_TWICE: Final = "Deze beoordeling is al gevraagd. Wacht op het antwoord."
_GONE: Final = "Hier wacht geen beoordeling meer op. Laad de pagina opnieuw en kijk wat er staat."
_LATER: Final = "Goedkeuren kan pas daarna; terugsturen kan wel."
_SAVED: Final = "Er is intussen iets aan het concept of aan de verhalen veranderd. Kijk opnieuw; wat je schreef, staat er nog."


def page(app: App, actor: Actor, key: str) -> ReviewPage:
    """A draft with all that is to be known before it is published. Raises NotFound without a draft, and for strangers."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        row = studio_queries.open_draft(tx, key)
        if row is None:
            raise NotFound("Van deze procedure is er geen concept. Begin er een in de studio.")
        draft, published = drafts.view(tx, row), readiness.published_of(tx, key)
        ready = readiness.of(app, tx, draft, published)
        every = queries.reviews(tx, draft.id)
        names = queries.names(tx, [user for one in every for user in (one.asked_by, one.decided_by)])
        name = key if published is None else app.versions.get(tx, published.id).procedure.name
        return ReviewPage(
            desk=Desk(key, ready.name or name, drawing=True, draws=place.draws),
            base_number=draft.base_number,
            drawers=tuple(draft.drawers.values()),
            ready=ready,
            earlier=tuple(readiness.line(one, names, current=False) for one in every[1:]),
            own=readiness.of_person(app, tx, draft, place),
            not_deciding=readiness.not_deciding(draft.drawers, every[0], actor.user_id) if every else None,
            asks=place.draws and _may_ask(ready.review is not None and ready.review.current, every),
        )


def ask(app: App, actor: Actor, key: str, raw: Mapping[str, str]) -> None:
    """Ask that somebody reviews the draft as it is; `why` tells what changed and why.

    Raises as `_opened`, Conflict while a warning has no reason, InvalidAnswers.
    """
    now = app.clock()
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        draft = _opened(tx, key)
        published = readiness.published_of(tx, key)
        if published is not None and published.sha256 == draft.sha256:
            raise Conflict(_NOTHING)
        last = queries.last_review(tx, draft.id)
        if last is not None and readiness.is_current(tx, draft, last) and last.verdict != "returned":
            raise Conflict(_TWICE)
        why = read_words(raw, "why", "Schrijf wat er verandert en waarom.")
        unexplained = readiness.unexplained(readiness.of(app, tx, draft, published))
        if unexplained is not None:
            raise Conflict(unexplained)
        tx.add(StudioReview(draft_id=draft.id, sha256=draft.sha256, why=why, asked_by=actor.user_id, asked_at=now))
        for board_id in queries.boards_drawn_for(tx, list(draft.drawers), now):
            waits_for = queries.reviewers(tx, board_id, now) - {*draft.drawers, actor.user_id}
            letters.tell(tx, "review_waits", board_id, waits_for, now)


def decide(app: App, actor: Actor, key: str, raw: Mapping[str, str]) -> None:
    """Approve a draft or send it back (`verdict`, `remark`), as it was shown (`sha256`).

    Raises NotFound, Forbidden for whoever drew or asked, Conflict when it changed or was decided, InvalidAnswers, also for who
    approves while a warning has no reason, or while what is proved of the draft is not known.
    """
    now = app.clock()
    with app.database.write() as tx:
        access.enter(app, tx, actor)
        draft = _opened(tx, key)
        review = queries.last_review(tx, draft.id)
        refusal = None if review is None else readiness.not_deciding(draft.drawers, review, actor.user_id)
        if refusal is not None:
            raise Forbidden(refusal)
        if review is None or review.verdict is not None:
            raise Conflict(_GONE)
        if raw.get("sha256") != draft.sha256 or not readiness.is_current(tx, draft, review):
            raise Conflict(_SAVED)
        verdict, remark = _verdict(raw)
        if verdict == "approved":
            _must_be_known(readiness.of(app, tx, draft, readiness.published_of(tx, key)))
        review.verdict, review.remark = verdict, remark
        review.decided_by, review.decided_at = actor.user_id, now
        for board_id in sorted(queries.boards_drawn_for(tx, [review.asked_by], now), key=str)[:1]:
            letters.tell(tx, "review_given", board_id, [review.asked_by], now)


def _verdict(raw: Mapping[str, str]) -> tuple[str, str | None]:
    verdict = raw.get("verdict")
    if verdict not in VERDICTS:
        raise InvalidAnswers({"verdict": "Kies of je het goedkeurt of terugstuurt."})
    if verdict == "approved" and not raw.get("remark", "").strip():
        return verdict, None
    return verdict, read_words(raw, "remark", "Schrijf wat er nog anders moet.")


def _must_be_known(ready: Readiness) -> None:
    # Driving, a story, or another procedure that is published, may find something after the review was asked.
    missing = readiness.unproved(ready) or readiness.unexplained(ready)
    if missing is not None:
        raise InvalidAnswers({"verdict": f"{missing} {_LATER}"})


def _may_ask(current: bool, every: Collection[StudioReview]) -> bool:
    return not current or next(iter(every)).verdict == "returned"


def _opened(tx: Transaction, key: str) -> DraftView:
    row = studio_queries.open_draft(tx, key, locks=True)
    if row is None:
        raise NotFound("Van deze procedure is er geen concept meer. Het is gepubliceerd of weggegooid.")
    return drafts.view(tx, row)
