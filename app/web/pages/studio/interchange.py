"""Procedures of elsewhere: look at a file, make a draft of it; and take a procedure along as one file."""

import base64
import binascii

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.domain import bundle_file
from app.domain.bundle_file import Bundle
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.services.studio import bundles
from app.studio import importing
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.interchange_words import VERDICTS
from app.web.pages.studio.blueprint import INVALID, blueprint

_CONFLICT = 409


@blueprint.get("/studio/importeren")
def import_() -> str:
    """Ask for a file."""
    importing.must_import(ours(), actor())
    return render_template("studio/import.html")


@blueprint.post("/studio/importeren")
def look_at() -> str | tuple[str, int]:
    """Say what would become of a file; nothing is stored."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        importing.must_import(ours(), actor())
        return render_template("studio/import.html", error=_("Kies eerst een bestand.")), INVALID
    return _looked(chosen.read(), chosen.filename, "")


@blueprint.post("/studio/importeren/concept")
def take_in() -> BaseResponse | str | tuple[str, int]:
    """Make a draft of a file that was looked at."""
    name, key = request.form.get("name", ""), request.form.get("key", "").strip()
    try:
        content = base64.b64decode(request.form.get("content", ""), validate=True)
    except binascii.Error:
        content = b""
    looked = importing.look_for(ours(), actor(), content, name, key)
    if not looked.can_be_drawn:
        return _looked(content, name, key), INVALID
    try:
        bundles.store(ours(), actor(), looked.key, looked.files, looked.stories)
    except (Conflict, InvalidAnswers) as error:
        text = " ".join(error.fields.values()) if isinstance(error, InvalidAnswers) else error.text
        return _looked(content, name, key, error=text), _CONFLICT if isinstance(error, Conflict) else INVALID
    flash(_("Het concept staat klaar. Teken en vul aan wat er nog nodig is."), "notice")
    return redirect(url_for("studio.versions", key=looked.key))


@blueprint.get("/studio/<key>/exporteren")
def export(key: str) -> Response:
    """A procedure as one file: what is published, an earlier version, or the draft."""
    which = request.args.get("versie", "")
    if which == "concept":
        return _packed(bundles.export_draft(ours(), actor(), key))
    if which and not (which.isascii() and which.isdigit() and len(which) < len("1000000")):
        raise NotFound
    return _packed(bundles.export(ours(), actor(), key, int(which) if which else None))


def _looked(content: bytes, name: str, key: str, *, error: str = "") -> str:
    looked = importing.look_for(ours(), actor(), content, name, key)
    kept = base64.b64encode(content).decode() if looked.can_be_drawn else ""
    return render_template("studio/imported.html", looked=looked, name=name, content=kept, error=error, verdicts=VERDICTS)


def _packed(bundle: Bundle) -> Response:
    response = Response(bundle_file.write(bundle), mimetype="application/zip")
    which = "concept" if bundle.number is None else f"v{bundle.number}"
    response.headers["Content-Disposition"] = f"attachment; filename={bundle.key}-{which}.zip"
    return response
