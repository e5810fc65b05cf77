"""Starting a case."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import NotFound
from app.services import cases
from app.services.views.inbox import StartOption
from app.web.guard import actor
from app.web.installation import ours

blueprint = Blueprint("start", __name__)
_UNPROCESSABLE = 422


@blueprint.get("/zaken/start")
def form() -> str:
    """Show the ways in which this person may start a case."""
    return _page(cases.start_options(ours(), actor()))


@blueprint.post("/zaken/start")
def submit() -> Response | tuple[str, int]:
    """Start a case and go to its first task."""
    options = cases.start_options(ours(), actor())
    way, school = request.form.get("manier", ""), request.form.get("school", type=UUID)
    option = next((option for option in options if _name(option) == way), None)
    if option is None or school not in [school_id for school_id, _ in option.schools]:
        return _page(options, way=way, school=school, wrong=True), _UNPROCESSABLE
    number, task_id = cases.start(ours(), actor(), option.procedure_key, option.start_id, school_id=school)
    if task_id is None:
        return redirect(url_for("case.show", number=number))
    return redirect(url_for("task.show", task_id=task_id))


def _page(options: list[StartOption], *, way: str = "", school: UUID | None = None, wrong: bool = False) -> str:
    if not options:
        raise NotFound
    schools = dict(pair for option in options for pair in option.schools)
    return render_template("start.html", options=options, name=_name, schools=schools, way=way, school=school, wrong=wrong)


def _name(option: StartOption) -> str:
    return f"{option.procedure_key}.{option.start_id}"
