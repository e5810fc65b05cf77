"""The blueprint of all endpoints for programs, and what they have in common."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Request, Response, request
from flask_smorest import Blueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from app.services.context import App
from app.services.once import key_of, once
from app.web.bearer import bearer
from app.web.installation import ours

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])

#: The name of the component that describes problem documents.
PROBLEM = "Problem"


class _Parser(FlaskParser):
    """Reads requests; a body that is no JSON is not taken for a missing one."""

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 - whatever was sent
        """The body. Raises UnsupportedMediaType."""
        if not req.is_json:
            raise UnsupportedMediaType
        return super().load_json(req, schema)


class _Blueprint(Blueprint):
    """A blueprint that reads requests with our parser."""

    ARGUMENTS_PARSER = _Parser()


blueprint = _Blueprint("api", __name__, url_prefix="/api/v1", description="Cases, tasks and terms, for programs.")


def refuses(*statuses: int) -> Callable[[_Endpoint], _Endpoint]:
    """Describe the refusals of an endpoint beside those that all have."""

    def describe(endpoint: _Endpoint) -> _Endpoint:
        for status in (400, 401, 403, 429, 500, *statuses):
            endpoint = blueprint.alt_response(status, PROBLEM)(endpoint)
        return endpoint

    return describe


def answered_once(key: str | None, schema: Schema, act: Callable[[App], object]) -> str:
    """The answer, as JSON, to a request that may be repeated under its key."""
    asked = f"{request.method} {request.path}\n".encode() + request.get_data()
    return once(ours(), key_of(bearer(), key, asked), lambda app: json.dumps(schema.dump(act(app)), ensure_ascii=False))


def as_json(text: str, status: int) -> Response:
    """A response with this JSON."""
    return Response(text, status, content_type="application/json")
