"""What the pages of the studio share."""

from flask import Blueprint, request
from flask_login import current_user

from app.domain.errors import NotFound

blueprint = Blueprint("studio", __name__)
INVALID, TAKEN = 422, 409


def typed() -> dict[str, str]:
    """What was typed in the form of this request."""
    return {name: value for name, value in request.form.items() if name != "csrf_token"}


@blueprint.before_request
def _only_for_who_looks() -> None:
    # Each service asks again, of the roles that hold in its own transaction.
    if current_user.is_authenticated and not current_user.looks_into_studio:
        raise NotFound
