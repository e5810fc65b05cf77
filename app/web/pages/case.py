"""A case: its procedures beside each other, and one of them in view, part by part."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.domain.errors import InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import bell, case_page, cases, unattended
from app.services.before_beside import before_beside
from app.services.views.case import CasePage, DiagramView
from app.web import words
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("case", __name__)
_INVALID = 422
_PARTS = ("stappen", "diagram", "dossier", "termijnen", "geschiedenis")


@blueprint.get("/zaken/<number>")
def show(number: str) -> str:
    """Show the case with the procedure and the part that the address asks for."""
    part = request.args.get("deel", "stappen")
    if part not in _PARTS:
        raise NotFound
    return shown(number, part)


def shown(number: str, part: str, **typed: object) -> str:
    """A part of the case; `typed` is what stands in its form for a comment (`kind`, `text`, `error`)."""
    page = case_page.show(ours(), actor(), number, request.args.get("procedure", type=UUID))
    bell.see_case(ours(), actor(), page, files=part == "dossier")
    level = _level(page, request.args.get("niveau"))
    return render_template("case.html", page=page, part=part, level=level, marks=_marks, typed=typed)


@blueprint.get("/zaken/<number>/tijdlijn")
def timeline(number: str) -> str:
    """Show what happened in the case, in order, for printing."""
    return render_template("timeline.html", page=case_page.timeline(ours(), actor(), number))


@blueprint.get("/zaken/<number>/<uuid:procedure_id>/<process_id>.bpmn")
def diagram(number: str, procedure_id: UUID, process_id: str) -> Response:
    """Give the drawing of one level of a procedure."""
    drawing = case_page.diagram(ours(), actor(), number, procedure_id, process_id)
    return Response(drawing, mimetype="application/xml")


@blueprint.get("/zaken/<number>/<uuid:procedure_id>/ernaast/<process_id>")
def before_anytime(number: str, procedure_id: UUID, process_id: str) -> str:
    """Say what may be started here, before a task comes of it."""
    case_page.show(ours(), actor(), number, procedure_id)
    page = before_beside(ours(), actor(), procedure_id, process_id)
    return render_template("beside.html", page=page, back=url_for("case.show", number=number, procedure=procedure_id))


@blueprint.post("/zaken/<number>/<uuid:procedure_id>/ernaast/<process_id>")
def anytime(number: str, procedure_id: UUID, process_id: str) -> BaseResponse:
    """Start something that may be done at any moment, and go to its task."""
    case_page.show(ours(), actor(), number, procedure_id)
    task_id = cases.start_anytime(ours(), actor(), procedure_id, process_id)
    return _to_task(task_id, number, procedure_id)


@blueprint.get("/zaken/<number>/<uuid:procedure_id>/bericht/<element_id>")
def confirm(number: str, procedure_id: UUID, element_id: str) -> str:
    """Ask whether the person is sure: what this announces cannot be taken back."""
    page = case_page.show(ours(), actor(), number, procedure_id)
    return render_template("announce.html", page=page, element_id=element_id, label=_message(page, element_id))


@blueprint.post("/zaken/<number>/<uuid:procedure_id>/bericht/<element_id>")
def announce(number: str, procedure_id: UUID, element_id: str) -> BaseResponse:
    """Tell the procedure what happened outside it, such as a withdrawal."""
    _message(case_page.show(ours(), actor(), number, procedure_id), element_id)
    return _to_task(cases.announce(ours(), actor(), procedure_id, element_id), number, procedure_id)


@blueprint.get("/zaken/<number>/<uuid:procedure_id>/behandelaars/<lane>")
def ask_tick(number: str, procedure_id: UUID, lane: str) -> str:
    """Ask who does the steps of a lane that nobody is left in."""
    return _ticking(number, procedure_id, _role(lane))


@blueprint.post("/zaken/<number>/<uuid:procedure_id>/behandelaars/<lane>")
def tick(number: str, procedure_id: UUID, lane: str) -> BaseResponse | tuple[str, int]:
    """Put people in a lane that nobody is left in."""
    role = _role(lane)
    people = request.form.getlist(f"behandelaar-{role}", type=UUID)
    try:
        unattended.tick(ours(), actor(), number, procedure_id, lane=role, people=people)
    except InvalidAnswers as error:
        return _ticking(number, procedure_id, role, **error.fields), _INVALID
    flash(_("Vastgelegd. Wie je koos, krijgt meteen bericht."), "notice")
    return redirect(url_for("case.show", number=number, procedure=procedure_id))


def _ticking(number: str, procedure_id: UUID, role: Role, **errors: str) -> str:
    page = unattended.choice(ours(), actor(), number, procedure_id, role)
    return render_template("tick.html", page=page, errors=errors)


def _role(lane: str) -> Role:
    try:
        return Role(lane)
    except ValueError:
        raise NotFound from None


def _to_task(task_id: UUID | None, number: str, procedure_id: UUID) -> BaseResponse:
    if task_id is None:
        return redirect(url_for("case.show", number=number, procedure=procedure_id))
    return redirect(url_for("task.show", task_id=task_id))


def _message(page: CasePage, element_id: str) -> str:
    label = dict(page.messages).get(element_id)
    if label is None:
        raise NotFound
    return label


def _level(page: CasePage, process_id: str | None) -> DiagramView | None:
    """The level that was asked for, else the deepest one where something is going on."""
    asked = [level for level in page.diagrams if level.process_id == process_id]
    busy = [level for level in page.diagrams if level.active]
    return next(iter([*asked, *reversed(busy), *page.diagrams]), None)


def _marks(level: DiagramView) -> dict[str, object]:
    waiting = [{"id": element_id, "text": words.day_tiny(words.day(at))} for element_id, at in level.waiting]
    return {"done": level.done, "active": level.active, "waiting": waiting}
