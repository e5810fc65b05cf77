"""The page that checks a draft, with made-up findings."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import render_template

from app.domain.procedure import Finding, Severity
from app.services.views.checking import CheckLine, CheckPage, ExampleStep, Run
from app.services.views.reviewing import Given
from app.services.views.studio import Desk

_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_STEPS = (
    ExampleStep("start_with_adviser", "committee", "Begin: ‘Klager kiest de klachtencommissie’"),
    ExampleStep(
        "board_response", "committee_response", "Taak ‘Besluit over het advies’, met antwoord: Neem je maatregelen? → Ja"
    ),
)
_FILE = "committee/response.bpmn"


def _line(number: int, severity: Severity, given: Given | None = None) -> CheckLine:
    text = "Vanaf hier komt de procedure nooit meer bij een einde. Teken een weg die naar een einde leidt."
    finding = Finding(_FILE, "board_response", "Besluit over het advies", "trap", text, severity)
    return CheckLine(number, finding, given, "committee_response", drawn=True, example=_STEPS)


def _page() -> CheckPage:
    return CheckPage(
        desk=Desk("committee", "Klachtencommissie", drawing=True, draws=True),
        errors=(_line(1, Severity.ERROR),),
        warnings=(_line(2, Severity.WARNING), _line(3, Severity.WARNING, Given("Dit hoort zo.", "Piet Vos", _AT))),
        driven=Run("done", _AT, 558, ("Niet helemaal bekeken: Nazorg.",)),
        played=Run("done", _AT, 2),
        levels={"committee": "Klachtencommissie", "committee_response": "Reactie van het bestuur"},
    )


def _shown() -> str:
    page = _page()
    levels = list(page.levels)
    shown = {"line": page.errors[0], "levels": levels, "chosen": levels[1], "marks": {"active": ["board_response"], "heat": []}}
    return render_template("studio/check.html", page=page, refused=None, shown=shown)


def _busy() -> str:
    page = replace(_page(), errors=(), warnings=(), driven=Run("running", _AT), played=Run("waiting", _AT))
    return render_template("studio/check.html", page=page, refused=None, shown=None)


def _before() -> str:
    page = replace(_page(), errors=(), warnings=(), driven=Run("none", None), played=Run("none", None))
    return render_template("studio/check.html", page=page, refused="Er zijn nog fouten.", shown=None)


PAGES = {"studio-check": _shown, "studio-check-busy": _busy, "studio-check-before": _before}
