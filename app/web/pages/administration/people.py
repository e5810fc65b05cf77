"""The people of a board, their names and roles, ending one, and leaving."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.administration import APPOINTABLE
from app.domain.errors import InvalidAnswers
from app.services.administration import changing, departing, ending, people, proposing
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.administration.blueprint import INVALID, blueprint, typed
from app.web.paging import page_number


@blueprint.get("/beheer/<uuid:board_id>/mensen")
def list_people(board_id: UUID) -> str:
    """The people whom a board knows, fifty at a time."""
    page = people.page(ours(), actor(), board_id, request.args.get("zoek", ""), page_number("bladzijde"))
    return render_template("administration/people.html", page=page)


@blueprint.get("/beheer/<uuid:board_id>/mensen/<uuid:user_id>")
def person(board_id: UUID, user_id: UUID) -> str:
    """Somebody with his roles."""
    return _person(board_id, user_id)


@blueprint.post("/beheer/<uuid:board_id>/mensen/<uuid:user_id>")
def propose(board_id: UUID, user_id: UUID) -> Response | tuple[str, int]:
    """Propose a role for him; somebody else confirms it."""
    try:
        proposing.propose(ours(), actor(), board_id, user_id, typed())
    except InvalidAnswers as error:
        return _person(board_id, user_id, values=typed(), errors=error.fields), INVALID
    flash(_("De rol is voorgesteld. De rol geldt pas als een tweede persoon bevestigt."), "notice")
    return redirect(url_for("administration.person", board_id=board_id, user_id=user_id))


@blueprint.get("/beheer/<uuid:board_id>/rollen/<uuid:membership_id>")
def ask_end(board_id: UUID, membership_id: UUID) -> str:
    """Say what ending a role leaves behind, and ask whether he is sure."""
    return render_template("administration/ending.html", page=ending.page(ours(), actor(), board_id, membership_id))


@blueprint.post("/beheer/<uuid:board_id>/rollen/<uuid:membership_id>")
def end(board_id: UUID, membership_id: UUID) -> Response:
    """End a role, at once."""
    name = ending.end(ours(), actor(), board_id, membership_id)
    flash(_("De rol van %(name)s is beëindigd. Dat geldt meteen.", name=name), "notice")
    return redirect(url_for("administration.list_people", board_id=board_id))


@blueprint.get("/beheer/<uuid:board_id>/mensen/<uuid:user_id>/wijzigen")
def ask_change(board_id: UUID, user_id: UUID) -> str:
    """Somebody's name and address, to change."""
    return _change(board_id, user_id)


@blueprint.post("/beheer/<uuid:board_id>/mensen/<uuid:user_id>/wijzigen")
def change(board_id: UUID, user_id: UUID) -> Response | tuple[str, int]:
    """Give somebody another name or address."""
    try:
        changing.change(ours(), actor(), board_id, user_id, typed())
    except InvalidAnswers as error:
        return _change(board_id, user_id, values=typed(), errors=error.fields), INVALID
    flash(_("De gegevens zijn gewijzigd. Een nieuw adres melden we op het oude en op het nieuwe adres."), "notice")
    return redirect(url_for("administration.person", board_id=board_id, user_id=user_id))


@blueprint.get("/beheer/<uuid:board_id>/mensen/<uuid:user_id>/vertrek")
def ask_leave(board_id: UUID, user_id: UUID) -> str:
    """Say what hangs on somebody, and ask whether he leaves."""
    page = departing.page(ours(), actor(), board_id, user_id)
    return render_template("administration/leaving.html", page=page, refused=departing.REFUSED)


@blueprint.post("/beheer/<uuid:board_id>/mensen/<uuid:user_id>/vertrek")
def leave(board_id: UUID, user_id: UUID) -> Response:
    """Let somebody leave, at once."""
    name = departing.leave(ours(), actor(), board_id, user_id)
    flash(_("%(name)s is vertrokken. Rollen, taken en toegang zijn meteen gestopt.", name=name), "notice")
    return redirect(url_for("administration.person", board_id=board_id, user_id=user_id))


@blueprint.post("/beheer/<uuid:board_id>/mensen/<uuid:user_id>/terug")
def come_back(board_id: UUID, user_id: UUID) -> Response:
    """Have somebody back."""
    name = departing.come_back(ours(), actor(), board_id, user_id)
    flash(_("%(name)s is terug en kan weer inloggen. Een rol stel je opnieuw voor.", name=name), "notice")
    return redirect(url_for("administration.person", board_id=board_id, user_id=user_id))


def _change(board_id: UUID, user_id: UUID, **shown: object) -> str:
    page = changing.page(ours(), actor(), board_id, user_id)
    values = {"name": page.name, "email": page.email}
    return render_template("administration/changing.html", **{"page": page, "values": values, "errors": {}, **shown})


def _person(board_id: UUID, user_id: UUID, **shown: object) -> str:
    page = people.person(ours(), actor(), board_id, user_id)
    return render_template(
        "administration/person.html", **{"page": page, "roles": APPOINTABLE, "values": {}, "errors": {}, **shown}
    )
