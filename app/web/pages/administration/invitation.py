"""The link of an invitation: choose a password, keep the recovery code."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.services.administration import accepting
from app.web.guard import actor, public
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("invitation", __name__)
_INVALID = 422


@blueprint.get("/uitnodiging/<token>")
@public
def show(token: str) -> str:
    """What the invitation is for; it asks for a password, or to sign in where there is an account."""
    return _page(token)


@blueprint.post("/uitnodiging/<token>")
@public
def accept(token: str) -> str | tuple[str, int]:
    """Make the account, and show the recovery code once; he signs in with his password, and sets up his app for codes."""
    try:
        made = accepting.accept(ours(), token, request.form.get("new", ""), request.form.get("again", ""))
    except InvalidAnswers as error:
        return _page(token, error.fields), _INVALID
    return render_template("recovery_code.html", code=made.recovery_code, onward=url_for("signin.form"))


@blueprint.post("/uitnodiging/<token>/aannemen")
def join(token: str) -> Response:
    """Accept with the account that this person has."""
    accepting.join(ours(), actor(), token)
    flash(_("Je hebt de uitnodiging aangenomen. Een rol geldt pas als een tweede persoon die bevestigt."), "notice")
    return redirect(url_for("profile.show"))


def _page(token: str, errors: object = None) -> str:
    invited = accepting.look(ours(), token)
    own = current_user.is_authenticated and current_user.actor.email == invited.email
    return render_template("administration/invitation.html", invited=invited, token=token, own=own, errors=errors or {})
