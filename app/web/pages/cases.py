"""The list of cases."""

from flask import Blueprint, render_template, request

from app.services import case_page, cases
from app.web import lists
from app.web.guard import actor
from app.web.installation import ours

blueprint = Blueprint("cases", __name__)


@blueprint.get("/zaken")
def mine() -> str:
    """Show the cases that this person works in."""
    number = lists.page_number(request.args)
    rows, more = case_page.mine(ours(), actor(), number)
    return render_template(
        "cases.html", rows=rows, more=more, number=number, may_start=bool(cases.start_options(ours(), actor()))
    )
