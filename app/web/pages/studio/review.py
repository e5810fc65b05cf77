"""Reviewing a draft, saying why warnings stand, and publishing it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidAnswers
from app.services.studio import desks, publishing, reasons, reviewing
from app.services.studio.publishing import NotReady
from app.studio import keeping
from app.web.guard import actor, way_back
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, TAKEN, blueprint, typed


@blueprint.get("/studio/<key>/beoordelen")
def review(key: str) -> str:
    """What is to be looked at, what was said of it, and what is missing."""
    return _page(key)


@blueprint.post("/studio/<key>/beoordelen/vragen")
def ask_review(key: str) -> Response | tuple[str, int]:
    """Ask for a review."""
    try:
        reviewing.ask(ours(), actor(), key, typed())
    except InvalidAnswers as error:
        return _page(key, values=typed(), errors=error.fields), INVALID
    except Conflict as error:
        return _page(key, values=typed(), refused=error.text), TAKEN
    flash(_("De beoordeling is gevraagd. Iemand die niet meetekende, kan haar geven."), "notice")
    return redirect(url_for("studio.review", key=key))


@blueprint.post("/studio/<key>/beoordelen/oordeel")
def decide(key: str) -> Response | tuple[str, int]:
    """Approve it, or send it back."""
    try:
        reviewing.decide(ours(), actor(), key, typed())
    except InvalidAnswers as error:
        return _page(key, values=typed(), errors=error.fields), INVALID
    except Conflict as error:
        return _page(key, values=typed(), refused=error.text), TAKEN
    flash(_("Je oordeel is vastgelegd."), "notice")
    return redirect(url_for("studio.review", key=key))


@blueprint.post("/studio/<key>/beoordelen/publiceren")
def publish(key: str) -> Response | tuple[str, int]:
    """Publish it, when nothing is missing any more."""
    try:
        number = publishing.publish(ours(), actor(), key, sha256=request.form.get("sha256"))
    except NotReady as error:
        return _page(key, refused=error.text), TAKEN
    flash(_("Versie %(number)s is gepubliceerd. Nieuwe zaken beginnen ermee.", number=number), "notice")
    return redirect(url_for("studio.versions", key=key))


@blueprint.post("/studio/<key>/reden")
def reason(key: str) -> Response | tuple[str, int]:
    """Say why a warning stands."""
    try:
        reasons.give(ours(), actor(), key, typed())
    except InvalidAnswers as error:
        desk = desks.desk(ours(), actor(), key)
        return render_template("studio/reason.html", desk=desk, values=typed(), errors=error.fields), INVALID
    return redirect(way_back(request.form.get("terug")) or url_for("studio.review", key=key))


def _page(key: str, **shown: object) -> str:
    page = reviewing.page(ours(), actor(), key)
    given = {"page": page, "stories": keeping.changed(ours(), actor(), key), "values": {}, "errors": {}, "refused": None}
    return render_template("studio/review.html", **{**given, **shown})
