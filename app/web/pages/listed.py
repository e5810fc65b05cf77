"""The list of notices (meldingen): what was heard and is no complaint, apart from the complaints."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import listed
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("listed", __name__)


@blueprint.get("/meldingen")
def mine() -> str:
    """Show the notices in cases of this person."""
    return render_template("listed.html", rows=listed.mine(ours(), actor()))


@blueprint.post("/meldingen/<number>/klacht")
def make_complaint(number: str) -> Response:
    """Go on with a notice as a complaint."""
    listed.make_complaint(ours(), actor(), number)
    flash(_("De melding is nu een klacht. De eerste taak staat bij de stappen."), "notice")
    return redirect(url_for("case.show", number=number))
