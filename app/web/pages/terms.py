"""Correcting the day from which a term counts."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.domain.forms import Form
from app.services import terms
from app.web import answers
from app.web.fields import lay_out
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("terms", __name__)
_INVALID = 422


@blueprint.get("/termijnen/<uuid:deadline_id>")
def form(deadline_id: UUID) -> str:
    """Ask for the right day, and why it changes."""
    return _page(*terms.correction_form(ours(), actor(), deadline_id))


@blueprint.post("/termijnen/<uuid:deadline_id>")
def submit(deadline_id: UUID) -> Response | tuple[str, int]:
    """Count the term again from another day."""
    asked, number, stands = terms.correction_form(ours(), actor(), deadline_id)
    raw = answers.raw(request.form)
    try:
        terms.correct_start(ours(), actor(), deadline_id, raw)
    except InvalidAnswers as error:
        return _page(asked, number, stands, values=raw, errors=error.fields), _INVALID
    flash(_("De termijn is opnieuw geteld. De oude datum staat in de geschiedenis."), "notice")
    return redirect(url_for("case.show", number=number, deel="termijnen"))


def _page(
    asked: Form, number: str, stands: date, *, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    page = answers.Typed(asked, values or {}, errors or {})
    at = stands if isinstance(stands, datetime) else None
    return render_template("term.html", page=page, number=number, stands=stands, at=at, sections=lay_out(asked, {}))
