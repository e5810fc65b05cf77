"""The pages about forms of a draft, with made-up content."""

from collections.abc import Callable
from dataclasses import replace

from flask import render_template

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option
from app.domain.procedure import Finding
from app.domain.roles import FileKind, Role
from app.services.studio.taken_away import Away
from app.services.views.studio import Desk
from app.services.views.studio_forms import FormLine, FormList, FormPage, FormTask
from app.web.fields import lay_out
from app.web.form_editor import words_of_page
from app.web.form_preview import previewed
from tests.web.administration_samples import NOW

DESK = Desk("committee", "Klachtencommissie", drawing=True, draws=True)
TASK = FormTask(
    "board_response",
    "Besluit over het advies",
    "Klachtencommissie",
    "committee/response.bpmn",
    Role.BOARD,
    "board_response",
    named=True,
)
CHOICE = (Option("ja", "Ja"), Option("nee", "Nee"))
FORM = Form(
    "board_response",
    (
        Field("takes_measures", "Neem je maatregelen?", FactType.ENUM, options=CHOICE, required=True, section="Het besluit"),
        Field("due_on", "Wanneer klaar?", FactType.DATE, shown_when="takes_measures == 'ja'", section="Het besluit"),
        Field("why", "Waarom?", None, shown_when="minor == 'ja'", file=FileKind.BOARD, section="De motivering"),
    ),
)
EARLIER = (Field("minor", "Is de leerling minderjarig?", FactType.ENUM, options=CHOICE),)
LANES = frozenset({Role.ADVISER, Role.BOARD})
WRONG = Finding("forms/board_response.form", "why", "Waarom?", "label_missing", "Hier ontbreekt een opschrift. Schrijf het op.")
PAGE = FormPage("board_response", "forms/board_response.form", b"{}", TASK, FORM, (), EARLIER, LANES, {"why": FileKind.LEADER})


def _listed() -> str:
    lines = (
        FormLine("board_response", (TASK,), FORM, (FileKind.BOARD,)),
        FormLine("left_over", (), None, ()),
    )
    without = (replace(TASK, element_id="new_task", name="Nieuwe stap", form_id="new_task", named=False),)
    away = (Away("forms/old_step.form", "old_step", "Piet Vos", NOW),)
    return render_template("studio/forms.html", desk=DESK, forms=FormList(lines, without), away=away)


def _form(page: FormPage) -> str:
    """As a board reads it; the editor is tried on a real draft."""
    desk = replace(DESK, draws=False)
    return render_template("studio/form.html", desk=desk, page=page, findings=page.findings, script=None, **words_of_page())


def _preview(page: FormPage, *, minor: str = "ja", **errors: str) -> str:
    shown = previewed(page, {}, {"bekend-minor": minor}, NOW)
    if shown is not None:
        shown = replace(shown, errors=errors)
    sections = lay_out(shown.form, shown.facts) if shown is not None else ()
    return render_template("studio/form_preview.html", desk=DESK, form_page=page, page=shown, sections=sections, tried=not errors)


PAGES: dict[str, Callable[[], str]] = {
    "studio-forms": _listed,
    "studio-form": lambda: _form(PAGE),
    "studio-form-unused": lambda: _form(replace(PAGE, task=None, findings=(WRONG,))),
    "studio-form-preview": lambda: _preview(PAGE),
    "studio-form-preview-wrong": lambda: _preview(PAGE, takes_measures="Kies ja of nee."),
    "studio-form-preview-none": lambda: _preview(replace(PAGE, form=None, findings=(WRONG,))),
}
