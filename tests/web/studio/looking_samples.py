"""The pages of a published version, with made-up content."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from flask import render_template

from app.domain.procedure import Calendar, ElementKind, TermRule
from app.domain.roles import Role
from app.services.views.drawing import PhaseKnown
from app.services.views.studio import Desk, DrawnStep, DrawnVersion
from app.web.form_editor import words_of_page
from tests.web.studio.forms_samples import PAGE as FORM

MAIN: Final = PhaseKnown("committee", "Klachtencommissie", "committee.bpmn")
PHASE: Final = PhaseKnown("committee_response", "Antwoord op het advies", "committee/response.bpmn")
TERM: Final = TermRule("P4W", Calendar.ATW, statutory=True, starts_from="advice_received_on", warn="P1W")
PAGE: Final = DrawnVersion(
    desk=Desk("committee", "Klachtencommissie", drawing=False, draws=True, published=2),
    number=2,
    diagrams=(MAIN, PHASE),
    diagram=MAIN,
    steps=(
        DrawnStep("answer", "Besluit", ElementKind.USER_TASK, Role.BOARD, "board_response", 3, TERM, "WPO art. 14 lid 7", None),
        DrawnStep("phase", "Antwoord", ElementKind.CALL, Role.ADVISER, None, 0, None, "", PHASE.file),
        DrawnStep("told", "Meld het", ElementKind.SERVICE_TASK, None, None, 0, None, "", None),
    ),
    questions={"advice_received_on": "Wanneer kwam het advies?"},
)


def _look(page: DrawnVersion, chosen: str = "") -> str:
    return render_template("studio/look.html", desk=page.desk, page=page, chosen=chosen)


PAGES: dict[str, Callable[[], str]] = {
    "studio-look": lambda: _look(PAGE, "answer"),
    "studio-look-earlier": lambda: _look(replace(PAGE, number=1, diagrams=(MAIN,), steps=())),
    "studio-look-form": lambda: render_template("studio/look_form.html", desk=PAGE.desk, page=FORM, number=2, **words_of_page()),
}
