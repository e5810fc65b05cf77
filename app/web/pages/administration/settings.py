"""The dated settings of a board."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.board_settings import HOLIDAYS
from app.domain.errors import InvalidAnswers, NotFound
from app.services.administration import access, settings
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.administration.blueprint import INVALID, blueprint, typed


@blueprint.get("/beheer/instellingen")
def settings_start() -> str | Response:
    """Go to the settings of the board that this person keeps, or let him choose."""
    desks = [desk for desk in access.desks(ours(), actor()) if desk.keeps]
    if not desks:
        raise NotFound
    if len(desks) > 1:
        return render_template("administration/boards.html", desks=desks)
    return redirect(url_for("administration.settings_page", board_id=desks[0].board_id))


@blueprint.get("/beheer/<uuid:board_id>/instellingen")
def settings_page(board_id: UUID) -> str:
    """All settings, as they are today."""
    return render_template("administration/settings.html", page=settings.page(ours(), actor(), board_id))


@blueprint.get("/beheer/<uuid:board_id>/instellingen/<named>")
def setting(board_id: UUID, named: str) -> str:
    """One setting with its history, or a new one of a kind."""
    return _setting(board_id, named)


@blueprint.post("/beheer/<uuid:board_id>/instellingen/<named>")
def set_setting(board_id: UUID, named: str) -> Response | tuple[str, int]:
    """Set it from a day on."""
    try:
        settings.save(ours(), actor(), board_id, named, typed())
    except InvalidAnswers as error:
        return _setting(board_id, named, values=typed(), errors=error.fields), INVALID
    flash(_("De instelling is vastgelegd. Lopende zaken houden wat gold toen ze begonnen."), "notice")
    return redirect(url_for("administration.settings_page", board_id=board_id))


def _setting(board_id: UUID, named: str, **shown: object) -> str:
    page = settings.one(ours(), actor(), board_id, named)
    return render_template(
        "administration/setting.html",
        **{
            "page": page,
            "named": named,
            "values": page.values,
            "errors": {},
            "holidays": [(one, one) for one in HOLIDAYS],
            **shown,
        },
    )
