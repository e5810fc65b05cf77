"""The inbox, the page that work starts from."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.services import inbox
from app.services.views.inbox import InboxQuery
from app.web import guard, labels
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
    page = inbox.page(ours(), actor(), _query(request.args))
    guard.know_counts(page.scope_counts["mine"], page.unseen)
    return render_template("inbox.html", page=page, address=_address)


def _query(given: "MultiDict[str, str]") -> InboxQuery:
    """What the address asks for; what makes no sense in it is left out."""
    scope, bucket, sort = given.get("van", "mine"), given.get("wanneer"), given.get("volgorde", "due")
    return InboxQuery(
        scope=scope if scope in labels.SCOPES else "mine",
        bucket=bucket if bucket in labels.BUCKETS else None,
        procedure=given.get("procedure") or None,
        school_id=given.get("school", type=UUID),
        number=(given.get("zaak") or "").strip().upper() or None,
        sort=sort if sort in labels.SORTS else "due",
        page=max(1, given.get("pagina", 1, type=int)),
    )


def _address(query: InboxQuery, **change: str | int | None) -> str:
    """The address of the inbox as it is, with something else asked; a new question starts at its first page."""
    asked = {"van": query.scope, "wanneer": query.bucket, "procedure": query.procedure, "school": query.school_id}
    sort = None if query.sort == "due" else query.sort
    values: dict[str, Any] = {**asked, "zaak": query.number, "volgorde": sort, **change}
    return url_for("inbox.show", **values)
