"""Mail that could not be sent, for administrators."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import post
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.i18n import ngettext
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


@blueprint.post("/beheer/post/opnieuw")
def retry_all() -> Response:
    """Try all that was given up again."""
    number = post.retry_all(ours(), actor())
    if number:
        flash(
            ngettext(
                "We proberen één mail opnieuw. Kijk over een minuut of het gelukt is.",
                "We proberen %(num)s mails opnieuw. Kijk over een minuut of het gelukt is.",
                number,
            ),
            "notice",
        )
    else:
        flash(_("Er is niets meer om opnieuw te proberen."), "notice")
    return redirect(url_for("post.show"))
