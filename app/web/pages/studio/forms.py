"""The forms of a draft: the list, the editor, and a preview as users will see it."""

import json
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.services.studio import desks, forms, taken_away
from app.web import answers, form_editor
from app.web.fields import lay_out
from app.web.form_preview import errors_in, previewed
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, blueprint

_FRAGMENT = "voorbeeld"


@blueprint.get("/studio/<key>/formulieren", endpoint="forms")
def listed(key: str) -> str:
    """The forms of the draft."""
    desk = desks.desk(ours(), actor(), key)
    away = taken_away.listed(ours(), actor(), key, ".form")
    return render_template("studio/forms.html", desk=desk, forms=forms.listed(ours(), actor(), key), away=away)


@blueprint.post("/studio/<key>/formulieren")
def begin_form(key: str) -> Response:
    """Begin a form for a task that has none."""
    form_id = forms.begin(ours(), actor(), key, request.form.get("taak", ""))
    return redirect(url_for("studio.form", key=key, form_id=form_id))


@blueprint.post("/studio/<key>/formulier/<form_id>/weg")
def drop_form(key: str, form_id: str) -> Response:
    """Take away a form that no task uses."""
    forms.drop(ours(), actor(), key, form_id)
    flash(_("Het formulier is weggehaald. Onderaan kun je het terugzetten."), "notice")
    return redirect(url_for("studio.forms", key=key))


@blueprint.get("/studio/<key>/formulier/<form_id>")
def form(key: str, form_id: str) -> str:
    """The editor of a form, for who draws; its questions in a table, for everybody else."""
    desk = desks.desk(ours(), actor(), key)
    page = forms.form(ours(), actor(), key, form_id)
    # The script asks for findings itself, with every change.
    said = page.findings if desk.draws else forms.findings(ours(), actor(), key, page)
    script = json.dumps(form_editor.script_data(key, page)) if desk.draws else None
    return render_template("studio/form.html", desk=desk, page=page, findings=said, script=script, **form_editor.words_of_page())


@blueprint.route("/studio/<key>/formulier/<form_id>/voorbeeld", methods=["GET", "POST"])
def form_preview(key: str, form_id: str) -> tuple[str, int]:
    """The form as users will see it. Answers that are sent are checked and kept nowhere; a form may come along unsaved."""
    desk = desks.desk(ours(), actor(), key)
    content = request.form.get("inhoud")
    over = {} if content is None else {forms.file_of(form_id): content.encode()}
    page, now = forms.form(ours(), actor(), key, form_id, over), ours().clock()
    shown = previewed(page, answers.raw(request.form), request.form, now)
    tried = "controleer" in request.form
    if shown is not None and tried:
        shown = replace(shown, errors=errors_in(page, shown, now))
    template = "_form_preview.html" if request.headers.get("X-Requested-With") == _FRAGMENT else "form_preview.html"
    sections = lay_out(shown.form, shown.facts) if shown is not None else ()
    text = render_template(f"studio/{template}", desk=desk, form_page=page, page=shown, sections=sections, tried=tried)
    return text, INVALID if shown is None or shown.errors else 200
