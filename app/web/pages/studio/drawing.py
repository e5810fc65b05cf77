"""The drawing of a draft, which takes the screen, and its phases."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.dialect import CALL, MAIN_PROCESS, PROCESS, SOURCES, START, TASK, TERM, TOPICS
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import LANES
from app.services.studio import desks, drafts, knowing, phases, taken_away
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, blueprint

#: What may be filled in where, for the fields of the modeler.
DIALECT = {
    "groups": {
        name: [asdict(one) for one in properties]
        for name, properties in {
            "task": TASK,
            "term": TERM,
            "sources": SOURCES,
            "start": START,
            "call": CALL,
            "process": PROCESS,
            "main": MAIN_PROCESS,
        }.items()
    },
    "topics": {name: asdict(topic) for name, topic in TOPICS.items()},
    "lanes": LANES,
}


@blueprint.get("/studio/<key>/tekening")
def draw(key: str) -> str:
    """One diagram of a draft."""
    desk, draft = desks.desk(ours(), actor(), key), drafts.read(ours(), actor(), key)
    diagrams = knowing.phases(draft.files)
    wanted = request.args.get("bestand", f"{key}.bpmn")
    here = next((one for one in diagrams if one.file == wanted), None)
    if here is None:
        raise NotFound
    away = any(name.endswith(".bpmn") for name in draft.gone)
    element = request.args.get("element", "")
    return render_template("studio/draw.html", desk=desk, diagrams=diagrams, diagram=here, element=element, away=away)


@blueprint.get("/studio/<key>/kennis")
def known(key: str) -> Response:
    """What the fields of a drawing ask, and everything that they can name."""
    found = asdict(knowing.known(ours(), actor(), key))
    # In the order of our tables, which Flask's own JSON would sort.
    return Response(json.dumps(DIALECT | found, ensure_ascii=False), content_type="application/json")


@blueprint.get("/studio/<key>/tekening/fase")
def phase(key: str) -> str:
    """Ask for a new phase."""
    return _phase_form(key)


@blueprint.post("/studio/<key>/tekening/fase")
def add_phase(key: str) -> Response | tuple[str, int]:
    """Add an empty phase."""
    form = request.form
    try:
        file = phases.add(
            ours(), actor(), key, name=form.get("name", ""), phase=form.get("phase", ""), roles=form.getlist("roles")
        )
    except InvalidAnswers as error:
        return _phase_form(key, error.fields), INVALID
    except Conflict as error:
        return _phase_form(key, {"phase": error.text}), INVALID
    return redirect(url_for("studio.draw", key=key, bestand=file))


@blueprint.get("/studio/<key>/tekening/fase/weg")
def ask_remove_phase(key: str) -> str:
    """Ask whether he is sure."""
    desk, file = desks.drawn(ours(), actor(), key), request.args.get("bestand", "")
    name = phases.name_of(ours(), actor(), key, file)
    return render_template("studio/dropping_phase.html", desk=desk, file=file, name=name)


@blueprint.post("/studio/<key>/tekening/fase/weg")
def remove_phase(key: str) -> Response:
    """Take a phase away."""
    phases.remove(ours(), actor(), key, request.form.get("bestand", ""))
    flash(_("De fase is weggehaald. Onderaan kun je haar terugzetten."), "notice")
    return redirect(url_for("studio.phase", key=key))


@blueprint.post("/studio/<key>/terugzetten")
def put_back(key: str) -> Response:
    """Put back a file that was taken away: a phase, or a form."""
    name = request.form.get("bestand", "")
    taken_away.put_back(ours(), actor(), key, name)
    if name.endswith(".bpmn"):
        return redirect(url_for("studio.draw", key=key, bestand=name))
    return redirect(url_for("studio.forms", key=key))


def _phase_form(key: str, errors: Mapping[str, str] | None = None) -> str:
    typed = {"name": request.form.get("name", ""), "phase": request.form.get("phase", ""), "roles": request.form.getlist("roles")}
    desk = desks.desk(ours(), actor(), key)
    if not desk.draws:
        raise Forbidden
    away = taken_away.listed(ours(), actor(), key, ".bpmn")
    return render_template("studio/phase.html", desk=desk, typed=typed, errors=errors or {}, lanes=LANES, away=away)
