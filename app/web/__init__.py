"""The pages: Flask routes that guard, read their input, call one service, and show or redirect."""

from datetime import date
from pathlib import Path

from flask import Flask, request
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.clock import local_day
from app.domain import bundle_file
from app.domain.people_file import MOST_BYTES
from app.services.context import App
from app.web import (
    administering,
    api,
    assets,
    bar,
    errors,
    events,
    guard,
    installation,
    labels,
    language,
    lists,
    setting_words,
    studio_words,
    told,
    words,
)
from app.web.pages import BLUEPRINTS
from app.web.phones import phone_numbers

#: What a form sends beside a file, in bytes; what is still larger is refused as such.
_MARGIN = 1024 * 1024
#: The largest files, in bytes, by the endpoint that takes them; what was looked at comes back in base64.
_ROOMY = {
    "administration.upload": MOST_BYTES,
    "studio.look_at": bundle_file.MOST_BYTES,
    "studio.take_in": bundle_file.MOST_BYTES * 4 // 3,
}


def create_app(app: App) -> Flask:
    """The Flask application of one installation."""
    flask = Flask(__name__, static_url_path="/static")
    flask.config.update(
        SECRET_KEY=app.settings.secret_key,
        SESSION_COOKIE_NAME="veilige_route_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as the form's cookie; people are called away from half a form
        WTF_CSRF_SSL_STRICT=False,  # it reads the referrer, which our pages do not send
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE="nl",
        BABEL_DEFAULT_TIMEZONE="Europe/Amsterdam",
    )
    installation.put(flask, app)
    Babel(flask, locale_selector=language.chosen)
    flask.before_request(_make_room)
    csrf = CSRFProtect(flask)
    assets.send_packed(flask)
    guard.protect(flask)
    for blueprint in BLUEPRINTS:
        flask.register_blueprint(blueprint)
    api.register(flask, csrf)
    errors.register(flask)
    _equip_templates(flask, app)
    return flask


def _make_room() -> None:
    """A file of people, or of a procedure, may be larger than any form. Asked before anything reads what was sent."""
    most = _ROOMY.get(request.endpoint or "")
    if most is not None:
        request.max_content_length = request.max_form_memory_size = most + _MARGIN


def _equip_templates(flask: Flask, app: App) -> None:
    def today() -> date:
        return local_day(app.clock())

    flask.jinja_env.trim_blocks = True
    flask.jinja_env.lstrip_blocks = True
    flask.jinja_env.filters["local_day"] = words.day
    flask.jinja_env.globals.update(
        administering=administering,
        asset=assets.finder(Path(flask.static_folder or "")),
        bar=bar,
        events=events,
        languages=language.LANGUAGES,
        labels=labels,
        lists=lists,
        setting_words=setting_words,
        studio_words=studio_words,
        today=today,
        told=told,
        words=words,
        phone_numbers=phone_numbers,
        open_count=guard.open_count,
        unseen_count=guard.unseen_count,
        now=app.clock,
        get_locale=get_locale,
        csrf=_csrf_field,
        in_demo=app.settings.demo,
    )
    # Small pieces that every page may use; they read nothing of a page that is not handed to them.
    flask.jinja_env.globals["ui"] = flask.jinja_env.get_template("_parts/ui.html").module


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
