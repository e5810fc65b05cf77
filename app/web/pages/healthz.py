"""Whether the server answers."""

from flask import Blueprint

from app.web.guard import public

blueprint = Blueprint("healthz", __name__)


@blueprint.get("/healthz")
@public
def ok() -> tuple[str, int, dict[str, str]]:
    """Say "ok" to whoever watches the server."""
    return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}
