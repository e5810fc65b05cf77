"""The feed of a calendar, for whoever has its address."""

from flask import Blueprint, Response, request

from app.services import agenda
from app.web.guard import public
from app.web.installation import ours

blueprint = Blueprint("agenda", __name__)


@blueprint.get("/agenda/<token>.ics")
@public
def feed(token: str) -> Response:
    """Give the calendar, or only say that it is as it was."""
    found = agenda.read(ours(), token, request.remote_addr or "")
    response = Response(found.content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(found.name)
    response.last_modified = found.changed_at
    response.make_conditional(request)
    return response
