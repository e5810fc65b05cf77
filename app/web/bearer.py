"""Who acts in a request of a program: the person of its bearer token. Cookies mean nothing here."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from app.domain.errors import Forbidden
from app.services import tokens
from app.services.tokens import Bearer
from app.web.installation import ours

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])

CHALLENGE = WWWAuthenticate("bearer", {"realm": "veilige-route"})
_MISSING = "Stuur een token mee: Authorization: Bearer vr_…"


def by_token(scope: str) -> Callable[[_Endpoint], _Endpoint]:
    """Mark an endpoint as one for programs, whose token must have this scope; `write` includes `read`."""

    def mark(endpoint: _Endpoint) -> _Endpoint:
        endpoint.token_scope = scope  # type: ignore[attr-defined]  # the mark is on the function object, never on a name
        return endpoint

    return mark


def scope_of(endpoint: Callable[..., Any]) -> str | None:
    """The scope that an endpoint for programs asks; None for pages."""
    return getattr(endpoint, "token_scope", None)


def admit(scope: str) -> None:
    """Find the token of this request. Raises Unauthorized without one, WrongToken, TooMany, and Forbidden for its scope."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise Unauthorized(_MISSING, www_authenticate=CHALLENGE)
    g.bearer = tokens.bearer(ours(), text.strip(), request.remote_addr or "")
    if scope == tokens.WRITE and not g.bearer.may_write:
        raise Forbidden("Met dit token kun je alleen lezen. Maak een token dat ook mag schrijven.")


def bearer() -> Bearer:
    """The token of this request; only in endpoints for programs."""
    found: Bearer = g.bearer
    return found
