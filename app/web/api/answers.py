"""What programs are answered: the one place that says which members there are. What is not here never leaves."""

from uuid import UUID

from marshmallow import Schema, fields, validate

from app.domain.forms import Field


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(
        fields.Dict(keys=fields.String(), values=fields.String()),
        metadata={
            "description": "`pointer` (JSON pointer into the request) or `parameter`, and `detail`, for each thing that is wrong."
        },
    )


class Named(Schema):
    """A person or a school, by its id."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)

    def get_attribute(self, obj: tuple[UUID, str], attr: str, default: object) -> object:
        """Views hold pairs of id and name."""
        return obj[("id", "name").index(attr)]


class Term(Schema):
    """A term. `due_at` is the first moment after `last_day`. `task_id` is null for a step of others."""

    id = fields.UUID(required=True, attribute="term_id")
    task_id = fields.UUID(required=True, allow_none=True)
    title = fields.String(required=True)
    role = fields.String(required=True)
    case = fields.String(required=True)
    procedure = fields.String(required=True)
    school = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["running", "met", "missed"]))
    statutory = fields.Boolean(required=True)
    basis = fields.String(required=True)
    starts_on = fields.Date(required=True)
    due_at = fields.DateTime(required=True)
    last_day = fields.Date(required=True)
    extended = fields.Boolean(required=True)


class TaskLine(Schema):
    """A task. `id` is null for a step of others; `statutory` is null without a term.

    `on_behalf_of` names who is away, where whom the token acts for does the task for somebody else.
    """

    id = fields.UUID(required=True, allow_none=True, attribute="task_id")
    title = fields.String(required=True)
    role = fields.String(required=True)
    case = fields.String(required=True)
    procedure = fields.String(required=True)
    school = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["mine", "other", "unclaimed", "done", "cancelled"]))
    opened_at = fields.DateTime(required=True)
    due_at = fields.DateTime(required=True, allow_none=True)
    last_day = fields.Date(required=True, allow_none=True)
    statutory = fields.Boolean(required=True, allow_none=True)
    on_behalf_of = fields.String(required=True, allow_none=True)


class Option(Schema):
    """An answer of a choice: `value` is what is sent."""

    value = fields.String(required=True)
    label = fields.String(required=True)


class Question(Schema):
    """A question of the form, asked or not: `shown_when` and `required_when` are conditions over facts and earlier answers.

    Answers are texts under `key`: for a choice one of the values; a date as 2026-11-24; a number in digits. A moment is a date
    under `key` and a time such as 10:42 under `key` and `__time`, in Europe/Amsterdam. What is `text` is sealed.
    """

    key = fields.String(required=True)
    label = fields.String(required=True)
    description = fields.String(required=True)
    type = fields.Method(
        "type_of", required=True, metadata={"type": "string", "enum": ["enum", "date", "moment", "number", "text"]}
    )
    required = fields.Boolean(required=True)
    required_when = fields.String(required=True, allow_none=True)
    shown_when = fields.String(required=True, allow_none=True)
    options = fields.List(fields.Nested(Option), required=True)
    when = fields.String(required=True, metadata={"description": "Where a date or moment may lie: past, future, any."})
    minimum = fields.Integer(required=True, allow_none=True)
    maximum = fields.Integer(required=True, allow_none=True)
    max_length = fields.Integer(required=True)

    def type_of(self, question: Field) -> str:
        """The type of its answer; text is what goes to a sealed file."""
        return question.type.value if question.type is not None else "text"


class HandlerChoice(Schema):
    """A lane that may open next and that nobody handles yet. When it opens, at least one of these people must be sent along."""

    role = fields.String(required=True)
    certain = fields.Boolean(required=True, metadata={"description": "Whether every outcome opens it."})
    people = fields.List(fields.Nested(Named), required=True)


class Task(Schema):
    """A task with its form. No answer, no fact and no text of a file is part of it."""

    line = fields.Nested(TaskLine, required=True, data_key="task")
    instruction = fields.String(required=True)
    basis = fields.String(required=True)
    checklist = fields.List(fields.Integer(), required=True)
    term = fields.Nested(Term, required=True, allow_none=True)
    questions = fields.List(fields.Nested(Question), required=True)
    handlers = fields.List(fields.Nested(HandlerChoice), required=True)


class Procedure(Schema):
    """A procedure of a case. `since`: since when it concerns whom the token acts for."""

    id = fields.UUID(required=True, attribute="procedure_id")
    procedure = fields.String(required=True)
    name = fields.String(required=True)
    since = fields.DateTime(required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)


class Case(Schema):
    """A case: its procedures, the steps that wait in them, and their terms."""

    number = fields.String(required=True)
    school = fields.String(required=True)
    closed_at = fields.DateTime(required=True, allow_none=True)
    procedures = fields.List(fields.Nested(Procedure), required=True)
    tasks = fields.List(fields.Nested(TaskLine), required=True)
    terms = fields.List(fields.Nested(Term), required=True)


class Start(Schema):
    """A way in which whom the token acts for may start a procedure, at which schools."""

    id = fields.String(required=True, attribute="start_id")
    label = fields.String(required=True)
    role = fields.String(required=True)
    schools = fields.List(fields.Nested(Named), required=True)


class Startable(Schema):
    """A published procedure; without `starts` somebody else starts it."""

    key = fields.String(required=True, attribute="procedure")
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    starts = fields.List(fields.Nested(Start), required=True)


_NEXT = {"format": "uri-reference", "description": "Where the list goes on; null at its end."}


class Tasks(Schema):
    """A page of tasks, the most urgent first."""

    items = fields.List(fields.Nested(TaskLine), required=True)
    next = fields.String(required=True, allow_none=True, metadata=_NEXT)


class Terms(Schema):
    """A page of terms, the nearest first."""

    items = fields.List(fields.Nested(Term), required=True)
    next = fields.String(required=True, allow_none=True, metadata=_NEXT)


class Startables(Schema):
    """All published procedures."""

    items = fields.List(fields.Nested(Startable), required=True)
