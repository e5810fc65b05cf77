"""Files that were taken out of a draft: what they were, and back as they were."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import NotFound
from app.services.context import Actor, App
from app.services.studio import drafts, knowing


@dataclass(frozen=True, slots=True)
class Away:
    """A file that was taken away, under the name that it had: that of its drawing, or else of the file."""

    file: str
    name: str
    by: str | None
    at: datetime | None


def listed(app: App, actor: Actor, key: str, kind: str) -> tuple[Away, ...]:
    """The files of the open draft that were taken away, of one kind (".bpmn", ".form"). Raises NotFound without a draft."""
    gone = [name for name in drafts.read(app, actor, key).gone if name.endswith(kind)]
    return tuple(_away(app, actor, key, name) for name in gone)


def put_back(app: App, actor: Actor, key: str, name: str) -> None:
    """Put a file back as it was before it was taken away. Raises NotFound when nobody took it away, Forbidden, Changed."""
    lines = drafts.saves(app, actor, key, name)
    if not lines or not lines[0].gone:
        raise NotFound
    drafts.save(app, actor, key, name, _was(app, actor, key, name), number=lines[0].number)


def _was(app: App, actor: Actor, key: str, name: str) -> bytes:
    last = next(line for line in drafts.saves(app, actor, key, name) if not line.gone)
    return drafts.saved(app, actor, key, name, last.number)


def _away(app: App, actor: Actor, key: str, name: str) -> Away:
    taken = drafts.saves(app, actor, key, name)[0]
    drawn = knowing.phases({name: _was(app, actor, key, name)})
    return Away(name, drawn[0].name if drawn else name.rpartition("/")[2].partition(".")[0], taken.saved_by, taken.saved_at)
