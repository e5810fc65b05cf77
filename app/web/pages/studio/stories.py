"""The stories that are kept of a procedure: add, play, drop, download."""

from pathlib import PurePath

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app.domain.errors import Conflict, InvalidAnswers
from app.services.studio import desks, proofs, stories, story_changes
from app.studio import keeping
from app.web.guard import actor
from app.web.i18n import gettext as _
from app.web.installation import ours
from app.web.pages.studio.blueprint import INVALID, blueprint

_CONFLICT = 409


@blueprint.get("/studio/<key>/verhalen", endpoint="stories")
def show(key: str) -> str:
    """All stories of a procedure, and how they went when they were last played."""
    return _page(key)


@blueprint.post("/studio/<key>/verhalen")
def story_add(key: str) -> Answer | tuple[str, int]:
    """Keep a scenario that somebody wrote."""
    file = request.files.get("file")
    content = b"" if file is None else file.read(stories.MAX_LENGTH + 1)
    try:
        keeping.keep_file(ours(), actor(), key, PurePath((file and file.filename) or "").stem, content)
    except InvalidAnswers as error:
        return _page(key, wrong=next(iter(error.fields.values()))), INVALID
    except Conflict as error:
        return _page(key, wrong=error.text), _CONFLICT
    return redirect(url_for("studio.stories", key=key))


@blueprint.get("/studio/<key>/verhalen/<name>.yml")
def story_file(key: str, name: str) -> Response:
    """A story as a file, as `veilige-route simulate` plays it."""
    response = Response(stories.read(ours(), actor(), key, name), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.yml"'
    return response


@blueprint.get("/studio/<key>/verhalen/<name>")
def story(key: str, name: str) -> str | tuple[str, int]:
    """Play a story, and show what happens in it."""
    desk = desks.desk(ours(), actor(), key)
    try:
        played = keeping.played(ours(), actor(), key, name)
    except Conflict as error:
        return render_template("studio/story.html", desk=desk, name=name, wrong=error.text), _CONFLICT
    return render_template("studio/story.html", desk=desk, name=name, page=played)


@blueprint.post("/studio/<key>/verhalen/<name>/overnemen")
def story_renew(key: str, name: str) -> Answer | tuple[str, int]:
    """Let a story expect what happens in it now."""
    try:
        keeping.renew(ours(), actor(), key, name)
    except Conflict as error:
        return _page(key, wrong=error.text), _CONFLICT
    flash(_("Het verhaal verwacht nu wat er gebeurt. Laat de verhalen opnieuw naspelen bij Controle."), "notice")
    return redirect(url_for("studio.stories", key=key))


@blueprint.get("/studio/<key>/verhalen/<name>/weg")
def ask_story_drop(key: str, name: str) -> str:
    """Ask whether he is sure."""
    desk, title = desks.desk(ours(), actor(), key), keeping.title_of(ours(), actor(), key, name)
    stories.must_keep(ours(), actor())
    return render_template("studio/dropping_story.html", desk=desk, name=name, title=title)


@blueprint.post("/studio/<key>/verhalen/<name>/terug")
def story_back(key: str, name: str) -> Answer | tuple[str, int]:
    """Keep a story again."""
    try:
        story_changes.put_back(ours(), actor(), key, name)
    except InvalidAnswers as error:
        return _page(key, wrong=next(iter(error.fields.values()))), INVALID
    return redirect(url_for("studio.stories", key=key))


@blueprint.post("/studio/<key>/verhalen/<name>/weg")
def story_drop(key: str, name: str) -> Answer:
    """Keep a story no longer."""
    stories.drop(ours(), actor(), key, name)
    flash(_("Het verhaal is weggehaald. Onderaan kun je het terugzetten."), "notice")
    return redirect(url_for("studio.stories", key=key))


def _page(key: str, *, wrong: str | None = None) -> str:
    desk, kept = desks.desk(ours(), actor(), key), keeping.listed(ours(), actor(), key)
    played = proofs.read(ours(), actor(), key).played if desk.drawing else None
    found = {one["name"]: one for one in (played.result or {}).get("stories", ())} if played is not None else {}
    away = keeping.away(ours(), actor(), key)
    return render_template("studio/stories.html", desk=desk, stories=kept, away=away, wrong=wrong, asked=played, found=found)
