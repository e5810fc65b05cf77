"""Refusals for programs: problem documents (RFC 9457)."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Response, request
from werkzeug.exceptions import HTTPException

from app.domain.errors import AlreadyDone, Conflict, DomainError, Forbidden, InvalidAnswers, NotFound, TryAgain
from app.domain.studio import Changed
from app.services.attempts import TooMany
from app.services.once import KeyUsed
from app.services.tokens import WrongToken
from app.web.bearer import CHALLENGE

PREFIX: Final = "/api/"
MEDIA_TYPE: Final = "application/problem+json"
#: What a program can tell apart beside the status, the most particular first.
_KINDS: Final[tuple[tuple[type[DomainError], str, str], ...]] = (
    (WrongToken, "wrong-token", "Dit token geldt niet"),
    (Forbidden, "forbidden", "Dat mag niet"),
    (NotFound, "not-found", "Niet gevonden"),
    (AlreadyDone, "already-done", "Iemand was je voor"),
    (Changed, "changed", "Iemand bewaarde net voor jou"),
    (TryAgain, "try-again", "Probeer het zo nog eens"),
    (Conflict, "conflict", "Dat kan nu niet"),
    (TooMany, "too-many-attempts", "Te vaak geprobeerd"),
    (KeyUsed, "key-used", "Deze sleutel is al gebruikt"),
    (InvalidAnswers, "invalid", "Niet alles klopt"),
    (DomainError, "refused", "Dat lukt niet"),
)
#: Texts of the library that reads requests.
_DUTCH: Final = {
    "Missing data for required field.": "Dit veld is verplicht.",
    "Field may not be null.": "Dit veld mag niet leeg zijn.",
    "Unknown field.": "Dit veld bestaat niet.",
    "Not a valid string.": "Dit moet tekst zijn.",
    "Not a valid UUID.": "Dit moet een UUID zijn.",
    "Not a valid integer.": "Dit moet een geheel getal zijn.",
    "Not a valid boolean.": "Dit moet true of false zijn.",
    "Not a valid mapping type.": "Dit moet een object zijn.",
    "Not a valid list.": "Dit moet een lijst zijn.",
    "Invalid input type.": "Dit moet een object zijn.",
    "Invalid JSON body.": "Dit is geen JSON.",
}
_UNKNOWN: Final = "Deze waarde klopt niet. Kijk in /api/v1/openapi.json wat hier kan staan."


def asked() -> bool:
    """Whether this request comes from a program, or from a script of a page, which reads JSON and nothing else."""
    return request.path.startswith(PREFIX) or request.headers.get("Accept") == "application/json"


def of_refusal(error: DomainError, status: int) -> Response:
    """A refusal of the product itself."""
    slug, title = next((slug, title) for kind, slug, title in _KINDS if isinstance(error, kind))
    more: dict[str, Any] = {"errors": list(_answers(error.fields))} if isinstance(error, InvalidAnswers) else {}
    if isinstance(error, Changed):
        more = {"saved_by": error.by, "number": error.number}
    found = _document(status, title, error.text, kind=f"urn:veilige-route:{slug}", **more)
    if isinstance(error, TooMany):
        found.headers["Retry-After"] = str(error.seconds)
    if isinstance(error, WrongToken):
        found.headers["WWW-Authenticate"] = f'{CHALLENGE.to_header()}, error="invalid_token"'
    return found


def of_http(error: HTTPException) -> Response:
    """A request that cannot be understood, or comes to the wrong place."""
    status = HTTPStatus(error.code or 500)
    if status == HTTPStatus.NOT_FOUND:
        return of_refusal(NotFound(), status)
    more: dict[str, Any] = {}
    messages = getattr(error, "data", {}).get("messages")
    if messages is not None:
        more["errors"] = [line for place, found in messages.items() for line in _messages(place, found)]
    answer = _document(status, status.phrase, error.description if status == HTTPStatus.UNAUTHORIZED else None, **more)
    for name, value in error.get_headers():
        if name in ("Allow", "WWW-Authenticate"):
            answer.headers[name] = value
    return answer


def of_failure(text: str) -> Response:
    """Something went wrong on our side."""
    return _document(500, HTTPStatus(500).phrase, text)


def _document(status: int, title: str, detail: str | None, *, kind: str = "about:blank", **more: Any) -> Response:  # noqa: ANN401 - members of a JSON document
    found = {"type": kind, "title": title, "status": int(status), **({"detail": detail} if detail else {}), **more}
    return Response(json.dumps(found), int(status), content_type=MEDIA_TYPE)


def _answers(fields: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for key, text in fields.items():
        role = key.removeprefix("handlers_")
        yield {"pointer": _pointer("answers", key) if role == key else _pointer("handlers", role), "detail": text}


def _messages(place: str, found: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:  # noqa: ANN401 - a tree of texts
    if isinstance(found, Mapping):
        for key, inner in found.items():
            # In a mapping the library tells apart whether the key or its value was wrong.
            deeper = path if len(path) > 1 and key in ("key", "value") else (*path, str(key))
            yield from _messages(place, inner, deeper)
        return
    for text in found:
        where = {"pointer": _pointer(*path)} if place == "json" else {"parameter": "/".join(path)}
        yield {**where, "detail": _DUTCH.get(text, _UNKNOWN)}


def _pointer(*path: str) -> str:
    return "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path if part != "_schema")
