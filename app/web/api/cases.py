"""Cases for programs: starting one, and how far it is."""

import json
import re
from typing import Any, Final

from flask import Response, url_for

from app.domain.errors import NotFound
from app.services import cases, outline
from app.services.context import App
from app.services.tokens import READ, WRITE
from app.services.views.outline import CaseOutline
from app.web.api import answers, outcomes, requests
from app.web.api.blueprint import answered_once, as_json, blueprint, refuses
from app.web.bearer import bearer, by_token
from app.web.installation import ours

_STARTED = outcomes.StartedCase()

_NUMBER: Final = re.compile(r"[0-9]{4}-[0-9A-Z]{4}")


@blueprint.post("/cases")
@by_token(WRITE)
@blueprint.arguments(requests.Repeatable(), location="headers")
@blueprint.arguments(requests.NewCase())
@blueprint.response(201, _STARTED, headers={"Location": {"schema": {"type": "string"}}})
@refuses(404, 409, 413, 415, 422)
def start(headers: dict[str, Any], sent: dict[str, Any]) -> Response:
    """Open a case with one procedure; 404 when the person has no such start at that school."""

    def act(app: App) -> dict[str, Any]:
        number, task = cases.start(app, bearer().actor, sent["procedure"], sent["start"], school_id=sent["school"])
        return {"number": number, "task": task}

    text = answered_once(headers["key"], _STARTED, act)
    response = as_json(text, 201)
    response.headers["Location"] = url_for("api.case", number=json.loads(text)["number"])
    return response


@blueprint.get("/cases/<number>")
@by_token(READ)
@blueprint.response(200, answers.Case)
@refuses(404)
def case(number: str) -> CaseOutline:
    """The procedures of a case, the steps that wait in them, and their terms, as far as the person may see them."""
    if _NUMBER.fullmatch(number) is None:
        raise NotFound
    return outline.case(ours(), bearer().actor, number)
