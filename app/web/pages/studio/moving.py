"""Moving running procedures to another version: plans, what would happen, how far it is."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers, NotFound
from app.services.context import Actor, App
from app.services.moving import plans, showing
from app.services.views.moving import NewPlanPage
from app.web import moving_words
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, blueprint

_ACTS: Final[Mapping[str, Callable[[App, Actor, str, UUID], None]]] = {
    "begin": plans.start,
    "stop": plans.stop,
    "verder": plans.resume,
    "terug": plans.undo,
    "weg": plans.drop,
}


@blueprint.get("/studio/<key>/verhuizen")
def move(key: str) -> str:
    """All plans, and the versions for a new one."""
    return _overview(key)


@blueprint.get("/studio/<key>/verhuizen/nieuw")
def move_new(key: str) -> str | tuple[str, int]:
    """Ask what a new plan needs, between the two versions that were chosen."""
    try:
        page = showing.asked(ours(), actor(), key, request.args.to_dict())
    except InvalidAnswers as error:
        return _overview(key, values=request.args.to_dict(), errors=error.fields), INVALID
    return _new(page, request.args.to_dict())


@blueprint.post("/studio/<key>/verhuizen/nieuw")
def move_make(key: str) -> Response | tuple[str, int]:
    """Make a plan and have it tried."""
    raw = request.form.to_dict()
    try:
        plan_id = plans.make(ours(), actor(), key, raw)
    except InvalidAnswers as error:
        if {"from", "to"} & error.fields.keys():
            return _overview(key, values=raw, errors=error.fields), INVALID
        return _new(showing.asked(ours(), actor(), key, raw), raw, error.fields), INVALID
    return redirect(url_for("studio.move_plan", key=key, plan_id=plan_id))


@blueprint.get("/studio/<key>/verhuizen/<uuid:plan_id>")
def move_plan(key: str, plan_id: UUID) -> str:
    """A plan: how far it is, and what came of each procedure."""
    page = showing.plan(ours(), actor(), key, plan_id, request.args.get("bladzijde", 1, int))
    return render_template("studio/move_plan.html", desk=page.desk, page=page, moving_words=moving_words)


@blueprint.post("/studio/<key>/verhuizen/<uuid:plan_id>/<act>")
def move_act(key: str, plan_id: UUID, act: str) -> Response:
    """Begin, stop, go on, put back, try again what stayed, or throw away."""
    if act == "opnieuw":
        again = plans.again(ours(), actor(), key, plan_id)
        return redirect(url_for("studio.move_plan", key=key, plan_id=again))
    if act not in _ACTS:
        raise NotFound
    _ACTS[act](ours(), actor(), key, plan_id)
    if act == "weg":
        flash(_("Het plan is weggegooid. Er is niets verhuisd."), "notice")
        return redirect(url_for("studio.move", key=key))
    return redirect(url_for("studio.move_plan", key=key, plan_id=plan_id))


def _overview(key: str, *, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> str:
    page = showing.overview(ours(), actor(), key)
    shown = {"values": values or {}, "errors": errors or {}}
    return render_template("studio/move.html", desk=page.desk, page=page, moving_words=moving_words, **shown)


def _new(page: NewPlanPage, values: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
    shown = {"values": {"terms": "keep", **values}, "errors": errors or {}}
    return render_template("studio/move_new.html", desk=page.desk, page=page, moving_words=moving_words, **shown)
