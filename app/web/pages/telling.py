"""How this person wants to be told."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.domain.telling import CHOSEN, Way
from app.services import telling
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("telling", __name__)
_INVALID = 422


@blueprint.get("/profiel/berichten")
def form() -> str:
    """Show what this person chose."""
    chosen = telling.own(ours(), actor())
    values = {kind.value: chosen.way(kind, statutory=False).value for kind in CHOSEN}
    return _page({**values, "digest": telling.DAILY if chosen.weekday is None else str(chosen.weekday)}, {})


@blueprint.post("/profiel/berichten")
def save() -> Response | tuple[str, int]:
    """Keep another choice."""
    raw = {name: request.form.get(name, "") for name in (*(kind.value for kind in CHOSEN), "digest")}
    try:
        telling.choose(ours(), actor(), raw)
    except InvalidAnswers as error:
        return _page(raw, error.fields), _INVALID
    flash(_("Je keuze is bewaard. Ze geldt vanaf nu."), "notice")
    return redirect(url_for("telling.form"))


def _page(values: Mapping[str, str], errors: Mapping[str, str]) -> str:
    kinds, ways = [kind.value for kind in CHOSEN], [way.value for way in Way]
    return render_template("telling.html", values=values, errors=errors, kinds=kinds, ways=ways, digests=telling.DIGESTS)
