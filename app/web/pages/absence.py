"""Being away: the days, the deputy, and the cases that are left to him; and taking them back."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.domain.roles import Role
from app.services import absences, leaving
from app.services.views.absence import AbsencePage, AbsenceQuery
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("absence", __name__)
_INVALID = 422
_DAYS = ("first_day", "last_day")


@blueprint.get("/afwezig")
def show() -> str:
    """Show one's absences, and ask for a new one."""
    return _page(leaving.page(ours(), actor(), _query(request.args)))


@blueprint.post("/afwezig")
def create() -> Response | tuple[str, int]:
    """Be away, with or without somebody who acts meanwhile."""
    query, raw = _query(request.args), {name: request.form.get(name, "") for name in _DAYS}
    ticked = request.form.getlist("zaak")
    try:
        absences.create(ours(), actor(), raw, deputy_id=query.deputy_id, ticked=ticked)
    except InvalidAnswers as error:
        page = leaving.page(ours(), actor(), query)
        return _page(replace(page, values=raw, errors=error.fields, ticked=frozenset(ticked))), _INVALID
    flash(_("Het is vastgelegd. Je kunt het hier elk moment intrekken."), "notice")
    return redirect(url_for("absence.show"))


@blueprint.post("/afwezig/<uuid:absence_id>/intrekken")
def end(absence_id: UUID) -> Response:
    """Revoke one's own absence, or give back what was left to one."""
    absences.end(ours(), actor(), absence_id)
    flash(_("Het is voorbij. Vanaf nu neemt niemand hier meer waar."), "notice")
    return redirect(url_for("absence.show"))


def _query(given: "MultiDict[str, str]") -> AbsenceQuery:
    """What the address asks for; what makes no sense in it is left out."""
    role = given.get("rol")
    return AbsenceQuery(
        deputy_id=given.get("waarnemer", type=UUID),
        role=Role(role) if role in set(Role) else None,
        procedure=given.get("procedure") or None,
        school=given.get("school") or None,
        everything=given.get("alles") == "ja",
    )


def address(query: AbsenceQuery) -> Mapping[str, str | UUID | None]:
    """The part of the address that keeps a list of cases as it is."""
    return {"waarnemer": query.deputy_id, "rol": query.role, "procedure": query.procedure, "school": query.school}


def _page(page: AbsencePage) -> str:
    return render_template("absence.html", page=page, asked=address(page.query))
