"""Pages of versions, reviewing and publishing, with made-up content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from flask import render_template

from app.domain.procedure import Finding, Severity
from app.services.views.reviewing import (
    DroppedLine,
    Given,
    OpenDraft,
    Proof,
    Readiness,
    ReviewLine,
    ReviewPage,
    VersionLine,
    VersionsPage,
    Warned,
)
from app.services.views.studio import Desk, DraftLine, ProcedureLine

NOW: Final = datetime(2026, 11, 18, 13, 20, tzinfo=UTC)
DESK: Final = Desk("committee", "Klachtencommissie", drawing=True, draws=True)
NEVER: Final = Desk("bullying", "Pesten", drawing=False, draws=True)
MISSING: Final = ("Er is nog 1 fout. Los op wat bij Controle staat.", "De beoordeling wacht op iemand die niet meetekende.")
WARNING: Final = Finding(
    "committee.bpmn", "wait", "Wacht op het advies", "slow", "Deze stap heeft geen termijn.", Severity.WARNING
)
GIVEN: Final = Given("Het bestuur wil dat zo.", "Piet Vos", NOW)
ASKED: Final = ReviewLine("Zes weken in plaats van vier.", "Piet Vos", NOW, None, None, None, None, current=True)
RETURNED: Final = replace(ASKED, verdict="returned", remark="Noem de wet.", decided_by="Els", decided_at=NOW, current=False)


def ready(*missing: str) -> Readiness:
    """A draft with a mistake, and with warnings of which one is explained."""
    warned = (Warned(WARNING, GIVEN), Warned(WARNING, None))
    error = replace(WARNING, severity=Severity.ERROR)
    return Readiness("0" * 64, "Klachtencommissie", (error,), warned, Proof("done", 312), Proof("waiting"), ASKED, missing)


def review(*, asks: bool = False) -> ReviewPage:
    """A draft that waits for its review."""
    return ReviewPage(DESK, 2, ("Piet Vos",), ready(*MISSING), (RETURNED,), (), None, asks)


def versions() -> VersionsPage:
    """Two versions, a draft, and one that was thrown away."""
    draft = OpenDraft(2, "Piet Vos", NOW, "Piet Vos", NOW, ready(*MISSING))
    now = VersionLine(2, "published", NOW, "Kemal Aydin", "Marijke de Vries", "Langer.", ("Piet Vos",), None, None, None)
    before = replace(now, number=1, status="retired", published_by=None, why=None, drawers=(), retired_at=NOW, same_as=0)
    return VersionsPage(
        DESK, draft, (now, before), (DroppedLine(UUID(int=2), ("Piet Vos",), NOW, NOW, "Piet Vos"),), may_roll_back=True
    )


def procedures() -> tuple[ProcedureLine, ...]:
    """One that is drawn and waits for this person, one that was never published, one at rest."""
    drawn = DraftLine(NOW, NOW, "Piet Vos", MISSING, "review")
    return (
        ProcedureLine("committee", "Klachtencommissie", 2, NOW, "Kemal Aydin", drawn),
        ProcedureLine("bullying", "Pesten", None, None, None, replace(drawn, saved_by=None, for_you=None)),
        ProcedureLine("measures", "Maatregelen", 1, NOW, None, None),
    )


def _review(page: ReviewPage, **shown: object) -> str:
    return render_template("studio/review.html", **{"page": page, "values": {}, "errors": {}, "refused": None, **shown})


def _versions(page: VersionsPage) -> str:
    return render_template("studio/versions.html", page=page, refused=None)


def _back(**errors: str) -> str:
    given = {"desk": DESK, "number": 1, "values": {}, "errors": errors, "refused": "Dit past niet meer." if errors else None}
    return render_template("studio/rolling_back.html", **given)


PAGES: dict[str, Callable[[], str]] = {
    "studio": lambda: render_template(
        "studio/procedures.html", procedures=procedures(), waiting={"committee": UUID(int=1)}, dropped=(NEVER,)
    ),
    "studio-empty": lambda: render_template("studio/procedures.html", procedures=(), waiting={}, dropped=()),
    "studio-versions": lambda: _versions(versions()),
    "studio-versions-first": lambda: _versions(replace(versions(), draft=None, versions=(), dropped=())),
    "studio-versions-dropped": lambda: _versions(replace(versions(), desk=NEVER, draft=None, versions=())),
    "studio-review": lambda: _review(review()),
    "studio-review-wrong": lambda: _review(
        review(asks=True), errors={"verdict": "Kies.", "remark": "Schrijf.", "why": "Schrijf."}, refused="Er is iets veranderd."
    ),
    "studio-publish": lambda: _review(replace(review(), ready=replace(ready(), errors=(), warnings=(), missing=()))),
    "studio-drop": lambda: render_template("studio/dropping.html", desk=DESK),
    "studio-retire": lambda: render_template(
        "studio/retiring.html", desk=DESK, values={}, errors={"why": "Schrijf waarom."}, refused="Dit kan nog niet."
    ),
    "studio-back": _back,
    "studio-back-wrong": lambda: _back(why="Schrijf waarom."),
    "studio-reason": lambda: render_template(
        "studio/reason.html", desk=DESK, values={"terug": "/studio"}, errors={"reason": "Schrijf waarom."}
    ),
}
