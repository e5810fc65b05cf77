"""Whether a draft may be published: everything that is still missing, each in a sentence that says what to do."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.procedure import Finding, Severity
from app.domain.studio import Place
from app.services.context import App
from app.services.studio import checking, proved, reasons, story_changes
from app.services.studio.drafts import DraftView
from app.services.views.reviewing import Proof, Readiness, ReviewLine, Warned
from app.storage.database import Transaction
from app.storage.queries import reviews as queries
from app.storage.queries import studio as studio_queries
from app.storage.tables import ProcedureVersion, StudioReview

_SAME: Final = "Er is niets veranderd: dit is precies wat nu gepubliceerd is."
_NO_ONE: Final = "Niemand heeft dit concept beoordeeld zoals het nu is. Vraag een beoordeling."
_WAITS: Final = "De beoordeling wacht op iemand die niet meetekende."
_RETURNED: Final = "Dit concept is teruggestuurd. Pas het aan en vraag opnieuw een beoordeling."
_CHANGED: Final = (
    "Na de laatste beoordeling is er iets veranderd, in het concept of in de verhalen. Vraag opnieuw een beoordeling."
)
_DREW: Final = "Jij tekende mee aan dit concept. Iemand anders publiceert het."
_DREW_TOO: Final = "Jij tekende mee aan dit concept. Iemand anders beoordeelt het."
_ASKED: Final = "Jij vroeg deze beoordeling. Iemand anders geeft haar."
_RIGHT: Final = "Publiceren doet een bestuurder van het bestuur waarvoor dit getekend is."
_PROOFS: Final = {
    ("driven", "none"): "De tekening is nog niet doorlopen zoals zij nu is. Vraag dat aan bij Controle.",
    ("driven", "waiting"): "De tekening wordt nog doorlopen. Wacht tot dat klaar is.",
    ("played", "none"): "De bewaarde verhalen zijn nog niet gespeeld met dit concept. Vraag dat aan bij Controle.",
    ("played", "waiting"): "De bewaarde verhalen worden nog gespeeld. Wacht tot dat klaar is.",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that is to be said of a draft as it is, by whatever looked at it."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def of(app: App, tx: Transaction, draft: DraftView, published: ProcedureVersion | None) -> Readiness:
    """What there is to know of a draft, and what is missing; it is asked again in the transaction that publishes."""
    procedure, found = checking.whole(app, tx, draft.key, draft.files)
    proofs = proved.present(tx, draft)
    said = (*found, *proofs.findings, *_overtaken(draft, published))
    seen = _Seen(*(tuple(one for one in said if one.severity is severity) for severity in (Severity.ERROR, Severity.WARNING)))
    given = reasons.of(tx, draft.id)
    warnings = tuple(Warned(one, given.get(reasons.place_of(one))) for one in seen.warnings)
    review = review_of(tx, draft)
    missing = (
        *([_SAME] if published is not None and published.sha256 == draft.sha256 else []),
        *_mistaken(len(seen.errors)),
        *_without_reason(sum(one.given is None for one in warnings)),
        *_unproved(proofs.driven, proofs.played),
        *_unreviewed(review),
    )
    return Readiness(
        sha256=draft.sha256,
        name=None if procedure is None else procedure.name,
        errors=seen.errors,
        warnings=warnings,
        driven=proofs.driven,
        played=proofs.played,
        review=review,
        missing=missing,
    )


def unexplained(ready: Readiness) -> str | None:
    """What is to be said while a warning has no reason: no review is asked of it then, and nobody approves it."""
    return next(_without_reason(sum(one.given is None for one in ready.warnings)), None)


def unproved(ready: Readiness) -> str | None:
    """What is to be said while the draft is not driven, or its stories are not played: nobody approves what is not known."""
    return next(_unproved(ready.driven, ready.played), None)


def of_person(app: App, tx: Transaction, draft: DraftView, place: Place) -> tuple[str, ...]:
    """What keeps this person from publishing this draft: he drew, or has not the right of a board for which it is drawn."""
    if place.user_id in draft.drawers:
        return (_DREW,)
    boards = queries.boards_drawn_for(tx, list(draft.drawers), app.clock())
    return () if boards & place.decides_for else (_RIGHT,)


def not_deciding(drawers: Collection[UUID], review: StudioReview, user_id: UUID) -> str | None:
    """What keeps somebody from deciding about a review: he drew, or asked for it."""
    if user_id in drawers:
        return _DREW_TOO
    return _ASKED if user_id == review.asked_by else None


def review_of(tx: Transaction, draft: DraftView) -> ReviewLine | None:
    """The review that was asked last, and whether it was of the draft as it is."""
    row = queries.last_review(tx, draft.id)
    if row is None:
        return None
    return line(row, queries.names(tx, [row.asked_by, row.decided_by]), current=is_current(tx, draft, row))


def is_current(tx: Transaction, draft: DraftView, review: StudioReview) -> bool:
    """Whether a review is of the draft as it is, and of the stories that prove it."""
    return review.sha256 == draft.sha256 and not story_changes.changed_since(tx, draft.key, review.asked_at)


def line(row: StudioReview, names: Mapping[UUID, str], *, current: bool) -> ReviewLine:
    """A review as pages show it."""
    return ReviewLine(
        why=row.why,
        asked_by=names[row.asked_by],
        asked_at=row.asked_at,
        verdict=row.verdict,
        remark=row.remark,
        decided_by=None if row.decided_by is None else names[row.decided_by],
        decided_at=row.decided_at,
        current=current,
    )


def published_of(tx: Transaction, key: str) -> ProcedureVersion | None:
    """What is published of a procedure."""
    return next((row for row in studio_queries.published_rows(tx) if row.key == key), None)


def _overtaken(draft: DraftView, published: ProcedureVersion | None) -> Iterator[Finding]:
    """A draft that began with something else than what is published now, undoes what was published in between."""
    if published is not None and published.id != draft.base_id:
        began = "zonder versie" if draft.base_number is None else f"met versie {draft.base_number}"
        text = (
            f"Dit concept begon {began}, maar nu geldt versie {published.number}. Wat daarin anders werd, verdwijnt als je dit "
            "publiceert. Vergelijk ze eerst."
        )
        code, element = "overtaken", f"version_{published.number}"
        yield Finding(f"{draft.key}.bpmn", element, "", code, text, Severity.WARNING)


def _mistaken(errors: int) -> Iterator[str]:
    if errors:
        yield f"Er {'is nog 1 fout' if errors == 1 else f'zijn nog {errors} fouten'}. Los op wat bij Controle staat."


def _without_reason(warnings: int) -> Iterator[str]:
    if warnings:
        what = "1 waarschuwing" if warnings == 1 else f"{warnings} waarschuwingen"
        yield f"Bij {what} staat nog niet waarom het zo mag blijven. Geef een reden, of los het op."


def _unproved(driven: Proof, played: Proof) -> Iterator[str]:
    for kind, proof in (("driven", driven), ("played", played)):
        if proof.state != "done":
            yield _PROOFS[kind, proof.state]


def _unreviewed(review: ReviewLine | None) -> Iterator[str]:
    if review is None:
        yield _NO_ONE
    elif not review.current:
        yield _CHANGED
    elif review.verdict is None:
        yield _WAITS
    elif review.verdict != "approved":
        yield _RETURNED
