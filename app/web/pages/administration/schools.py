"""Where administration starts, a board's name, and its schools."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers
from app.services.administration import access, boards, schools
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.administration.blueprint import INVALID, blueprint, typed


@blueprint.get("/beheer")
def start() -> str | Response:
    """Go to the board that this person administers, or let him choose; to its log for whoever only oversees."""
    desks = access.desks(ours(), actor())
    if len(desks) > 1:
        return render_template("administration/boards.html", desks=desks)
    page = "show" if desks[0].keeps else "log"
    return redirect(url_for(f"administration.{page}", board_id=desks[0].board_id))


@blueprint.get("/beheer/<uuid:board_id>")
def show(board_id: UUID) -> str:
    """Schools and people of a board, and what is missing."""
    return _overview(board_id)


@blueprint.post("/beheer/<uuid:board_id>/scholen")
def add_school(board_id: UUID) -> Response | tuple[str, int]:
    """Add a school."""
    try:
        schools.add(ours(), actor(), board_id, typed())
    except InvalidAnswers as error:
        return _overview(board_id, values=typed(), errors=error.fields), INVALID
    flash(_("De school is toegevoegd."), "notice")
    return redirect(url_for("administration.show", board_id=board_id))


@blueprint.get("/beheer/<uuid:board_id>/scholen/<uuid:school_id>")
def school(board_id: UUID, school_id: UUID) -> str:
    """A school, to give it another name or region."""
    return _school(board_id, school_id)


@blueprint.post("/beheer/<uuid:board_id>/scholen/<uuid:school_id>")
def change_school(board_id: UUID, school_id: UUID) -> Response | tuple[str, int]:
    """Give a school another name or region."""
    try:
        schools.change(ours(), actor(), board_id, school_id, typed())
    except InvalidAnswers as error:
        return _school(board_id, school_id, values=typed(), errors=error.fields), INVALID
    flash(_("De school is gewijzigd."), "notice")
    return redirect(url_for("administration.show", board_id=board_id))


@blueprint.get("/beheer/<uuid:board_id>/naam")
def board(board_id: UUID) -> str:
    """The name of a board, to change."""
    return _board(board_id)


@blueprint.post("/beheer/<uuid:board_id>/naam")
def rename_board(board_id: UUID) -> Response | tuple[str, int]:
    """Give a board another name."""
    try:
        boards.rename(ours(), actor(), board_id, typed())
    except InvalidAnswers as error:
        return _board(board_id, values=typed(), errors=error.fields), INVALID
    flash(_("Het bestuur heeft een nieuwe naam."), "notice")
    return redirect(url_for("administration.show", board_id=board_id))


def _board(board_id: UUID, **shown: object) -> str:
    desk = boards.page(ours(), actor(), board_id)
    return render_template("administration/board.html", **{"desk": desk, "values": {"name": desk.name}, "errors": {}, **shown})


def _overview(board_id: UUID, **shown: object) -> str:
    page = schools.overview(ours(), actor(), board_id)
    return render_template("administration/overview.html", **{"page": page, "values": {}, "errors": {}, **shown})


def _school(board_id: UUID, school_id: UUID, **shown: object) -> str:
    desk, line = schools.one(ours(), actor(), board_id, school_id)
    values = {"name": line.name, "region": line.region}
    return render_template(
        "administration/school.html", **{"desk": desk, "school": line, "values": values, "errors": {}, **shown}
    )
