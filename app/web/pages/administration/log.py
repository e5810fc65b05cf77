"""What administration did at a board."""

from uuid import UUID

from flask import render_template, request

from app.services.administration import log as service
from app.web.guard import actor
from app.web.installation import ours
from app.web.pages.administration.blueprint import blueprint


@blueprint.get("/beheer/<uuid:board_id>/logboek")
def log(board_id: UUID) -> str:
    """A page of the log, the newest first."""
    before = request.args.get("voor", "")
    place = int(before) if before.isdecimal() and len(before) <= 15 else None  # noqa: PLR2004 - no row has a longer number
    return render_template("administration/log.html", page=service.page(ours(), actor(), board_id, place))
