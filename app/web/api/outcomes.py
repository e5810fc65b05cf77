"""What programs are told of what they did. It is kept for repeated requests, so it holds ids, numbers and titles alone."""

from marshmallow import Schema, fields, validate


class StartedCase(Schema):
    """The number of a new case, and the first task in it of whom the token acts for."""

    number = fields.String(required=True)
    task = fields.UUID(required=True, allow_none=True)


class OpenedTask(Schema):
    """A task that opened. `id` is null unless whom the token acts for holds it."""

    id = fields.UUID(required=True, allow_none=True, attribute="task_id")
    title = fields.String(required=True)
    role = fields.String(required=True)


class Completed(Schema):
    """What completing led to: the tasks that opened, and whether the procedure ended."""

    case = fields.String(required=True, attribute="case_number")
    procedure = fields.UUID(required=True, attribute="procedure_id")
    opened = fields.List(fields.Nested(OpenedTask), required=True)
    ended = fields.Boolean(required=True)


class Claimed(Schema):
    """A task that was picked up."""

    id = fields.UUID(required=True, attribute="task_id")
    state = fields.String(required=True, validate=validate.OneOf(["mine"]))
