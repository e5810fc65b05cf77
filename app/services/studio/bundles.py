"""Procedures between installations: one goes out as a bundle, and comes in as a draft with its stories."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from app.domain.bundle_file import TEMPLATES, Bundle
from app.domain.errors import Forbidden, NotFound
from app.engine.adopting import marked
from app.engine.xml import XmlRefused
from app.services.context import Actor, App
from app.services.studio import access, drafts, stories
from app.services.versions import unpack
from app.storage.database import Transaction
from app.storage.queries import people, studio, versions

_LOG = logging.getLogger(__name__)


def export(app: App, actor: Actor, key: str, number: int | None = None) -> Bundle:
    """A version of a procedure; without number the one that is published. Raises NotFound, also for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return _version(app, tx, key, number)


def export_draft(app: App, actor: Actor, key: str) -> Bundle:
    """A procedure as it is being drawn. Raises NotFound, also for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return _bundle(app, tx, key, None, drafts.open_files(tx, key))


def export_on_host(app: App, key: str, number: int | None = None) -> Bundle:
    """The same as `export`, for whoever keeps the server. Raises NotFound."""
    with app.database.read() as tx:
        return _version(app, tx, key, number)


def store(app: App, actor: Actor, key: str, files: Mapping[str, bytes], told: Mapping[str, str]) -> tuple[str, ...]:
    """Begin a draft with these files, and keep these stories, all of it or nothing; gives the stories that came in.

    A story whose name is kept already stays as it is here. Raises Conflict when a draft is open, InvalidAnswers, NotFound,
    Forbidden.
    """
    with app.database.write() as tx:
        within = replace(app, database=app.database.within(tx))
        drafts.begin_with(within, actor, key, files)
        known = {story.name for story in stories.of(tx, key)}
        new = tuple(name for name in sorted(told) if name not in known)
        for name in new:
            stories.keep(within, actor, key, name, told[name])
    return new


def store_on_host(app: App, email: str, key: str, files: Mapping[str, bytes], told: Mapping[str, str]) -> tuple[str, ...]:
    """The same as `store`, as the work of a process owner. Raises NotFound for the address of nobody who draws, too."""
    with app.database.read() as tx:
        actor = _drawer(app, tx, email)
    new = store(app, actor, key, files, told)
    _LOG.warning("procedure %s imported on the host for person %s", key, actor.user_id)
    return new


def _drawer(app: App, tx: Transaction, email: str) -> Actor:
    user = people.user_by_email(tx, email)
    if user is None:
        raise NotFound(f"Niemand heeft het e-mailadres {email}. Noem dat van een proceseigenaar.")
    actor = Actor(user.id, user.name, user.email, user.language, ())
    try:
        access.draw(app, tx, actor)
    except (NotFound, Forbidden) as error:
        raise NotFound(f"{email} tekent geen procedures. Noem het e-mailadres van een proceseigenaar.") from error
    return actor


def _version(app: App, tx: Transaction, key: str, number: int | None) -> Bundle:
    if number is None:
        row = next((one for one in studio.published_rows(tx) if one.key == key), None)
    else:
        row = versions.by_number(tx, key, number)
    if row is None:
        which = f"versie {number}" if number is not None else "gepubliceerde versie"
        raise NotFound(f"Van de procedure {key} is er geen {which}.")
    return _bundle(app, tx, key, row.number, unpack(row.bundle))


def _bundle(app: App, tx: Transaction, key: str, number: int | None, files: Mapping[str, bytes]) -> Bundle:
    templates = app.settings.processes / TEMPLATES
    return Bundle(
        key=key,
        number=number,
        files={name: _whole(name, content) for name, content in files.items()},
        stories={story.name: story.text for story in stories.of(tx, key)},
        templates=templates.read_bytes() if templates.is_file() else None,
    )


def _whole(name: str, content: bytes) -> bytes:
    """A diagram as Camunda's tools want it; one that cannot be read yet goes out as it is, for it is a draft."""
    if not name.endswith(".bpmn"):
        return content
    try:
        return marked(content)
    except XmlRefused:
        return content
