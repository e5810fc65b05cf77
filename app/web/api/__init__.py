"""The HTTP API, version 1: cases, tasks and terms for programs that act for a person. It gives no fact and no file.

Each endpoint names the scope of token that it asks, reads its input by a schema, calls one service, and answers by a schema.
The description for machines is at /api/v1/openapi.json.
"""

import json

from flask import Flask, Response
from flask_smorest import Api
from flask_wtf import CSRFProtect

from app.web.api import cases, lists, tasks
from app.web.api.answers import Problem
from app.web.api.blueprint import PROBLEM, as_json, blueprint
from app.web.guard import public
from app.web.problems import MEDIA_TYPE

#: Importing a module of endpoints fills the blueprint.
ENDPOINTS = (cases, lists, tasks)

_DESCRIPTION = (
    "Programs act for the person of their token and may what he may, except reading facts and files. "
    "Every refusal is a problem document (RFC 9457). Texts for people are Dutch."
)


class _Api(Api):
    """Refusals are described per endpoint, and answered where all of the product's are."""

    DEFAULT_ERROR_RESPONSE_NAME = None


def register(flask: Flask, csrf: CSRFProtect) -> None:
    """Add the API to the application. What it asks is a token, no cookie, so nobody's browser can be made to ask it."""
    flask.config.update(
        API_TITLE="Veilige Route",
        API_VERSION="1",
        OPENAPI_VERSION="3.0.3",
        API_SPEC_OPTIONS={"info": {"description": _DESCRIPTION}, "security": [{"token": []}]},
    )
    api = _Api(flask)
    components = api.spec.components
    components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    components.response(PROBLEM, {"description": "A refusal.", "content": {MEDIA_TYPE: {"schema": Problem}}})
    api.register_blueprint(blueprint)
    csrf.exempt(blueprint)
    text = json.dumps(api.spec.to_dict(), ensure_ascii=False)

    @public
    def description() -> Response:
        return as_json(text, 200)

    flask.add_url_rule("/api/v1/openapi.json", "api_description", description)
