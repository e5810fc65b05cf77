"""Opening a sealed file, and letting in a new reader. Both in a reader's own request, and both recorded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain.comments import is_comment
from app.domain.errors import Forbidden, NotFound
from app.domain.events import EventKind
from app.domain.forms import Party
from app.domain.policy import Permission, may
from app.domain.procedure import Procedure
from app.domain.roles import READERS, FileKind, Role
from app.services import deputy_keys
from app.services.context import Actor, App
from app.services.sealed import epoch_of, lend_along, let_read, place_of, secrets_of, step_of, stored
from app.services.views.case import FileEntry, FilePage
from app.storage import history
from app.storage.database import Transaction
from app.storage.queries import bell as bell_queries
from app.storage.queries import cases as case_queries
from app.storage.queries import comments as comment_queries
from app.storage.queries import files as queries
from app.storage.queries import pages as page_queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, Entry, File, User
from app.vault import files as vault
from app.vault.envelope import PrivateKey, PublicKey
from app.vault.people import fingerprint

_NO_KEY = "Je kunt dit dossier nog niet lezen. Iemand die het al leest, moet je eerst toegang geven."


def open_file(app: App, actor: Actor, number: str, kind: FileKind) -> FilePage:
    """Read a file; that it was opened is recorded. Raises NotFound, and Forbidden for who handles its lane without a key."""
    now = app.clock()
    with app.database.write() as tx:
        case, file = _file(app, tx, actor, number, kind, now=now)
        epochs = {row.epoch: epoch_of(file, row) for row in queries.epochs_of(tx, file.id)}
        secrets, behalf = _opened(app, tx, file, actor, epochs=epochs, now=now)
        procedures = [app.versions.get(tx, version_id).procedure for version_id in work_queries.versions_run(tx, case.id)]
        shared, new = queries.shared_commitments(tx, case.id), comment_queries.see(tx, file.id, actor.user_id)
        bell_queries.see(tx, actor.user_id, now, bell_queries.of_comments(case.id, READERS[kind]))
        opened = [
            (
                entry,
                vault.open_entry(place_of(epochs[entry.epoch], entry), secrets[entry.epoch], stored(entry)),
                (name, element_id),
            )
            for entry, name, element_id in queries.entries_of(tx, file.id)
            if entry.epoch in secrets
        ]
        entries = tuple(
            replace(_entry(procedures, entry, texts, written), shared=entry.commitment in shared, new=entry.id in new)
            for entry, texts, written in opened
        )
        parties = _parties(procedures, [(entry.form_id, texts) for entry, texts, _ in opened])
        detail = {"file": kind.value} | ({"on_behalf_of": behalf.hex} if behalf else {})
        history.append(tx, case, history.NewEvent(EventKind.FILE_OPENED, now, actor.user_id, detail=detail))
        return FilePage(kind, number, page_queries.reader_names(tx, case.id).get(kind.value, ()), entries, parties)


def let_in(app: App, actor: Actor, number: str, kind: FileKind, *, user_id: UUID, fingerprint_seen: str) -> None:
    """Give a new reader the key, after comparing the fingerprint that was shown. Raises NotFound, Forbidden."""
    now = app.clock()
    with app.database.write() as tx:
        case, file = _file(app, tx, actor, number, kind, now=now)
        secrets = _secrets(tx, file, actor)
        holders = {key.user_id for key in queries.keys_of(tx, file.id) if key.epoch == file.epoch}
        reader = next((u for u in queries.waiting_readers(tx, case, READERS[kind], holders, now) if u.id == user_id), None)
        if reader is None:
            raise NotFound
        _check_fingerprint(reader, fingerprint_seen)
        let_read(tx, file, secrets, (reader.id, reader.public_key), by=actor.user_id, now=now)
        lend_along(app, tx, file, secrets, owner_id=reader.id, now=now)
        detail = {"file": kind.value, "user": reader.id.hex}
        history.append(tx, case, history.NewEvent(EventKind.FILE_GRANTED, now, actor.user_id, detail=detail))


def _file(app: App, tx: Transaction, actor: Actor, number: str, kind: FileKind, *, now: datetime) -> tuple[Case, File]:
    """A file of a case that this person may know of, with the case locked: reading is an event too."""
    found = case_queries.case_by_number(tx, number)
    if found is None:
        raise NotFound
    case = case_queries.lock_case(tx, found.id)
    rows = work_queries.procedures_of(tx, case.id)
    lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id for row in rows], now=now)
    own: frozenset[Role] = frozenset().union(*lanes.values())
    file = next((f for f in queries.files_of(tx, case.id) if f.kind == kind), None)
    if file is None or not may(own, Permission.FILE_READ, READERS[kind]):
        raise NotFound
    return case, file


def _opened(
    app: App, tx: Transaction, file: File, actor: Actor, *, epochs: Mapping[int, vault.Epoch], now: datetime
) -> tuple[Mapping[int, PrivateKey], UUID | None]:
    """The secrets that this person may use, his own first, and for whom he reads where he has none. Raises Forbidden."""
    own = secrets_of(tx, file, actor)
    if file.epoch in own:
        return own, None
    lent = deputy_keys.unlock(app, tx, file, actor, epochs=epochs, now=now)
    if lent is None:
        return _secrets(tx, file, actor), None
    return {**lent.secrets, **own}, lent.owner_id


def _secrets(tx: Transaction, file: File, actor: Actor) -> dict[int, PrivateKey]:
    """The secrets of the epochs that this person holds a key of. Raises Forbidden when there are none."""
    secrets = secrets_of(tx, file, actor)
    if not secrets:
        raise Forbidden(_NO_KEY)
    return secrets


def _entry(procedures: list[Procedure], entry: Entry, texts: dict[str, str], written: tuple[str, str | None]) -> FileEntry:
    """`written`: the name of its author, and the step."""
    author, element_id = written
    procedure = next((p for p in procedures if entry.form_id in p.forms), None)
    labels = {field.key: field.label for field in procedure.forms[entry.form_id].fields} if procedure else {}
    fields = tuple((labels.get(key, key), text) for key, text in texts.items())
    comment = is_comment(entry.form_id, entry.task_id)
    return FileEntry(entry.at, author, step_of(procedures, entry, element_id), fields, comment=comment)


def _parties(procedures: list[Procedure], written: list[tuple[str, dict[str, str]]]) -> tuple[tuple[Party, str], ...]:
    """Whom the texts of a file name, by the last text about each; `written` are the forms with their texts, the oldest first."""
    forms = {form_id: form for procedure in procedures for form_id, form in procedure.forms.items()}
    last: dict[Party, str] = {}
    for form_id, texts in written:
        fields = forms[form_id].fields if form_id in forms else ()
        last |= {field.party: texts[field.key] for field in fields if field.party is not None and texts.get(field.key)}
    return tuple((party, last[party]) for party in Party if party in last)


def _check_fingerprint(reader: User, seen: str) -> None:
    if fingerprint(PublicKey(reader.public_key)) != seen:
        raise Forbidden("De vingerafdruk is veranderd sinds je de pagina opende. Vergelijk hem opnieuw.")
