"""What was found in a draft, and asking for what takes longer."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict
from app.services.studio import checks, proofs
from app.services.views.checking import CheckLine, ExampleStep
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import TAKEN, blueprint

#: The lightest of the viewer's degrees, under the number of a step.
_LIGHT = 1


@blueprint.get("/studio/<key>/controle")
def check(key: str) -> str:
    """Everything that was found, errors first; with one example on the drawing."""
    return _page(key)


@blueprint.post("/studio/<key>/controle")
def check_ask(key: str) -> Response | tuple[str, int]:
    """Ask that the draft is driven, and its stories are played."""
    try:
        proofs.ask(ours(), actor(), key)
    except Conflict as error:
        return _page(key, refused=error.text), TAKEN
    flash(_("Het wordt nagekeken. Je kunt gerust verder gaan."), "notice")
    return redirect(url_for("studio.check", key=key))


def _page(key: str, refused: str | None = None) -> str:
    page = checks.page(ours(), actor(), key)
    line = page.line(request.args.get("voorbeeld", 0, type=int))
    return render_template("studio/check.html", page=page, refused=refused, shown=None if line is None else _shown(line))


def _shown(line: CheckLine) -> dict[str, object]:
    """A finding on the drawing: the levels that its example passes, the one that is chosen, and what is marked in that."""
    levels = list(dict.fromkeys(step.process_id for step in line.example if step.process_id)) or [line.process_id]
    wanted = request.args.get("niveau", "")
    usual = line.process_id if line.process_id in levels else levels[-1]
    chosen = wanted if wanted in levels else usual
    return {"line": line, "levels": levels, "chosen": chosen, "marks": _marks(line, chosen)}


def _marks(line: CheckLine, level: str) -> Mapping[str, object]:
    """The steps of an example in one level by their numbers; where it is found stands out."""
    numbers: dict[str, list[int]] = {}
    for number, step in _numbered(line.example):
        if step.process_id == level:
            numbers.setdefault(step.element_id, []).append(number)
    steps = [{"id": name, "heat": _LIGHT, "text": ", ".join(map(str, at))} for name, at in numbers.items()]
    here = [line.finding.element_id] if line.process_id == level else []
    return {"active": here, "heat": steps}


def _numbered(steps: Sequence[ExampleStep]) -> list[tuple[int, ExampleStep]]:
    return list(enumerate(steps, 1))
