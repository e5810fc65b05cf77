"""Several tasks in one go, and putting off: ticked in the inbox, asked about where something must be known, told one by one."""

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.answers import AnswerError, read_day
from app.domain.errors import InvalidAnswers
from app.services import putting_off, tasks, together
from app.services.views.comfort import Handled
from app.web import lists
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages import inbox

blueprint = Blueprint("together", __name__)
_INVALID = 422
#: What needs no more than a press of a button, and what asks for something first.
_AT_ONCE = {"claim": tasks.claim, "release": tasks.release, "take_back": putting_off.take_back}
_ASKS = ("pass_on", "put_off")


@blueprint.post("/taken/samen")
def act() -> str | tuple[str, int]:
    """Do what was asked with the tasks that were ticked, or ask what must be known for it."""
    ticked, action = request.form.getlist("taak", type=UUID), request.form.get("doe", "")
    try:
        if action in _AT_ONCE:
            at_once = _AT_ONCE[action]
            return _told(action, together.handle(ours(), actor(), ticked, lambda one: at_once(ours(), actor(), one)))
        if action in _ASKS:
            return _carried_out(action, ticked) if "zeker" in request.form else _asked(action, ticked)
    except InvalidAnswers as error:
        return inbox.shown(refused=" ".join(error.fields.values()), ticked=ticked), _INVALID
    return inbox.shown(refused="Kies wat je met de taken wilt doen.", ticked=ticked), _INVALID


@blueprint.post("/taken/<uuid:task_id>/terughalen")
def take_back(task_id: UUID) -> Response:
    """See a task again that was put off."""
    putting_off.take_back(ours(), actor(), task_id)
    flash(_("De taak staat weer in je lijst."), "notice")
    return redirect(lists.back(request.args))


def _carried_out(action: str, ticked: list[UUID]) -> str | tuple[str, int]:
    given = request.form
    colleague = given.get("collega", type=UUID)
    if action == "pass_on":
        if colleague is None:
            return _asked(action, ticked, {"colleague": "Kies een collega."})
        return _told(action, together.handle(ours(), actor(), ticked, lambda one: tasks.pass_on(ours(), actor(), one, colleague)))
    try:
        until = read_day(given.get("tot", "").strip())
    except AnswerError as error:
        return _asked(action, ticked, {"until": error.text})
    return _put_off(ticked, until, given.get("reden", ""))


def _put_off(ticked: list[UUID], until: date, reason: str) -> str | tuple[str, int]:
    """A single task that cannot wait that long is asked about again; of several, each is told of."""
    errors: dict[str, str] = {}

    def wait(task_id: UUID) -> None:
        try:
            putting_off.put_off(ours(), actor(), task_id, until, reason)
        except InvalidAnswers as error:
            errors.update(error.fields)
            raise

    handled = together.handle(ours(), actor(), ticked, wait)
    if errors and (len(handled) == 1 or "reason" in errors):
        return _asked("put_off", ticked, errors)
    return _told("put_off", handled, until=until)


def _asked(action: str, ticked: list[UUID], errors: dict[str, str] | None = None) -> str | tuple[str, int]:
    chosen = together.chosen(ours(), actor(), ticked)
    here = lists.opened_from(request.args)
    page = render_template(
        "together.html",
        action=action,
        chosen=chosen,
        errors=errors or {},
        given=request.form,
        back=lists.back(request.args),
        lijst=here,
    )
    return (page, _INVALID) if errors else page


def _told(action: str, handled: tuple[Handled, ...], *, until: date | None = None) -> str:
    here = lists.opened_from(request.args)
    return render_template(
        "together_done.html", action=action, handled=handled, until=until, back=lists.back(request.args), lijst=here
    )
