"""Roles that wait for a second person: for whoever may confirm, wherever he works."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.services.administration import proposals
from app.web import labels
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.administration.blueprint import INVALID, typed

blueprint = Blueprint("appointing", __name__)


@blueprint.get("/benoemingen")
def mine() -> str:
    """What waits for this person to confirm."""
    return render_template("administration/proposals.html", proposals=proposals.mine(ours(), actor()))


@blueprint.get("/benoemingen/<uuid:proposal_id>")
def show(proposal_id: UUID) -> str:
    """One proposal, with the mark to compare."""
    return _page(proposal_id)


@blueprint.post("/benoemingen/<uuid:proposal_id>/bevestigen")
def confirm(proposal_id: UUID) -> Response | tuple[str, int]:
    """Confirm a role: from now on it holds."""
    try:
        line = proposals.confirm(ours(), actor(), proposal_id, typed())
    except InvalidAnswers as error:
        return _page(proposal_id, error.fields), INVALID
    flash(_("Bevestigd: %(name)s is %(role)s.", name=line.person, role=labels.role(line.role)), "notice")
    return redirect(url_for("appointing.mine"))


@blueprint.post("/benoemingen/<uuid:proposal_id>/weigeren")
def refuse(proposal_id: UUID) -> Response:
    """Refuse a role that somebody else proposed."""
    line = proposals.refuse(ours(), actor(), proposal_id)
    flash(_("Het voorstel voor %(name)s is afgewezen.", name=line.person), "notice")
    return redirect(url_for("appointing.mine"))


@blueprint.post("/benoemingen/<uuid:proposal_id>/intrekken")
def withdraw(proposal_id: UUID) -> Response:
    """Withdraw a proposal."""
    line = proposals.withdraw(ours(), actor(), proposal_id)
    flash(_("Het voorstel voor %(name)s is ingetrokken.", name=line.person), "notice")
    return redirect(url_for("appointing.mine"))


def _page(proposal_id: UUID, errors: object = None) -> str:
    return render_template("administration/proposal.html", line=proposals.one(ours(), actor(), proposal_id), errors=errors or {})
