"""The list of notices (berichten): what this person was told."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import bell
from app.services.administration import proposals
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.paging import page_number

blueprint = Blueprint("bell", __name__)


@blueprint.get("/berichten")
def mine() -> str:
    """Show this person's notices, the newest first, under the roles that wait for him as second person."""
    number = page_number("pagina")
    lines, more = bell.page(ours(), actor(), number)
    waiting = len(proposals.mine(ours(), actor()))
    return render_template("bell.html", lines=lines, more=more, number=number, proposals=waiting)


@blueprint.get("/berichten/<uuid:notice_id>")
def see(notice_id: UUID) -> Response:
    """See a notice, and go to what it is about."""
    return redirect(bell.open_notice(ours(), actor(), notice_id))


@blueprint.post("/berichten/gelezen")
def see_all() -> Response:
    """Mark all notices as seen."""
    bell.see_all(ours(), actor())
    flash(_("Alle berichten zijn gelezen."), "notice")
    return redirect(url_for("bell.mine"))
