"""What the pages of administration share."""

from flask import Blueprint, request

blueprint = Blueprint("administration", __name__)
INVALID = 422


def typed() -> dict[str, str]:
    """What was typed in the form of this request."""
    return {name: value for name, value in request.form.items() if name != "csrf_token"}


def page_number(name: str) -> int:
    """The number of a page in the address, from 1."""
    text = request.args.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) <= 6 else 1  # noqa: PLR2004 - more pages than anybody has
