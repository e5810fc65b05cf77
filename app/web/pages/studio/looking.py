"""A published version as it is drawn: its drawing with what belongs to each step, and its forms."""

import json
from dataclasses import asdict

from flask import jsonify, render_template, request
from werkzeug.wrappers import Response

from app.services.studio import looking
from app.web import form_editor
from app.web.guard import actor
from app.web.installation import ours
from app.web.pages.studio.blueprint import blueprint
from app.web.pages.studio.drawing import DIALECT


@blueprint.get("/studio/<key>/versies/<int:number>/tekening")
def look(key: str, number: int) -> str:
    """One drawing of a version, and its steps."""
    page = looking.page(ours(), actor(), key, number, request.args.get("bestand", ""))
    chosen = request.args.get("element", "")
    return render_template("studio/look.html", desk=page.desk, page=page, chosen=chosen)


@blueprint.get("/studio/<key>/versies/<int:number>/kennis")
def look_known(key: str, number: int) -> Response:
    """What the fields of a version's drawing say, and what they name."""
    found = asdict(looking.known(ours(), actor(), key, number))
    return Response(json.dumps(DIALECT | found, ensure_ascii=False), content_type="application/json")


@blueprint.get("/studio/<key>/versies/<int:number>/bestanden/<path:name>")
def look_file(key: str, number: int, name: str) -> Response:
    """A diagram of a version, as the drawing in the browser asks for it."""
    content = looking.file(ours(), actor(), key, number, name).decode()
    return jsonify(name=name, content=content, number=0, saved_by=None, saved_at=None)


@blueprint.get("/studio/<key>/versies/<int:number>/formulier/<form_id>")
def look_form(key: str, number: int, form_id: str) -> str:
    """What a form of a version asks, and who reads the answers."""
    desk, page = looking.form(ours(), actor(), key, number, form_id)
    return render_template("studio/look_form.html", desk=desk, page=page, number=number, **form_editor.words_of_page())
