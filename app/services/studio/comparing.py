"""What is different between two versions of a procedure, or between a version and what is being drawn."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app import catalogue
from app.domain.differing import Sketch, differences
from app.domain.errors import NotFound
from app.services.context import Actor, App
from app.services.studio import access, desks, drafts
from app.services.versions import unpack
from app.services.views.studio import Comparison, Level
from app.storage.database import Transaction
from app.storage.queries import studio as queries
from app.storage.queries import versions as version_queries

#: How what is being drawn is named among the numbers of versions.
DRAFT: Final = "concept"


def compare(app: App, actor: Actor, key: str, before: str | None, after: str | None) -> Comparison:
    """What is different from one to the other, each a version's number or DRAFT.

    Without them: from what the draft began with to the draft, or between the last two versions. Raises NotFound.
    """
    desk = desks.desk(app, actor, key)
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        choices = _choices(tx, key)
        before, after = before or _usual_before(tx, key, choices), after or choices[0]
        old, new = (catalogue.sketch(key, _files(tx, key, one)) for one in (before, after))
    return Comparison(desk, choices, before, after, differences(old, new), _levels(old), _levels(new))


def drawing(app: App, actor: Actor, key: str, side: str, process_id: str) -> bytes:
    """The diagram of one level, of a version or of the draft. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        files = _files(tx, key, side)
    process = catalogue.sketch(key, files).processes.get(process_id)
    if process is None:
        raise NotFound
    return files[process.file]


def _choices(tx: Transaction, key: str) -> tuple[str, ...]:
    """What can be compared, the newest first."""
    numbers = sorted((number for _, one, number in version_queries.numbered(tx) if one == key), reverse=True)
    drawn = [DRAFT] if queries.open_draft(tx, key) is not None else []
    return (*drawn, *(str(number) for number in numbers))


def _usual_before(tx: Transaction, key: str, choices: tuple[str, ...]) -> str:
    draft = queries.open_draft(tx, key)
    base = None if draft is None else _number_of(tx, draft.base_id)
    return base or (choices[1] if len(choices) > 1 else choices[0])


def _number_of(tx: Transaction, version_id: UUID | None) -> str | None:
    return next((str(number) for one, _, number in version_queries.numbered(tx) if one == version_id), None)


def _files(tx: Transaction, key: str, side: str) -> Mapping[str, bytes]:
    if side == DRAFT:
        return drafts.open_files(tx, key)
    row = version_queries.by_number(tx, key, int(side)) if side.isdecimal() and len(side) < 7 else None  # noqa: PLR2004 - no more versions than that
    if row is None:
        raise NotFound
    return unpack(row.bundle)


def _levels(sketch: Sketch) -> tuple[Level, ...]:
    return tuple(Level(process.id, process.name or process.id) for process in sketch.processes.values())
