"""Mail that could not be sent, for administrators."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import post
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("post", __name__)


@blueprint.get("/beheer/post")
def show() -> str:
    """Show how mail goes, and what did not leave."""
    return render_template("post.html", page=post.page(ours(), actor()))


@blueprint.post("/beheer/post/<uuid:message_id>/opnieuw")
def retry(message_id: UUID) -> Response:
    """Try a message again."""
    post.retry(ours(), actor(), message_id)
    flash(_("We proberen het meteen opnieuw. Kijk over een minuut of het gelukt is."), "notice")
    return redirect(url_for("post.show"))
