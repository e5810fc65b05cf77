"""A sealed file: opening it, letting in a new reader, and writing a comment for its readers."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.comments import COMMENT
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.roles import FileKind
from app.services import comments, files
from app.web import labels
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages import case

blueprint = Blueprint("file", __name__)
_INVALID = 422


@blueprint.get("/zaken/<number>/dossier/<slug>")
def closed(number: str, slug: str) -> Response:
    """Go to where the file can be opened: opening is recorded, so no link and no reload does it."""
    _kind(slug)
    return redirect(url_for("case.show", number=number, deel="dossier"))


@blueprint.post("/zaken/<number>/dossier/<slug>")
def opened(number: str, slug: str) -> str:
    """Open the file; this is recorded."""
    return render_template("file.html", page=files.open_file(ours(), actor(), number, _kind(slug)))


@blueprint.post("/zaken/<number>/dossier/<slug>/lezer")
def let_in(number: str, slug: str) -> Response:
    """Let in a new reader whose fingerprint was compared."""
    user_id = request.form.get("lezer", type=UUID)
    if user_id is None:
        raise NotFound
    seen = request.form.get("kenmerk", "")
    files.let_in(ours(), actor(), number, _kind(slug), user_id=user_id, fingerprint_seen=seen)
    flash(_("De nieuwe lezer kan dit dossier nu openen. Dat is vastgelegd."), "notice")
    return redirect(url_for("case.show", number=number, deel="dossier"))


@blueprint.post("/zaken/<number>/dossier/<slug>/opmerking")
def comment(number: str, slug: str) -> Response | tuple[str, int]:
    """Write a comment for those who read the file."""
    kind, text = _kind(slug), request.form.get(COMMENT, "")
    try:
        comments.write(ours(), actor(), number, kind, text)
    except InvalidAnswers as error:
        return case.shown(number, "dossier", kind=kind, text=text, error=error.fields[COMMENT]), _INVALID
    flash(_("Je opmerking is bewaard. Wie dit dossier leest, ziet dat er een nieuwe is."), "notice")
    return redirect(url_for("case.show", number=number, deel="dossier"))


def _kind(slug: str) -> FileKind:
    kind = labels.file_named(slug)
    if kind is None:
        raise NotFound
    return kind
