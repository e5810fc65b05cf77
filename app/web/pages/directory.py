"""Who is who, how to reach them, what may stand in the school guide, and where help is to be found."""

import csv
import io
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.domain.errors import InvalidAnswers, NotFound
from app.domain.reachability import WEEKDAYS
from app.services import directory, social_map
from app.services.views.directory import Guide
from app.web import setting_words
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours

blueprint = Blueprint("directory", __name__)
_INVALID = 422
#: With these a spreadsheet takes a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/wie-is-wie")
def show() -> str:
    """Who is who at a board."""
    return render_template("who_is_who.html", page=directory.show(ours(), actor(), _chosen()))


@blueprint.get("/wie-is-wie/<uuid:board_id>/<uuid:user_id>")
def reach(board_id: UUID, user_id: UUID) -> str:
    """How somebody can be reached."""
    return _reach(board_id, user_id)


@blueprint.post("/wie-is-wie/<uuid:board_id>/<uuid:user_id>")
def set_reach(board_id: UUID, user_id: UUID) -> BaseResponse | tuple[str, int]:
    """Change it."""
    typed = {name: value for name, value in request.form.items() if name != "csrf_token"}
    try:
        directory.set_reach(ours(), actor(), board_id, user_id, typed)
    except InvalidAnswers as error:
        return _reach(board_id, user_id, values=typed, errors=error.fields), _INVALID
    flash(_("De bereikbaarheid is bewaard. Iedereen van dit bestuur ziet haar bij Wie is wie."), "notice")
    return redirect(url_for("directory.show", bestuur=board_id))


@blueprint.get("/wie-is-wie/<uuid:board_id>/schoolgids")
def guide(board_id: UUID) -> str:
    """What may stand in the school guide, to be printed."""
    return render_template("school_guide.html", page=directory.guide(ours(), actor(), board_id))


@blueprint.get("/wie-is-wie/<uuid:board_id>/schoolgids.csv")
def guide_csv(board_id: UUID) -> Response:
    """The same for a spreadsheet or a website."""
    response = Response("\ufeff" + _table(directory.guide(ours(), actor(), board_id)), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=vertrouwenspersonen.csv"
    return response


@blueprint.get("/sociale-kaart")
def help_nearby() -> str:
    """Numbers, committees and organisations."""
    return render_template("social_map.html", page=social_map.show(ours(), actor(), _chosen()))


def _reach(board_id: UUID, user_id: UUID, **shown: object) -> str:
    page = directory.reach(ours(), actor(), board_id, user_id)
    values = dict(page.values) | ({"public": "ja"} if page.public else {})
    return render_template("reachability.html", **{"page": page, "values": values, "errors": {}, "days": WEEKDAYS, **shown})


def _chosen() -> UUID | None:
    text = request.args.get("bestuur")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error


def _table(page: Guide) -> str:
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow(["school", "naam", "soort", "telefoon", "e-mail", "bereikbaar", "plaats", "pagina"])
    for school in page.schools:
        for one in school.people:
            known = one.reach
            if known is not None:
                hours = setting_words.hours(known)
                cells = (school.name, one.name, one.adviser_kind or "", known.phone, known.email, hours, known.place, known.page)
                table.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return written.getvalue()
