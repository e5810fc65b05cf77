"""Saved views of the inbox: seeing them, saving what the address asks for, deleting."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.services import saved_views
from app.services.saved_views import Wish
from app.web import lists
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("saved_views", __name__)
_INVALID = 422


@blueprint.get("/weergaven")
def mine() -> str:
    """Show all views of this person and his teams, and ask for a name when the address holds something to save."""
    return _page({})


@blueprint.post("/weergaven")
def save() -> Response | tuple[str, int]:
    """Save what the address asks for, as a new view or in place of one, and show it."""
    given, asked = request.form, lists.query(request.args)
    wish = Wish(
        asked, given.get("naam", ""), given.get("woord", "plain"), given.get("voor", ""), given.get("weergave", type=UUID)
    )
    try:
        saved_views.save(ours(), actor(), wish)
    except InvalidAnswers as error:
        return _page(error.fields), _INVALID
    flash(_("De weergave is bewaard. Je vindt hem boven je inbox."), "notice")
    return redirect(lists.address(asked))


@blueprint.post("/weergaven/<uuid:view_id>/verwijderen")
def remove(view_id: UUID) -> Response:
    """Delete a view."""
    saved_views.remove(ours(), actor(), view_id)
    flash(_("De weergave is verwijderd."), "notice")
    return redirect(url_for("saved_views.mine"))


def _page(errors: dict[str, str]) -> str:
    asked = lists.query(request.args) if "van" in request.args else None
    page = saved_views.page(ours(), actor())
    return render_template("saved_views.html", page=page, asked=asked, given=request.form, errors=errors)
