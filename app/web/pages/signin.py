"""Signing in: password, then the code of the app; enrolling the app; a forgotten password; signing out."""

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as form_session
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.domain.errors import DomainError
from app.services import accounts, people
from app.services.accounts import Session, SignedIn
from app.services.attempts import TooMany
from app.web import guard, language
from app.web.guard import public
from app.web.installation import ours

blueprint = Blueprint("signin", __name__)
_WRONG, _TOO_MANY = 422, 429


@blueprint.get("/inloggen")
@public
def form() -> str:
    """Ask for the e-mail address and the password."""
    language.choose(request.args.get("taal", ""))
    return render_template("signin.html", expired="verlopen" in request.args, left="uit" in request.args)


@blueprint.post("/inloggen")
@public
def submit() -> Response | tuple[str, int]:
    """Check the password and go on to the next step."""
    email = request.form.get("email", "").strip()
    try:
        signed = accounts.sign_in(ours(), email, request.form.get("password", ""), request.remote_addr or "")
    except DomainError as error:
        return render_template("signin.html", error=error.text, email=email), _status(error)
    chosen = language.chosen()
    form_session.clear()  # a new form token for a new person
    language.choose(chosen)
    return _onward(signed)


@blueprint.get("/inloggen/code")
@public
def totp() -> str | Response:
    """Ask for the code of the app."""
    return render_template("totp.html") if _at("totp") else redirect(url_for("signin.form"))


@blueprint.post("/inloggen/code")
@public
def submit_totp() -> Response | tuple[str, int]:
    """Check the code of the app."""
    found = _at("totp")
    if found is None:
        return redirect(url_for("signin.form"))
    try:
        return _onward(accounts.confirm_totp(ours(), found, _code()))
    except DomainError as error:
        return render_template("totp.html", error=error.text), _status(error)


@blueprint.get("/inloggen/app")
@public
def enrol() -> str | Response:
    """Show the picture that an app for codes reads."""
    found = _at("enrol")
    return redirect(url_for("signin.form")) if found is None else _enrolment(found)


@blueprint.post("/inloggen/app")
@public
def submit_enrol() -> Response | tuple[str, int]:
    """Check the first code of a new app."""
    found = _at("enrol")
    if found is None:
        return redirect(url_for("signin.form"))
    try:
        return _onward(accounts.confirm_totp(ours(), found, _code()))
    except DomainError as error:
        # The app was set up a moment ago: a fresh secret would make it useless.
        return render_template("enrol.html", error=error.text), _status(error)


@blueprint.get("/inloggen/vergeten")
@public
def forgotten() -> str:
    """Ask for the recovery code."""
    return render_template("forgotten.html")


@blueprint.post("/inloggen/vergeten")
@public
def submit_forgotten() -> str | tuple[str, int]:
    """Set a new password with the recovery code, and show the next code once."""
    given = request.form
    email = given.get("email", "").strip()
    try:
        code = people.recover(ours(), email, given.get("code", ""), given.get("new", ""), address=request.remote_addr or "")
    except DomainError as error:
        return render_template("forgotten.html", error=error.text, email=email), _status(error)
    return render_template("recovery_code.html", code=code, onward=url_for("signin.form"))


@blueprint.post("/uitloggen")
def leave() -> Response:
    """End the session."""
    found = guard.session()
    if found is not None:
        accounts.sign_out(ours(), found)
    form_session.clear()
    response = redirect(url_for("signin.form", uit="ja"))
    guard.take_cookie(response)
    return response


def _at(step: str) -> Session | None:
    """The session, if it waits at this step."""
    found = guard.session()
    return found if found is not None and not found.expired and found.step == step else None


def _onward(signed: SignedIn) -> Response:
    back = guard.way_back(request.args.get("terug"))
    whole = accounts.session(ours(), signed.cookie) if signed.step == "full" and back is None else None
    start = guard.start_page(whole.actor) if whole is not None else url_for("inbox.show")
    response = redirect(back or start if signed.step == "full" else url_for(f"signin.{signed.step}", terug=back))
    guard.give_cookie(response, signed.cookie)
    return response


def _enrolment(found: Session) -> str:
    secret, uri = accounts.enrol_totp(ours(), found)
    return render_template("enrol.html", secret=secret, picture=_picture(uri))


def _picture(uri: str) -> Markup:
    """The QR code of an address of our own making, as SVG without styles of its own."""
    return Markup(segno.make(uri).svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr"))  # noqa: S704


def _code() -> str:
    return "".join(request.form.get("code", "").split())


def _status(error: DomainError) -> int:
    return _TOO_MANY if isinstance(error, TooMany) else _WRONG
