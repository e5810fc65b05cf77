"""All procedures, and the versions of one."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services.studio import desks, drafts
from app.web.guard import actor
from app.web.installation import ours
from app.web.pages.studio.blueprint import blueprint


@blueprint.get("/studio")
def show() -> str:
    """All procedures."""
    return render_template("studio/procedures.html", procedures=desks.procedures(ours(), actor()))


@blueprint.get("/studio/<key>")
def versions(key: str) -> str:
    """The versions of a procedure."""
    return render_template("studio/versions.html", desk=desks.desk(ours(), actor(), key))


@blueprint.post("/studio/<key>/concept")
def begin(key: str) -> Response:
    """Begin to draw, with what is published."""
    drafts.begin(ours(), actor(), key)
    return redirect(url_for("studio.versions", key=key))
