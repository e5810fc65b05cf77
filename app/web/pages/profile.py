"""A person's own page: language, password, recovery code, the app for codes, tokens."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.domain.answers import AnswerError, read_day
from app.domain.errors import DomainError, InvalidAnswers, NotFound
from app.services import agenda, people, saved_views, tokens
from app.services import ways as services
from app.services.accounts import Session
from app.web import guard
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.language import LANGUAGES

blueprint = Blueprint("profile", __name__)
_INVALID = 422


@blueprint.get("/profiel")
def show() -> str:
    """Show what is known of this person, and what he may change."""
    return _page()


@blueprint.post("/profiel/taal")
def language() -> Response:
    """Choose the language of all pages."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        people.set_language(ours(), actor(), chosen)
        with force_locale(chosen):
            flash(_("Alle pagina’s zijn nu in deze taal. De stappen en vragen zelf blijven Nederlands."), "notice")
    return redirect(url_for("profile.show"))


@blueprint.post("/profiel/werkwijze")
def ways() -> Response | tuple[str, int]:
    """Choose where signing in and completing a task lead."""
    start, _colon, view = request.form.get("start", "").partition(":")
    try:
        chosen = UUID(view) if view else None
        services.choose(ours(), actor(), start=start, view_id=chosen, after_task=request.form.get("daarna", ""))
    except ValueError as error:
        raise NotFound from error
    except InvalidAnswers as error:
        return _page(error=" ".join(error.fields.values()), about="ways"), _INVALID
    flash(_("Zo werkt het voortaan voor jou."), "notice")
    return redirect(url_for("profile.show"))


@blueprint.post("/profiel/toetsen")
def keys() -> Response:
    """Choose whether single keys do something."""
    on = request.form.get("toetsen") == "aan"
    services.choose_keys(ours(), actor(), on=on)
    flash(_("De toetsen staan aan.") if on else _("De toetsen staan uit."), "notice")
    return redirect(url_for("profile.show"))


@blueprint.post("/profiel/wachtwoord")
def password() -> Response | tuple[str, int]:
    """Change the password."""
    try:
        people.change_password(ours(), _session(), request.form.get("old", ""), request.form.get("new", ""))
    except DomainError as error:
        return _page(error=error.text, about="password"), _INVALID
    flash(_("Je wachtwoord is veranderd."), "notice")
    return redirect(url_for("profile.show"))


@blueprint.post("/profiel/herstelcode")
def recovery_code() -> str | tuple[str, int]:
    """Make a new recovery code and show it once; the former one no longer works."""
    try:
        code = people.new_recovery_code(ours(), _session(), request.form.get("password", ""))
    except DomainError as error:
        return _page(error=error.text, about="recovery"), _INVALID
    return render_template("recovery_code.html", code=code, onward=url_for("profile.show"))


@blueprint.post("/profiel/token")
def token() -> str | tuple[str, int]:
    """Make a token for a program and show it once."""
    given = request.form
    try:
        last_day = read_day(given.get("last_day", "").strip())
        made = tokens.create_own(ours(), _session(), given.get("password", ""), scope=given.get("scope", ""), last_day=last_day)
    except InvalidAnswers as error:
        return _page(error=" ".join(error.fields.values()), about="token"), _INVALID
    except (AnswerError, DomainError) as error:
        return _page(error=error.text, about="token"), _INVALID
    return render_template("token.html", token=made, onward=url_for("profile.show"))


@blueprint.post("/profiel/token/<uuid:token_id>/intrekken")
def revoke(token_id: UUID) -> Response:
    """Revoke a token."""
    tokens.revoke_own(ours(), actor(), token_id)
    flash(_("Het token is ingetrokken. Een programma kan er niets meer mee."), "notice")
    return redirect(url_for("profile.show"))


@blueprint.post("/profiel/agenda")
def calendar() -> str | tuple[str, int]:
    """Make an address for a calendar and show it once; the former one no longer works."""
    try:
        address = agenda.make(ours(), _session(), request.form.get("password", ""))
    except InvalidAnswers as error:
        return _page(error=" ".join(error.fields.values()), about="agenda"), _INVALID
    except DomainError as error:
        return _page(error=error.text, about="agenda"), _INVALID
    return render_template("agenda.html", address=address, onward=url_for("profile.show"))


@blueprint.post("/profiel/agenda/intrekken")
def drop_calendar() -> Response:
    """End the address of the calendar."""
    agenda.revoke(ours(), actor())
    flash(_("Het adres is ingetrokken. Je agenda leest niet meer mee."), "notice")
    return redirect(url_for("profile.show"))


def _page(**shown: str) -> str:
    profile, views = people.profile(ours(), actor()), saved_views.page(ours(), actor())
    shown_too = {"tokens": tokens.own(ours(), actor()), "calendar": agenda.own(ours(), actor())}
    return render_template("profile.html", profile=profile, views=views, **shown_too, **shown)


def _session() -> Session:
    found = guard.session()
    assert found is not None  # noqa: S101 - the guard lets nobody in without one
    return found
