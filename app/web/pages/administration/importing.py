"""Importing people, schools and roles from a file: choose it, look at it, do it."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.domain.people_file import COLUMNS, EXAMPLE, NotATable
from app.services.administration import importing
from app.services.administration.importing import StillWrong
from app.web.guard import actor
from app.web.i18n import ngettext
from app.web.installation import ours
from app.web.pages.administration.blueprint import INVALID, blueprint
from app.web.paging import page_number


@blueprint.get("/beheer/<uuid:board_id>/importeren")
def choose_file(board_id: UUID) -> str:
    """Ask for a file, or for its lines; those of a file that was looked at stand there to be mended."""
    looked_at = request.args.get("bestand", type=UUID)
    return _chooser(board_id, pasted=importing.lines(ours(), actor(), board_id, looked_at) if looked_at else "")


@blueprint.post("/beheer/<uuid:board_id>/importeren")
def upload(board_id: UUID) -> BaseResponse | tuple[str, int]:
    """Keep a file to look at."""
    chosen, pasted = request.files.get("file"), request.form.get("lines", "")
    content = chosen.read() if chosen is not None and chosen.filename else pasted.encode()
    try:
        file_id = importing.upload(ours(), actor(), board_id, content)
    except NotATable as error:
        return _chooser(board_id, error=error.text, pasted=pasted), INVALID
    return redirect(url_for("administration.look", board_id=board_id, file_id=file_id))


@blueprint.get("/beheer/<uuid:board_id>/importeren/voorbeeld.csv")
def example(board_id: UUID) -> Response:
    """An example, to fill in."""
    importing.chooser(ours(), actor(), board_id)
    response = Response("\ufeff" + EXAMPLE, mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=voorbeeld.csv"
    return response


@blueprint.get("/beheer/<uuid:board_id>/importeren/<uuid:file_id>")
def look(board_id: UUID, file_id: UUID) -> str:
    """What a file will do, or what is wrong in it."""
    page = importing.page(ours(), actor(), board_id, file_id, page_number("bladzijde"))
    return render_template("administration/import_page.html", page=page)


@blueprint.post("/beheer/<uuid:board_id>/importeren/<uuid:file_id>")
def run_import(board_id: UUID, file_id: UUID) -> BaseResponse | tuple[str, int]:
    """Do what a file says."""
    try:
        done = importing.run(ours(), actor(), board_id, file_id)
    except StillWrong:
        return look(board_id, file_id), INVALID
    flash(ngettext("Klaar: %(num)s regel is geïmporteerd.", "Klaar: %(num)s regels zijn geïmporteerd.", done), "notice")
    return redirect(url_for("administration.show", board_id=board_id))


def _chooser(board_id: UUID, **shown: str) -> str:
    desk = importing.chooser(ours(), actor(), board_id)
    return render_template("administration/import.html", desk=desk, columns=COLUMNS, **shown)
