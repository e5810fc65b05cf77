"""Being away: the days, the deputy, and the cases that are left to him; and taking them back."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.domain.roles import Role
from app.services import absences, leaving
from app.services.views.absence import AbsencePage, AbsenceQuery
from app.web import labels
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("absence", __name__)
_INVALID = 422
_DAYS = ("first_day", "last_day")
#: Why a lane of a case cannot be left to somebody, and what to do.
_NOT_LEFT = {
    "consent": lazy_gettext(
        "De klager heeft hier niet schriftelijk mee ingestemd. Vraag het de klager, en wijs deze persoon in de zaak aan als"
        " vervanger. Of draag de zaak over."
    ),
    "alone": lazy_gettext(
        "In deze rol neemt niemand voor een ander waar. Zeg het tegen wie jou vroeg, dan kan die iemand anders vragen."
    ),
    "able": lazy_gettext("Deze persoon kan de zaak niet behandelen. Kies voor deze zaak iemand anders."),
}


@blueprint.get("/afwezig")
def show() -> str:
    """Show one's absences, and ask for a new one."""
    return shown(leaving.page(ours(), actor(), _query(request.args)))


@blueprint.post("/afwezig")
def create() -> Response | tuple[str, int]:
    """Be away, with or without somebody who acts meanwhile."""
    query, raw = _query(request.args), {name: request.form.get(name, "") for name in _DAYS}
    ticked = request.form.getlist("zaak")
    try:
        absences.create(ours(), actor(), raw, deputy_id=query.deputy_id, ticked=ticked)
    except InvalidAnswers as error:
        page = leaving.page(ours(), actor(), query)
        return shown(replace(page, values=raw, errors=error.fields, ticked=frozenset(ticked))), _INVALID
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


def shown(page: AbsencePage) -> str:
    """The page as HTML."""
    query = page.query
    asked = {"waarnemer": query.deputy_id, "rol": query.role, "procedure": query.procedure, "school": query.school}
    roles = [(role, labels.role(role)) for role in page.roles]
    schools = [(school, school) for school in page.schools]
    return render_template("absence.html", page=page, asked=asked, roles=roles, schools=schools, not_left=_NOT_LEFT)
