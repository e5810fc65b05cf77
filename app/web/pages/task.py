"""A task: reading it, claiming it, keeping a draft, and completing it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.comfort import AfterTask
from app.domain.errors import AlreadyDone, InvalidAnswers
from app.domain.roles import Role
from app.services import cases, inbox, task_page, tasks
from app.services.before_beside import before_beside
from app.services.tasks import Completed
from app.services.views.task import TaskPage
from app.web import answers, lists
from app.web.fields import lay_out
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("task", __name__)
_INVALID, _CONFLICT = 422, 409


@blueprint.get("/taken/<uuid:task_id>")
def show(task_id: UUID) -> str:
    """Show the task with its form; from now on it is not new."""
    page = task_page.show(ours(), actor(), task_id)
    task_page.opened(ours(), actor(), page)
    return _page(page)


@blueprint.post("/taken/<uuid:task_id>")
def complete(task_id: UUID) -> Response | tuple[str, int]:
    """Complete the task, or show what cannot stand, with everything that was typed."""
    raw, handlers, entries = answers.raw(request.form), answers.handlers(request.form), answers.entries(request.form)
    try:
        done = tasks.complete(ours(), actor(), task_id, raw, handlers, entries=entries)
    except InvalidAnswers as error:
        page = task_page.show(ours(), actor(), task_id)
        return _page(replace(page, values=raw, errors=error.fields, taken=frozenset(entries)), handlers=handlers), _INVALID
    except AlreadyDone as error:
        return _too_late(task_id, raw, error), _CONFLICT
    opened = [{"title": task.title, "role": task.role, "task_id": task.task_id, "again": task.again} for task in done.opened]
    flash({"title": done.title, "number": done.case_number, "opened": opened, "ended": done.ended}, "done")  # type: ignore[arg-type]
    return redirect(_onward(task_id, done))


@blueprint.post("/taken/<uuid:task_id>/oppakken")
def claim(task_id: UUID) -> Response:
    """Take the task, so that it can be worked on."""
    tasks.claim(ours(), actor(), task_id)
    return redirect(_address(task_id))


@blueprint.post("/taken/<uuid:task_id>/teruggeven")
def release(task_id: UUID) -> Response:
    """Give the task back to the group."""
    tasks.release(ours(), actor(), task_id)
    return redirect(lists.back(request.args))


@blueprint.post("/taken/<uuid:task_id>/overgeven")
def pass_on(task_id: UUID) -> Response:
    """Give the task to a colleague who handles it too."""
    name = tasks.pass_on(ours(), actor(), task_id, request.form.get("collega", type=UUID))
    flash(_("%(name)s heeft de taak nu, en krijgt daar bericht van.", name=name), "notice")
    return redirect(lists.back(request.args))


@blueprint.post("/taken/<uuid:task_id>/concept")
def draft(task_id: UUID) -> Response | tuple[str, int]:
    """Keep what was typed, for its author alone; a script that keeps it every now and then gets no page back."""
    raw = answers.raw(request.form)
    try:
        tasks.save_draft(ours(), actor(), task_id, raw, entries=answers.entries(request.form))
    except AlreadyDone as error:
        return _too_late(task_id, raw, error), _CONFLICT
    if request.headers.get("X-Requested-With") == "autosave":
        return "", 204
    return redirect(_address(task_id))


@blueprint.get("/taken/<uuid:task_id>/ernaast/<process_id>")
def before_anytime(task_id: UUID, process_id: str) -> str:
    """Say what may be started beside this task, before another comes of it."""
    page = before_beside(ours(), actor(), task_page.show(ours(), actor(), task_id).procedure_id, process_id)
    return render_template("beside.html", page=page, back=_address(task_id))


@blueprint.post("/taken/<uuid:task_id>/ernaast/<process_id>")
def anytime(task_id: UUID, process_id: str) -> Response:
    """Start something that may be done beside this task, such as extending its term."""
    page = task_page.show(ours(), actor(), task_id)
    opened = cases.start_anytime(ours(), actor(), page.procedure_id, process_id)
    return redirect(_address(opened or task_id))


def _onward(task_id: UUID, done: Completed) -> str:
    """Where a person goes when a task is done: on with his list, to the case, or back to the list, as he likes it."""
    here, after = lists.opened_from(request.args), actor().ways.after_task
    if after == AfterTask.CASE and done.handles:
        return url_for("case.show", number=done.case_number, procedure=done.procedure_id)
    if after == AfterTask.NEXT and here:
        asked = lists.query(request.args)
        following = inbox.following(ours(), actor(), asked, task_id, until_tonight=here == lists.DAY)
        return _address(following) if following is not None else lists.back(request.args)
    return lists.back(request.args)


def _address(task_id: UUID) -> str:
    """The address of a task, with the list that this one was opened from."""
    return url_for("task.show", task_id=task_id, **lists.opened_from(request.args))


def _too_late(task_id: UUID, raw: Mapping[str, str], error: AlreadyDone) -> str:
    """The task as it is now, with what was typed when it was still open."""
    return _page(replace(task_page.show(ours(), actor(), task_id), values=raw), refused=error)


def _page(
    page: TaskPage,
    *,
    handlers: Mapping[Role, list[UUID]] | None = None,
    refused: AlreadyDone | None = None,
) -> str:
    return render_template(
        "task.html",
        page=page,
        sections=lay_out(page.form, page.facts),
        ticked=handlers or {},
        refused=refused,
        lijst=lists.opened_from(request.args),
        back=lists.back(request.args),
    )
