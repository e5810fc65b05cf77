"""Nobody sees anything unless a page says so: every endpoint needs a whole session.

Except those marked `@public`, and those for programs, marked `@by_token` (app/web/bearer.py).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from app.domain.comfort import Start
from app.domain.roles import Role
from app.services import accounts, compliance, inbox, saved_views
from app.services.accounts import Session
from app.services.context import Actor
from app.web import bearer, lists
from app.web.installation import ours

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])

#: The cookie of a session; browsers refuse the prefixed name without https.
_COOKIE, _SECURE_COOKIE = "veilige_route", "__Host-veilige_route"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Where those start who work on no cases.
_DESKS = {
    Role.ADMINISTRATOR: "administration.start",
    Role.PRIVACY_OFFICER: "administration.start",
    Role.PROCESS_OWNER: "studio.show",
}
_FOR_EVER = "public, max-age=31536000, immutable"


class Person:
    """Whoever sits behind the browser, for Flask-Login: a session of which every step was taken."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, session: Session) -> None:
        self.session = session
        self.actor: Actor = session.actor

    @property
    def advises(self) -> bool:
        """Whether the menu holds what advisers alone need."""
        return self.actor.holds(Role.ADVISER)

    @property
    def sits_on_board(self) -> bool:
        """Whether the menu holds what board members alone need."""
        return self.actor.holds(Role.BOARD)

    @property
    def administers(self) -> bool:
        """Whether the menu holds the administration of a board."""
        return self.actor.holds(Role.BOARD) or self.actor.holds(Role.ADMINISTRATOR)

    @property
    def reads_post(self) -> bool:
        """Whether he sees which mail did not leave."""
        return self.actor.holds(Role.ADMINISTRATOR)

    @property
    def oversees(self) -> bool:
        """Whether the menu holds no more than what administration did."""
        return self.actor.holds(Role.PRIVACY_OFFICER) and not self.administers

    @property
    def looks_into_studio(self) -> bool:
        """Whether the menu holds the studio, where procedures are drawn, reviewed and published."""
        return self.actor.holds(Role.PROCESS_OWNER) or self.actor.holds(Role.BOARD)

    @property
    def draws(self) -> bool:
        """Whether the studio offers him to begin something."""
        return self.actor.holds(Role.PROCESS_OWNER)

    @property
    def watches(self) -> bool:
        """Whether the menu holds the compliance board."""
        return compliance.watches(self.actor)

    def get_id(self) -> str:
        """The id of the user, as text."""
        return str(self.actor.user_id)


def public(endpoint: _Endpoint) -> _Endpoint:
    """Mark an endpoint as open to strangers."""
    endpoint.open_to_strangers = True  # type: ignore[attr-defined]  # the mark is on the function object, never on a name
    return endpoint


def is_public(endpoint: Callable[..., Any]) -> bool:
    """Whether an endpoint was marked as open to strangers."""
    return getattr(endpoint, "open_to_strangers", False)


def protect(flask: Flask) -> None:
    """Close every endpoint of the application that is not public, and send the safety headers with every answer."""
    manager = LoginManager(flask)
    manager.session_protection = None
    manager.request_loader(_person)
    manager.unauthorized_handler(_to_sign_in)
    public(flask.view_functions["static"])
    flask.before_request(_refuse_strangers)
    flask.after_request(_add_headers)


def session() -> Session | None:
    """The session of this request at whatever step, read once."""
    if "session" not in g:
        g.session = accounts.session(ours(), request.cookies.get(_cookie_name()))
    found: Session | None = g.session
    return found


def actor() -> Actor:
    """Who acts in this request; only for endpoints that are not public."""
    found: Actor = current_user.actor
    return found


def start_page(who: Actor) -> str:
    """The address where work starts: what this person chose, as long as he sees it; else what his roles are about."""
    ways = who.ways
    chosen = saved_views.find(ours(), who, ways.view_id) if ways.start == Start.VIEW and ways.view_id is not None else None
    if chosen is not None:
        return lists.address(chosen)
    if who.holds(Role.ADVISER) and ways.start != Start.INBOX:
        return url_for("today.show")
    desk = _desk(who) if ways.start == Start.USUAL else None
    return url_for(desk or "inbox.show")


def _desk(who: Actor) -> str | None:
    """Where somebody starts who has no tasks in cases, by the one role that is his; None for all others."""
    roles = {place.role for place in who.places}
    return _DESKS.get(next(iter(roles))) if len(roles) == 1 else None


def open_count() -> int:
    """How many tasks wait for this person, for the menu; asked once a request, together with his notices."""
    if "open_count" not in g:
        know_counts(*inbox.menu_counts(ours(), actor()))
    count: int = g.open_count
    return count


def unseen_count() -> int:
    """How many notices this person has not seen, for the menu."""
    open_count()
    count: int = g.unseen_count
    return count


def know_counts(mine: int, unseen: int) -> None:
    """Spare the menu its question, on a page that counted already."""
    g.open_count, g.unseen_count = mine, unseen


def give_cookie(response: BaseResponse, cookie: str) -> None:
    """Hand the browser its session; it goes when the browser closes."""
    secure = ours().settings.secure_cookies
    response.set_cookie(_cookie_name(), cookie, secure=secure, httponly=True, samesite="Lax", path="/")


def take_cookie(response: BaseResponse) -> None:
    """Take the session from the browser."""
    response.delete_cookie(_cookie_name(), secure=ours().settings.secure_cookies, httponly=True, samesite="Lax", path="/")


def way_back(path: str | None) -> str | None:
    """The path if it is a page of ours that can be opened, else None: an address never sends anybody elsewhere."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return None
    try:
        current_app.url_map.bind("").match(path.partition("?")[0], method="GET")
    except HTTPException:
        return None
    return path


def _person(_request: Request) -> Person | None:
    found = session()
    return Person(found) if found is not None and found.step == "full" and not found.expired else None


def _refuse_strangers() -> BaseResponse | None:
    endpoint = current_app.view_functions.get(request.endpoint or "")
    if endpoint is None or is_public(endpoint):
        return None
    scope = bearer.scope_of(endpoint)
    if scope is not None:
        bearer.admit(scope)
        return None
    if current_user.is_authenticated:
        return None
    return _to_sign_in()


def _to_sign_in() -> BaseResponse:
    found = session()
    step = "totp" if found is None or found.expired else found.step
    if found is not None and not found.expired and step in ("totp", "enrol"):
        return redirect(url_for(f"signin.{step}"))
    expired = "ja" if found is not None else None
    return redirect(url_for("signin.form", terug=way_back(request.path), verlopen=expired))


def _cookie_name() -> str:
    return _SECURE_COOKIE if ours().settings.secure_cookies else _COOKIE


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = _FOR_EVER if response.status_code == 200 else "no-store"  # noqa: PLR2004
    response.headers.setdefault("Cache-Control", "no-store")
    return response
