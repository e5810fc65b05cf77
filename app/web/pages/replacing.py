"""Replacing an ill adviser, for board members: they see bands, never a case."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from app.domain.errors import InvalidAnswers
from app.domain.forms import Form
from app.services import replacing
from app.web import answers
from app.web.fields import lay_out
from app.web.guard import actor
from app.web.installation import ours

blueprint = Blueprint("replacing", __name__)
_INVALID = 422


@blueprint.get("/vervanging")
def form() -> str:
    """Ask which adviser is ill, and since when."""
    return _page(replacing.form(ours(), actor()))


@blueprint.post("/vervanging")
def submit() -> str | tuple[str, int]:
    """Have the cases taken over, and tell how many, roughly; sent again it tells the same and does nothing."""
    asked, raw = replacing.form(ours(), actor()), answers.raw(request.form)
    try:
        replaced = replacing.ask(ours(), actor(), raw)
    except InvalidAnswers as error:
        return _page(asked, values=raw, errors=error.fields), _INVALID
    return render_template("replaced.html", replaced=replaced)


def _page(asked: Form, *, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> str:
    page = answers.Typed(asked, values or {}, errors or {})
    return render_template("replacing.html", page=page, sections=lay_out(asked, {}))
