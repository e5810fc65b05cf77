"""The keys that do something, as a page: whoever has no script finds them here too."""

from flask import Blueprint, render_template

blueprint = Blueprint("keys", __name__)


@blueprint.get("/toetsen")
def show() -> str:
    """Show the keys, and whether they are on for this person."""
    return render_template("keys.html")
