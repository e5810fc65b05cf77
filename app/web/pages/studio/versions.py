"""All procedures, and the story of the versions of one: begin a draft, drop it, go back."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidAnswers
from app.services.moving import showing
from app.services.studio import desks, drafts, dropped, publishing, story
from app.services.studio.publishing import Unfit
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, TAKEN, blueprint, typed


@blueprint.get("/studio")
def show() -> str:
    """All procedures."""
    waiting = showing.waiting(ours(), actor())
    shown, left = desks.procedures(ours(), actor()), dropped.never_published(ours(), actor())
    return render_template("studio/procedures.html", procedures=shown, waiting=waiting, dropped=left)


@blueprint.get("/studio/<key>")
def versions(key: str) -> str:
    """The versions of a procedure."""
    return _versions(key)


@blueprint.post("/studio/<key>/concept")
def begin(key: str) -> Response:
    """Begin to draw, with what is published."""
    drafts.begin(ours(), actor(), key)
    return redirect(url_for("studio.versions", key=key))


@blueprint.get("/studio/<key>/concept/weg")
def ask_drop(key: str) -> str:
    """Ask whether he is sure."""
    return render_template("studio/dropping.html", desk=desks.drawn(ours(), actor(), key))


@blueprint.post("/studio/<key>/concept/weg")
def drop(key: str) -> Response:
    """Throw the draft away."""
    drafts.drop(ours(), actor(), key)
    flash(_("Het concept is weggegooid. Wie tekent, kan het bij de versies terughalen."), "notice")
    return redirect(url_for("studio.show"))


@blueprint.post("/studio/<key>/concept/<uuid:draft_id>/terug")
def pick_up(key: str, draft_id: UUID) -> Response | tuple[str, int]:
    """Go on with a draft that was thrown away."""
    try:
        dropped.pick_up(ours(), actor(), key, draft_id)
    except Conflict as error:
        return _versions(key, refused=error.text), TAKEN
    flash(_("Het concept is terug, zoals het was. Teken verder waar het ophield."), "notice")
    return redirect(url_for("studio.versions", key=key))


@blueprint.get("/studio/<key>/versies/<int:number>/terug")
def ask_roll_back(key: str, number: int) -> str:
    """Ask why, and whether he is sure."""
    return _rolling_back(key, number)


@blueprint.post("/studio/<key>/versies/<int:number>/terug")
def roll_back(key: str, number: int) -> Response | tuple[str, int]:
    """Publish the files of an earlier version again."""
    try:
        new = publishing.roll_back(ours(), actor(), key, number, typed())
    except InvalidAnswers as error:
        return _rolling_back(key, number, values=typed(), errors=error.fields), INVALID
    except Unfit as error:
        return _rolling_back(key, number, values=typed(), refused=error.text), TAKEN
    flash(_("Versie %(new)s geldt nu. Zij is gelijk aan versie %(number)s.", new=new, number=number), "notice")
    return redirect(url_for("studio.versions", key=key))


def _versions(key: str, refused: str | None = None) -> str:
    return render_template("studio/versions.html", page=story.page(ours(), actor(), key), refused=refused)


def _rolling_back(key: str, number: int, **shown: object) -> str:
    desk = publishing.going_back(ours(), actor(), key, number)
    given = {"desk": desk, "number": number, "values": {}, "errors": {}, "refused": None, **shown}
    return render_template("studio/rolling_back.html", **given)
