"""Trying a procedure with invented people, step by step, on a clock of its own."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app.domain.answers import as_typed
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.facts import FactType
from app.domain.forms import Field
from app.domain.roles import Role
from app.services.studio import desks
from app.services.views.case import DiagramView
from app.studio import correcting, keeping, material, trial, trying
from app.studio.trial import Trial
from app.studio.trying import Asked, Given
from app.studio.views import ProcedureNow, TrialForm, TrialPage
from app.web import answers, words
from app.web.fields import lay_out
from app.web.guard import actor
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, blueprint

_CONFLICT: Final = 409
Page = str | tuple[str, int] | Answer
_NOTHING: Final[Mapping[str, str]] = {}
_MOVES: Final[Mapping[str, Callable[[Trial], None]]] = {"jump": trial.jump, "back": trial.back, "again": trial.again}


@blueprint.get("/studio/<key>/proberen", endpoint="trial")
def show(key: str) -> Page:
    """Where the story stands, or how to begin one."""
    return _page(key)


@blueprint.post("/studio/<key>/proberen/begin")
def trial_start(key: str) -> Page:
    """Begin a story."""
    raw = answers.raw(request.form)
    try:
        trial.start(ours(), actor(), key, request.form.get("begin", ""), raw)
    except InvalidAnswers as error:
        return _page(key, values={**raw, "begin": request.form.get("begin", "")}, errors=error.fields), INVALID
    return _here(key)


@blueprint.post("/studio/<key>/proberen/verder")
def trial_go(key: str) -> Page:
    """Go on: to the next moment, until a moment, back, again, or what somebody may do beside his tasks."""
    does, raw = request.form.get("doe", ""), answers.raw(request.form)
    try:
        going = _going(key)
        if does in _MOVES:
            _MOVES[does](going)
        elif does == "wait":
            trial.wait(going, raw)
        else:
            element_id, part = request.form.get("element", ""), request.form.get("als", "")
            case = request.form.get("zaak", 1, type=int)
            if does == "correct_start":
                correcting.correct(going, raw, element_id=element_id, part=part, case=case)
            else:
                trial.act(going, does, element_id, part, case=case)
    except InvalidAnswers as error:
        return _page(key, values=raw, errors=error.fields), INVALID
    except Conflict as error:
        return _page(key, refused=error.text), _CONFLICT
    return _here(key)


@blueprint.get("/studio/<key>/proberen/taak")
def trial_task(key: str) -> Page:
    """The form of a task, as the person sees it whom the address names."""
    going = _going(key)
    return _task(key, going, trying.form(going, _asked()))


@blueprint.post("/studio/<key>/proberen/taak")
def trial_complete(key: str) -> Page:
    """Complete the task as this person."""
    going, asked = _going(key), _asked()
    ticked = {role: tuple(request.form.getlist(f"behandelaar-{role}")) for role in Role}
    given = Given(answers.raw(request.form), {role: parts for role, parts in ticked.items() if parts})
    try:
        trying.complete(going, asked, given)
    except InvalidAnswers as error:
        return _task(key, going, trying.form(going, asked, given, error.fields), ticked=given.ticked), INVALID
    except Conflict as error:
        return _page(key, refused=error.text), _CONFLICT
    return _here(key)


@blueprint.get("/studio/<key>/proberen/tekening/<procedure_key>/<process_id>.bpmn")
def trial_drawing(key: str, procedure_key: str, process_id: str) -> Response:
    """The drawing of one level, as it is tried."""
    drawn = material.of(ours(), actor(), key).procedures.get(procedure_key)
    source = None if drawn is None else drawn.source_of(process_id)
    if source is None:
        raise NotFound
    return Response(source, mimetype="application/xml")


@blueprint.get("/studio/<key>/proberen/bewaren")
def trial_keep(key: str) -> Page:
    """Ask what the story proves."""
    going = _going(key)
    return _keeping(key, {"source": going.scenario.source})


@blueprint.post("/studio/<key>/proberen/bewaren")
def trial_kept(key: str) -> Page:
    """Keep the story."""
    typed = {name: request.form.get(name, "") for name in ("name", "title", "source")}
    try:
        keeping.keep_trial(_going(key), typed)
    except InvalidAnswers as error:
        return _keeping(key, typed, error.fields), INVALID
    except Conflict as error:
        return _keeping(key, typed, refused=error.text), _CONFLICT
    return redirect(url_for("studio.stories", key=key))


def _here(key: str) -> Answer:
    return redirect(url_for("studio.trial", key=key))


def _going(key: str) -> Trial:
    return trial.going(ours(), actor(), key, request.values.get("stap", type=int))


def _asked() -> Asked:
    return Asked(request.args.get("zaak", 1, type=int), request.args.get("taak", ""), request.args.get("als", ""))


def _page(
    key: str, *, values: Mapping[str, str] = _NOTHING, errors: Mapping[str, str] = _NOTHING, refused: str | None = None
) -> str:
    desk = desks.desk(ours(), actor(), key)
    typed = {"values": values, "errors": errors, "refused": refused}
    try:
        opened = trial.opened(ours(), actor(), key)
    except Conflict as error:
        return render_template("studio/trial_wrong.html", desk=desk, wrong=error.text)
    if opened is None:
        begins = trial.begins(ours(), actor(), key)
        now = as_typed(Field("at", "", FactType.MOMENT), ours().clock()) | {"at__time": "09:00"}
        return render_template("studio/trial_begin.html", desk=desk, begins=begins, **{**typed, "values": {**now, **values}})
    page = trial.show(opened)
    shown = _shown(page, request.args.get("tekening", ""))
    return render_template("studio/trial.html", desk=desk, page=page, shown=shown, drawn=opened.material.drawn, **typed)


def _task(key: str, going: Trial, page: TrialForm, *, ticked: Mapping[Role, tuple[str, ...]] | None = None) -> str:
    return render_template(
        "studio/trial_task.html",
        desk=desks.desk(ours(), actor(), key),
        page=page,
        sections=lay_out(page.form, page.facts),
        ticked=ticked or {},
        number=len(going.scenario.steps),
    )


def _keeping(key: str, values: Mapping[str, str], errors: Mapping[str, str] = _NOTHING, refused: str | None = None) -> str:
    desk = desks.desk(ours(), actor(), key)
    return render_template("studio/trial_keep.html", desk=desk, values=values, errors=errors, refused=refused)


def _shown(page: TrialPage, asked: str) -> dict[str, object] | None:
    """The drawing that was asked for by place and level, else the deepest one in which something is going on."""
    levels = [(f"{place}-{one.process_id}", p, one) for place, p in enumerate(page.procedures) for one in _touched(p)]
    wanted = [level for level in levels if level[0] == asked]
    busy = [level for level in levels if level[2].active or level[2].waiting]
    found = next(iter([*wanted, *reversed(busy), *reversed(levels)]), None)
    if found is None:
        return None
    name, procedure, view = found
    return {"name": name, "procedure": procedure, "view": view, "marks": _marks(view), "levels": _levels(levels, procedure)}


def _touched(procedure: ProcedureNow) -> list[DiagramView]:
    """The outermost level, and those in which something happened."""
    first, *inner = procedure.drawings
    return [first, *(one for one in inner if one.done or one.active or one.waiting)]


def _levels(levels: list[tuple[str, ProcedureNow, DiagramView]], here: ProcedureNow) -> list[tuple[str, str]]:
    return [(name, one.name) for name, procedure, one in levels if procedure is here]


def _marks(view: DiagramView) -> dict[str, object]:
    waiting = [{"id": element_id, "text": words.day_tiny(words.day(at))} for element_id, at in view.waiting]
    return {"done": view.done, "active": view.active, "waiting": waiting}
