"""The adviser's start page."""

from flask import Blueprint, render_template

from app.services import today
from app.web import guard, lists
from app.web.guard import actor
from app.web.installation import ours

blueprint = Blueprint("today", __name__)


@blueprint.get("/vandaag")
def show() -> str:
    """Show what the day asks."""
    page = today.page(ours(), actor())
    guard.know_counts(page.mine, page.unseen)
    return render_template("today.html", page=page, lijst=lists.DAY)
