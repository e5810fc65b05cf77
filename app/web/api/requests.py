"""What programs ask and send. What is not here is refused.

Endpoints are given schemas that are made already: making one takes longer than reading a request with it.
"""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from app.domain.roles import Role
from app.services.inbox import BUCKETS
from app.web.api.cursors import Cursor


class _Whole(validate.Regexp):
    """Fits from its first character to its last: in Python, `$` would let a line end follow, in the description it does not."""

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - text or bytes, as it says itself
        if self.regex.fullmatch(value) is None:
            raise ValidationError(self._format_error(value))
        return value


_NUMBER = _Whole(r"^[0-9]{0,4}(-[0-9A-Z]{0,4})?$")
_PART = _Whole(r"^[0-9A-Z-]{0,9}$")
_ID = _Whole(r"^[a-z0-9_]{1,80}$")
_KEY = _Whole(r"^[!-~]{1,100}$")
_CURSOR = {"type": "string", "description": "As `next` of the page before has it."}
_ROLES = validate.OneOf([role.value for role in Role])


class TaskFilters(Schema):
    """What a list of tasks is narrowed to."""

    scope = fields.String(load_default="mine", validate=validate.OneOf(["mine", "group", "all"]))
    due = fields.String(load_default=None, validate=validate.OneOf(list(BUCKETS)))
    procedure = fields.String(load_default=None, validate=_ID)
    school = fields.UUID(load_default=None)
    case = fields.String(load_default=None, validate=_PART, metadata={"description": "The case's number, or a part of it."})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))
    cursor = Cursor(2, load_default=None, metadata=_CURSOR)


class TermFilters(Schema):
    """What a list of terms is narrowed to."""

    closed = fields.Boolean(load_default=False, metadata={"description": "Also terms of tasks that are closed."})
    case = fields.String(load_default=None, validate=_NUMBER, metadata={"description": "How the case's number begins."})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))
    cursor = Cursor(1, load_default=None, metadata=_CURSOR)


class Repeatable(Schema):
    """The headers of a request that may be repeated."""

    class Meta:
        """Other headers are none of our business."""

        unknown = EXCLUDE

    key = fields.String(
        data_key="Idempotency-Key",
        load_default=None,
        validate=_KEY,
        metadata={"description": "For 24 hours the same request under the same key gets the same answer, and is done once."},
    )


class NewCase(Schema):
    """What a case starts with: a procedure and a start as `/procedures` names them, and a school."""

    procedure = fields.String(required=True, validate=_ID)
    start = fields.String(required=True, validate=_ID)
    school = fields.UUID(required=True)


class Completion(Schema):
    """The answers to a form, as `Question` says, and whom to tick for lanes that open."""

    answers = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    handlers = fields.Dict(keys=fields.String(validate=_ROLES), values=fields.List(fields.UUID()), load_default=dict)
