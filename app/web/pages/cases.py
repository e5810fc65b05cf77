"""The list of cases."""

from flask import Blueprint, render_template

from app.services import case_page, cases
from app.web.guard import actor
from app.web.installation import ours
from app.web.paging import page_number

blueprint = Blueprint("cases", __name__)


@blueprint.get("/zaken")
def mine() -> str:
    """Show the cases that this person works in."""
    number = page_number("pagina")
    rows, more = case_page.mine(ours(), actor(), number)
    return render_template(
        "cases.html", rows=rows, more=more, number=number, may_start=bool(cases.start_options(ours(), actor()))
    )
