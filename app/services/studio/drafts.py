"""Drafts: a procedure as it is being drawn. Every save is kept; who comes second is told, and loses nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Final
from uuid import UUID

from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.studio import Changed
from app.services.context import Actor, App
from app.services.studio import access
from app.services.versions import unpack
from app.storage.database import Transaction
from app.storage.queries import studio as queries
from app.storage.queries import versions as version_queries
from app.storage.tables import ProcedureVersion, StudioDraft, StudioSave

#: Larger than any diagram that the engine reads.
MAX_BYTES: Final = 2_000_000
#: More than anybody saves, and no more than a column holds.
_MOST_SAVES: Final = 1_000_000
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PART: Final = r"[a-z][a-z0-9_]{0,79}"
_OPEN = "Er is al een concept van deze procedure. Ga daarmee verder, of gooi het eerst weg."


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a draft. `number` counts its saves: 0 is as it was in the version that the draft began with."""

    name: str
    content: bytes = field(repr=False)
    number: int
    saved_by: str | None
    saved_at: datetime | None


@dataclass(frozen=True)
class DraftView:
    """A draft with all its files. `drawers`: everybody who saved something in it; `gone`: the files that were taken away."""

    id: UUID
    key: str
    base_id: UUID | None
    base_number: int | None
    opened_at: datetime
    draft_files: Mapping[str, DraftFile]
    drawers: Mapping[UUID, str]
    gone: tuple[str, ...]

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files by name."""
        return {name: one.content for name, one in self.draft_files.items()}

    @cached_property
    def sha256(self) -> str:
        """One hash over all files: another word is another draft."""
        return digest(self.files)


@dataclass(frozen=True, slots=True)
class SaveLine:
    """A save of a file: its number, who and when. `gone`: the file was taken away then."""

    number: int
    saved_by: str | None
    saved_at: datetime | None
    gone: bool = False


def begin(app: App, actor: Actor, key: str) -> None:
    """Begin a draft with what is published, or was last; one that is open already stays. Raises NotFound."""
    with app.database.write() as tx:
        place = access.draw(app, tx, actor)
        if queries.open_draft(tx, key) is not None:
            return
        base_id = dict(version_queries.published(tx)).get(key)
        # Out of use, it goes on from what it was last.
        former = [] if base_id is not None else version_queries.of_key(tx, key)
        base_id = former[0].id if former else base_id
        if base_id is None:
            raise NotFound
        tx.add(StudioDraft(key=key, base_id=base_id, opened_by=place.user_id, opened_at=app.clock()))


def begin_with(app: App, actor: Actor, key: str, files: Mapping[str, bytes]) -> None:
    """Begin a draft with these files, each a first save; what a published version has beside them is taken away.

    Raises Conflict when a draft is open, InvalidAnswers for a key, a name or a file that cannot be.
    """
    if _KEY.fullmatch(key) is None:
        raise InvalidAnswers({"key": "Gebruik kleine letters, cijfers en _, en begin met een letter."})
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        if queries.open_draft(tx, key) is not None:
            raise Conflict(_OPEN)
        base_id = dict(version_queries.published(tx)).get(key)
        draft = StudioDraft(key=key, base_id=base_id, opened_by=actor.user_id, opened_at=app.clock())
        tx.add(draft)
        tx.flush()
        base = _base(tx, base_id)
        for name in sorted({*base, *files}):
            if base.get(name) != files.get(name):
                _Saving(tx, draft, actor.user_id, draft.opened_at).write(name, files.get(name), 1)


def read(app: App, actor: Actor, key: str) -> DraftView:
    """The open draft of a procedure. Raises NotFound when there is none."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return view(tx, _opened(tx, key))


def save(app: App, actor: Actor, key: str, name: str, content: bytes, *, number: int) -> int:
    """Save a file over the save with this number, which is what its drawer had before him; gives the new number.

    The same content again is no save. Raises Changed when somebody saved after that number, InvalidAnswers for a name or a
    content that cannot be kept, NotFound without a draft.
    """
    return _put(app, actor, key, name, content, number=number)


def remove(app: App, actor: Actor, key: str, name: str, *, number: int) -> int:
    """Take a file away; its saves stay. Raises as `save` does."""
    return _put(app, actor, key, name, None, number=number)


def saves(app: App, actor: Actor, key: str, name: str) -> tuple[SaveLine, ...]:
    """All saves of a file, the newest first, and at the end how it was when the draft began."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        draft = _opened(tx, key)
        lines = [SaveLine(number, by, at, gone) for number, by, at, gone in queries.saves(tx, draft.id, name)]
        base = _base(tx, draft.base_id)
    return (*lines, *([SaveLine(0, None, None)] if name in base else []))


def saved(app: App, actor: Actor, key: str, name: str, number: int) -> bytes:
    """A file as it once was. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        draft = _opened(tx, key)
        if number == 0:
            found = _base(tx, draft.base_id).get(name)
        else:
            row = queries.save(tx, draft.id, name, number) if number <= _MOST_SAVES else None
            found = row.content.encode() if row is not None and row.content is not None else None
    if found is None:
        raise NotFound
    return found


def drop(app: App, actor: Actor, key: str) -> None:
    """Throw a draft away; its saves stay in the database, and it is shown no more. Raises NotFound."""
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        draft = _opened(tx, key, locks=True)
        draft.state, draft.closed_at, draft.closed_by = "dropped", app.clock(), actor.user_id


def view(tx: Transaction, draft: StudioDraft) -> DraftView:
    """A draft of this transaction with all its files."""
    base = _version(tx, draft.base_id)
    files = {name: DraftFile(name, content, 0, None, None) for name, content in _base(tx, draft.base_id).items()}
    gone = []
    for row, by in queries.latest(tx, draft.id):
        if row.content is None:
            files.pop(row.file, None)
            gone.append(row.file)
        else:
            files[row.file] = DraftFile(row.file, row.content.encode(), row.number, by, row.saved_at)
    return DraftView(
        id=draft.id,
        key=draft.key,
        base_id=draft.base_id,
        base_number=None if base is None else base.number,
        opened_at=draft.opened_at,
        draft_files=dict(sorted(files.items())),
        drawers=queries.drawers(tx, draft.id),
        gone=tuple(gone),
    )


def open_files(tx: Transaction, key: str) -> Mapping[str, bytes]:
    """The files of the open draft of a procedure. Raises NotFound when there is none."""
    return view(tx, _opened(tx, key)).files


def digest(files: Mapping[str, bytes]) -> str:
    """One hash over files and their names."""
    whole = sha256()
    for name, content in sorted(files.items()):
        whole.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    return whole.hexdigest()


def _put(app: App, actor: Actor, key: str, name: str, content: bytes | None, *, number: int) -> int:
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        draft = _opened(tx, key, locks=True)
        lines = queries.saves(tx, draft.id, name)
        now_at, by = (lines[0][0], lines[0][1]) if lines else (0, "")
        if now_at != number:
            raise Changed(by, now_at)
        if _as_it_is(tx, draft, name, number) == content:
            return number
        _Saving(tx, draft, actor.user_id, app.clock()).write(name, content, number + 1)
        return number + 1


@dataclass(frozen=True, slots=True)
class _Saving:
    """Saves of one person in one draft, at one moment."""

    tx: Transaction
    draft: StudioDraft
    by: UUID
    at: datetime

    def write(self, name: str, content: bytes | None, number: int) -> None:
        text = None if content is None else _text(self.draft.key, name, content)
        save = StudioSave(draft_id=self.draft.id, file=name, number=number, content=text, saved_by=self.by, saved_at=self.at)
        self.tx.add(save)


def _text(key: str, name: str, content: bytes) -> str:
    named = re.fullmatch(rf"{re.escape(key)}\.bpmn|{re.escape(key)}/{_PART}\.bpmn|forms/{_PART}\.form", name)
    if named is None:
        text = "Deze naam kan niet. Gebruik kleine letters, cijfers en _, en begin met een letter."
        raise InvalidAnswers({"name": text})
    if len(content) > MAX_BYTES:
        raise InvalidAnswers({"content": "Dit bestand is te groot. Een bestand is hoogstens 2 MB. Verdeel het in fasen."})
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise InvalidAnswers({"content": "Dit bestand is geen tekst in UTF-8. Sla het zo op."}) from None
    if "\0" in text:
        raise InvalidAnswers({"content": "In dit bestand staat een teken dat niet kan. Sla het opnieuw op in een editor."})
    return text


def _as_it_is(tx: Transaction, draft: StudioDraft, name: str, number: int) -> bytes | None:
    if number == 0:
        return _base(tx, draft.base_id).get(name)
    row = queries.save(tx, draft.id, name, number)
    return row.content.encode() if row is not None and row.content is not None else None


def _opened(tx: Transaction, key: str, *, locks: bool = False) -> StudioDraft:
    draft = queries.open_draft(tx, key, locks=locks)
    if draft is None:
        raise NotFound("Van deze procedure is er geen concept. Begin er een in de studio.")
    return draft


def _version(tx: Transaction, version_id: UUID | None) -> ProcedureVersion | None:
    return None if version_id is None else tx.get_one(ProcedureVersion, version_id)


def _base(tx: Transaction, version_id: UUID | None) -> dict[str, bytes]:
    version = _version(tx, version_id)
    return {} if version is None else unpack(version.bundle)
