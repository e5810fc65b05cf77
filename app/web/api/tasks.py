"""A task for programs: its form, picking it up, completing it."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response

from app.domain.roles import Role
from app.services import outline, tasks
from app.services.context import App
from app.services.tokens import READ, WRITE
from app.services.views.outline import TaskOutline
from app.web.api import answers, outcomes, requests
from app.web.api.blueprint import answered_once, as_json, blueprint, refuses
from app.web.bearer import bearer, by_token
from app.web.installation import ours

_CLAIMED, _COMPLETED = outcomes.Claimed(), outcomes.Completed()


@blueprint.get("/tasks/<uuid:task_id>")
@by_token(READ)
@blueprint.response(200, answers.Task)
@refuses(404)
def task(task_id: UUID) -> TaskOutline:
    """A task with all questions of its form, and whom to tick for lanes that may open."""
    return outline.task(ours(), bearer().actor, task_id)


@blueprint.post("/tasks/<uuid:task_id>/claim")
@by_token(WRITE)
@blueprint.arguments(requests.Repeatable(), location="headers")
@blueprint.response(200, _CLAIMED)
@refuses(404, 409, 413, 422)
def claim(headers: dict[str, Any], task_id: UUID) -> Response:
    """Pick up a task of a lane that the person handles; nothing happens when it is his already."""

    def act(app: App) -> dict[str, Any]:
        tasks.claim(app, bearer().actor, task_id)
        return {"task_id": task_id, "state": "mine"}

    return as_json(answered_once(headers["key"], _CLAIMED, act), 200)


@blueprint.post("/tasks/<uuid:task_id>/complete")
@by_token(WRITE)
@blueprint.arguments(requests.Repeatable(), location="headers")
@blueprint.arguments(requests.Completion())
@blueprint.response(200, _COMPLETED)
@refuses(404, 409, 413, 415, 422)
def complete(headers: dict[str, Any], sent: dict[str, Any], task_id: UUID) -> Response:
    """Complete a task that the person picked up. Texts are sealed to the readers of their files; nobody reads them back here."""
    handlers = {Role(role): people for role, people in sent["handlers"].items()}

    def act(app: App) -> dict[str, Any]:
        done = tasks.complete(app, bearer().actor, task_id, sent["answers"], handlers)
        return {**asdict(done), "ended": done.ended is not None}

    return as_json(answered_once(headers["key"], _COMPLETED, act), 200)
