"""Inviting people to a board."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.administration import APPOINTABLE
from app.domain.errors import InvalidAnswers
from app.services.administration import inviting
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.administration.blueprint import INVALID, blueprint, typed
from app.web.paging import page_number


@blueprint.get("/beheer/<uuid:board_id>/uitnodigingen")
def invitations(board_id: UUID) -> str:
    """Whom this board invited, and the form to invite somebody."""
    return _page(board_id)


@blueprint.post("/beheer/<uuid:board_id>/uitnodigingen")
def invite(board_id: UUID) -> Response | tuple[str, int]:
    """Invite somebody."""
    try:
        inviting.invite(ours(), actor(), board_id, typed())
    except InvalidAnswers as error:
        return _page(board_id, values=typed(), errors=error.fields), INVALID
    return _back(board_id, _("De uitnodiging gaat per mail weg. De link erin werkt zeven dagen, en één keer."))


@blueprint.post("/beheer/<uuid:board_id>/uitnodigingen/<uuid:invitation_id>/opnieuw")
def invite_again(board_id: UUID, invitation_id: UUID) -> Response:
    """Send a fresh link."""
    name = inviting.again(ours(), actor(), board_id, invitation_id)
    return _back(board_id, _("%(name)s krijgt een nieuwe link. De vorige werkt niet meer.", name=name))


@blueprint.post("/beheer/<uuid:board_id>/uitnodigingen/<uuid:invitation_id>/intrekken")
def revoke_invitation(board_id: UUID, invitation_id: UUID) -> Response:
    """Revoke an invitation."""
    name = inviting.revoke(ours(), actor(), board_id, invitation_id)
    return _back(board_id, _("De uitnodiging van %(name)s is ingetrokken.", name=name))


def _back(board_id: UUID, text: str) -> Response:
    flash(text, "notice")
    return redirect(url_for("administration.invitations", board_id=board_id))


def _page(board_id: UUID, **shown: object) -> str:
    page = inviting.page(ours(), actor(), board_id, page_number("bladzijde"))
    return render_template(
        "administration/invitations.html", **{"page": page, "roles": APPOINTABLE, "values": {}, "errors": {}, **shown}
    )
