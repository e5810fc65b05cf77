"""The inbox, the page that work starts from."""

from collections.abc import Collection
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app.services import inbox
from app.web import guard, lists
from app.web.guard import actor
from app.web.installation import ours

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/")
def home() -> Response:
    """Go to the page that this person's work starts from."""
    return redirect(guard.start_page(actor()))


@blueprint.get("/inbox")
def show() -> str:
    """Show open tasks, as far as the address asks for."""
    return shown()


def shown(*, refused: str | None = None, ticked: Collection[UUID] = ()) -> str:
    """The list that the address asks for; `refused` says why nothing happened to what was ticked."""
    asked = lists.query(request.args)
    page = inbox.page(ours(), actor(), asked)
    guard.know_counts(page.scope_counts["mine"], page.unseen)
    return render_template("inbox.html", page=page, lijst=lists.named(asked), refused=refused, ticked=ticked)
