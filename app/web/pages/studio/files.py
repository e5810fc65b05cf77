"""Files of a draft, for the editors in the browser: JSON in and out, refusals as problem documents."""

from typing import TypeVar

from flask import jsonify, request
from werkzeug.wrappers import Response

from app.domain.errors import InvalidAnswers, NotFound
from app.domain.procedure import Finding, Severity
from app.services.studio import checking, drafts
from app.web.guard import actor
from app.web.installation import ours
from app.web.pages.studio.blueprint import blueprint

_Member = TypeVar("_Member", str, int)


@blueprint.get("/studio/<key>/bestanden/<path:name>")
def file(key: str, name: str) -> Response:
    """A file as it is now."""
    found = drafts.read(ours(), actor(), key).draft_files.get(name)
    if found is None:
        raise NotFound
    at = None if found.saved_at is None else found.saved_at.isoformat()
    return jsonify(name=name, content=found.content.decode(), number=found.number, saved_by=found.saved_by, saved_at=at)


@blueprint.put("/studio/<key>/bestanden/<path:name>")
def save(key: str, name: str) -> Response:
    """Save a file over the save that its drawer had before him."""
    content, number = _content(), _member("number", int)
    return jsonify(number=drafts.save(ours(), actor(), key, name, content, number=number))


@blueprint.get("/studio/<key>/bewaard/<path:name>")
def saves(key: str, name: str) -> Response:
    """All saves of a file; with `nummer`, what one of them holds."""
    number = request.args.get("nummer", type=int)
    if number is not None:
        return jsonify(number=number, content=drafts.saved(ours(), actor(), key, name, number).decode())
    return jsonify(saves=[_line(line) for line in drafts.saves(ours(), actor(), key, name)])


@blueprint.post("/studio/<key>/bevindingen")
def findings(key: str) -> Response:
    """What is to be said of the draft with this file as it is on the screen, not saved yet."""
    found = checking.findings(ours(), actor(), key, {_member("file", str): _content()})
    return jsonify(findings=[_told(one) for one in found], ok=not any(one.severity is Severity.ERROR for one in found))


def _line(line: drafts.SaveLine) -> dict[str, object]:
    at = None if line.saved_at is None else line.saved_at.isoformat()
    return {"number": line.number, "saved_by": line.saved_by, "saved_at": at, "gone": line.gone}


def _told(one: Finding) -> dict[str, str]:
    return {
        "file": one.file,
        "element": one.element_id,
        "name": one.element_name,
        "code": one.code,
        "text": one.text,
        "severity": one.severity,
    }


def _content() -> bytes:
    try:
        return _member("content", str).encode()
    except UnicodeEncodeError:
        # JSON can hold halves of characters, which no file can.
        raise InvalidAnswers({"content": "In dit bestand staat een teken dat niet kan. Typ het opnieuw."}) from None


def _member(name: str, kind: type[_Member]) -> _Member:
    """A member of the JSON that was sent. Raises InvalidAnswers; what is no JSON at all is refused by Flask."""
    body = request.get_json()
    found = body.get(name) if isinstance(body, dict) else None
    if not isinstance(found, kind) or isinstance(found, bool):
        raise InvalidAnswers({name: "Dit ontbreekt, of het is van een ander soort. Laad de pagina opnieuw."})
    return found
