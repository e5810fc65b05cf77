"""Lists for programs: tasks, terms, procedures."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import request, url_for
from marshmallow import RAISE

from app.services import outline
from app.services.tokens import READ
from app.services.views.outline import TaskQuery, TermQuery
from app.web.api import answers, requests
from app.web.api.blueprint import blueprint, refuses
from app.web.api.cursors import encode
from app.web.bearer import bearer, by_token
from app.web.installation import ours

_Line = TypeVar("_Line")


@blueprint.get("/tasks")
@by_token(READ)
@blueprint.arguments(requests.TaskFilters(), location="query", unknown=RAISE)
@blueprint.response(200, answers.Tasks)
@refuses(422)
def tasks(asked: dict[str, Any]) -> dict[str, Any]:
    """Open tasks of lanes that the person handles, the most urgent first."""
    query = TaskQuery(asked["scope"], asked["due"], asked["procedure"], asked["school"], asked["case"], asked["cursor"])
    found = outline.tasks(ours(), bearer().actor, query, asked["limit"] + 1)
    return _page(found, asked["limit"], lambda line: encode(line.due_at, line.opened_at, line.task_id))


@blueprint.get("/deadlines")
@by_token(READ)
@blueprint.arguments(requests.TermFilters(), location="query", unknown=RAISE)
@blueprint.response(200, answers.Terms)
@refuses(422)
def deadlines(asked: dict[str, Any]) -> dict[str, Any]:
    """Terms that the person may see, the nearest first; those that run out count until their task is closed."""
    query = TermQuery(asked["closed"], asked["case"], asked["cursor"])
    found = outline.terms(ours(), bearer().actor, query, asked["limit"] + 1)
    return _page(found, asked["limit"], lambda term: encode(term.due_at, term.term_id))


@blueprint.get("/procedures")
@by_token(READ)
@blueprint.response(200, answers.Startables)
@refuses()
def procedures() -> dict[str, Any]:
    """All published procedures, with the ways in which the person may start them."""
    return {"items": outline.procedures(ours(), bearer().actor)}


def _page(found: Sequence[_Line], limit: int, cursor: Callable[[_Line], str]) -> dict[str, Any]:
    """A page, with one line more found than it shows when the list goes on."""
    shown = found[:limit]
    if len(found) <= limit:
        return {"items": shown, "next": None}
    asked: dict[str, Any] = {**request.args.to_dict(), "cursor": cursor(shown[-1])}
    return {"items": shown, "next": url_for(request.endpoint or "", **asked)}
