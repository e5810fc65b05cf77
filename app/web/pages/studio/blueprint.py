"""What the pages of the studio share."""

from flask import Blueprint
from flask_login import current_user

from app.domain.errors import NotFound

blueprint = Blueprint("studio", __name__)
INVALID = 422


@blueprint.before_request
def _only_for_who_looks() -> None:
    # Each service asks again, of the roles that hold in its own transaction.
    if current_user.is_authenticated and not current_user.looks_into_studio:
        raise NotFound
