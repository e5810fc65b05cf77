"""Contacts without a case: noting one, and one's own by month."""

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.services import contacts
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("contacts", __name__)
_INVALID = 422
_FIRST_YEAR = 2000


@blueprint.get("/contacten")
def mine() -> str:
    """Show one's own contacts of this month, or of the month of a day in the address."""
    page = contacts.month(ours(), actor(), request.args.get("maand", type=_day))
    return render_template("contacts.html", page=page, values={}, errors={})


@blueprint.post("/contacten")
def add() -> Response | tuple[str, int]:
    """Note a contact, and go back to the day."""
    raw = {name: request.form.get(name, "") for name in ("kind", "on", "minutes", "school")}
    try:
        contacts.add(ours(), actor(), raw)
    except InvalidAnswers as error:
        page = contacts.month(ours(), actor())
        return render_template("contacts.html", page=page, values=raw, errors=error.fields), _INVALID
    flash(_("Het contact is genoteerd. Alleen jij ziet het."), "notice")
    return redirect(url_for("today.show"))


@blueprint.post("/contacten/<uuid:contact_id>/verwijderen")
def remove(contact_id: UUID) -> Response:
    """Delete a contact of one's own."""
    contacts.remove(ours(), actor(), contact_id)
    flash(_("Het contact is verwijderd."), "notice")
    return redirect(url_for("contacts.mine", maand=request.form.get("maand") or None))


def _day(text: str) -> date:
    """A day with a month before it. Raises ValueError."""
    day = date.fromisoformat(text)
    return day if day.year >= _FIRST_YEAR else date(_FIRST_YEAR, 1, 1)
