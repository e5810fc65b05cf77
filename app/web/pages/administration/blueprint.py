"""What the pages of administration share."""

from flask import Blueprint, request

blueprint = Blueprint("administration", __name__)
INVALID = 422


def typed() -> dict[str, str]:
    """What was typed in the form of this request."""
    return {name: value for name, value in request.form.items() if name != "csrf_token"}
