"""Writing to the sealed files of a case. Public keys are enough to write; nobody who writes needs to be able to read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from app.clock import local_day
from app.domain.comments import NAME, is_comment
from app.domain.errors import Forbidden
from app.domain.events import EventKind
from app.domain.procedure import Procedure
from app.domain.roles import READERS, FileKind, Role
from app.services import deputy_keys, dormant, handling
from app.services.context import Actor, App
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import absence_keys as key_queries
from app.storage.queries import files as queries
from app.storage.tables import Entry, File, FileEpoch, FileKey
from app.vault import files as vault
from app.vault.envelope import PrivateKey, PublicKey

_FIRST: Final = 1


def write(
    work: Work,
    kind: FileKind,
    texts: Mapping[str, str],
    *,
    form_id: str,
    task_id: UUID | None,
    shared_by: Role | None = None,
) -> UUID:
    """Add an entry by the acting person; gives its id. Makes the file when it is the first.

    Raises HandlersNeeded when nobody could read it.

    `shared_by`: the lane whose reader shares it out of his own file.
    """
    if work.actor is None:
        raise ValueError("a timer writes nothing sealed")
    epoch = _present_epoch(work, kind)
    entry_id = uuid4()
    place = vault.Place(epoch, entry_id.hex, work.actor.user_id.hex, form_id)
    sealed = vault.seal_entry(place, texts)
    work.tx.add(
        Entry(
            id=entry_id,
            file_id=UUID(epoch.file),
            epoch=epoch.number,
            task_id=task_id,
            author_id=work.actor.user_id,
            form_id=form_id,
            at=work.now,
            sealed_key=sealed.sealed_key,
            ciphertext=sealed.ciphertext,
            commitment=sealed.commitment,
        )
    )
    if shared_by is None:
        work.note(EventKind.ENTRY_WRITTEN, form_id, commitment=sealed.commitment, file=kind.value)
    else:
        work.note(EventKind.ENTRY_SHARED, form_id, commitment=sealed.commitment, file=kind.value, lane=shared_by.value)
    return entry_id


def shut_out(work: Work, role: Role, leaver: Actor) -> None:
    """Somebody handles a lane no longer: his keys of its files go, and what is written from now on is sealed without him.

    Where nobody else could read a file, he lets in those who take over before he goes; else its content would be lost.
    """
    for kind in (kind for kind, reads in READERS.items() if reads is role):
        found = queries.file_with_epoch(work.tx, work.case.id, kind)
        if found is None:
            continue
        file, _ = found
        readers = {key.user_id for key in queries.keys_of(work.tx, file.id) if key.epoch == file.epoch} - {leaver.user_id}
        if not readers:
            _must_open(leaver)
            readers = {handler.user_id for handler in work.handlers if handler.lane == role}
            secrets = secrets_of(work.tx, file, leaver)
            for reader in queries.public_keys(work.tx, sorted(readers, key=str)):
                let_read(work.tx, file, secrets, reader, by=leaver.user_id, now=work.now)
                lend_along(work.app, work.tx, file, secrets, owner_id=reader[0], now=work.now)
        queries.drop_keys(work.tx, file.id, leaver.user_id)
        start_epoch(work, file, file.epoch + 1, readers=sorted(readers, key=str))


def keep_readable(work: Work, role: Role) -> None:
    """People were ticked for a lane: what is written into its files from now on is sealed to them, where no reader is left.

    A reader who is left lets them in himself, after comparing their fingerprints. What was written before stays closed until
    then; where nobody is left it stays closed.
    """
    for kind in (kind for kind, reads in READERS.items() if reads is role):
        found = queries.file_with_epoch(work.tx, work.case.id, kind)
        if found is not None and not queries.has_reader(work.tx, work.case, found[0], role, work.now):
            readers = {handler.user_id for handler in work.handlers if handler.lane == role}
            start_epoch(work, found[0], found[0].epoch + 1, readers=sorted(readers, key=str))


def close_off(work: Work, role: Role) -> None:
    """Nobody handles a lane any more: what is written into its files from now on waits for those who are ticked for it next."""
    for kind in (kind for kind, reads in READERS.items() if reads is role):
        found = queries.file_with_epoch(work.tx, work.case.id, kind)
        if found is not None:
            start_epoch(work, found[0], found[0].epoch + 1, readers=[])


def close_to_former(work: Work, file: File) -> None:
    """Who could open a file until now, and holds no key of it any more, does not read what is written from here on."""
    readers = key_queries.present_holders(work.tx, file)
    if readers:
        start_epoch(work, file, file.epoch + 1, readers=readers)


def _must_open(reader: Actor) -> None:
    """A program that acts for somebody holds no key of his, so it cannot let others in."""
    if reader.private_key is None:
        raise Forbidden(
            "Alleen jij kunt een dossier van deze zaak lezen. Log in en doe deze stap daar, dan laat je een ander binnen."
        )


def secrets_of(tx: Transaction, file: File, reader: Actor) -> dict[int, PrivateKey]:
    """The secrets of the epochs that somebody holds a key of, opened with his own; none when he holds none."""
    epochs = {row.epoch: epoch_of(file, row) for row in queries.epochs_of(tx, file.id)}
    private = reader.private_key
    if private is None:
        return {}
    own = [key for key in queries.keys_of(tx, file.id) if key.user_id == reader.user_id]
    return {key.epoch: vault.open_grant(epochs[key.epoch], private, reader.user_id.hex, key.sealed_secret) for key in own}


def let_read(
    tx: Transaction, file: File, secrets: Mapping[int, PrivateKey], reader: tuple[UUID, bytes], *, by: UUID, now: datetime
) -> None:
    """Seal the secrets of these epochs to another person, given by his id and public key."""
    user_id, public = reader
    for row in queries.epochs_of(tx, file.id):
        if row.epoch in secrets:
            grant = vault.grant(epoch_of(file, row), secrets[row.epoch], user_id.hex, PublicKey(public))
            key = FileKey(file_id=file.id, epoch=row.epoch, user_id=user_id, sealed_secret=grant)
            key.granted_by, key.granted_at = by, now
            tx.add(key)


def lend_along(
    app: App, tx: Transaction, file: File, secrets: Mapping[int, PrivateKey], *, owner_id: UUID, now: datetime
) -> None:
    """Lock keys of the same epochs for whoever acts, or will act, for somebody who was just let into a file."""
    lane, day = READERS[FileKind(file.kind)], local_day(now)
    deputies = key_queries.to_lock_for(tx, file.case_id, lane, [owner_id], now=now, day=day)
    if not deputies:
        return
    epochs = {row.epoch: epoch_of(file, row) for row in queries.epochs_of(tx, file.id)}
    held = {(key.user_id, key.epoch) for key in queries.keys_of(tx, file.id)} | key_queries.locked(tx, file.id)
    for absence_id, deputy_id, public in deputies:
        for number, secret in secrets.items():
            if not held & {(deputy_id, number), (absence_id, number)}:
                tx.add(deputy_keys.lock(app, file, epochs[number], secret, deputy=(absence_id, deputy_id, public)))


def epoch_of(file: File, row: FileEpoch) -> vault.Epoch:
    """A stored epoch as the vault knows it."""
    return vault.Epoch(file.case_id.hex, file.id.hex, row.epoch, PublicKey(row.public_key))


def place_of(epoch: vault.Epoch, entry: Entry) -> vault.Place:
    """Where a stored entry stands, under this epoch."""
    return vault.Place(epoch, entry.id.hex, entry.author_id.hex, entry.form_id)


def stored(entry: Entry) -> vault.SealedEntry:
    """A stored entry as the vault knows it."""
    return vault.SealedEntry(entry.sealed_key, entry.ciphertext, entry.commitment)


def step_of(procedures: Iterable[Procedure], entry: Entry, element_id: str | None) -> str:
    """The name of the step at which an entry was written, as one of the case's procedures calls it; or that it is a comment."""
    if is_comment(entry.form_id, entry.task_id):
        return NAME
    for procedure in procedures:
        drawn = [
            p.elements[element_id] for p in procedure.processes.values() if element_id is not None and element_id in p.elements
        ]
        if drawn and entry.form_id in procedure.forms:
            return drawn[0].name
    return entry.form_id


def _present_epoch(work: Work, kind: FileKind) -> vault.Epoch:
    found = queries.file_with_epoch(work.tx, work.case.id, kind)
    return _create(work, kind) if found is None else epoch_of(*found)


def _create(work: Work, kind: FileKind) -> vault.Epoch:
    """A new file, its secret sealed to every ticked handler of the lane that reads it, and forgotten."""
    handling.ensure(work, READERS[kind])
    readers = [h.user_id for h in work.handlers if h.lane == READERS[kind]]
    file = File(case_id=work.case.id, kind=kind.value, epoch=_FIRST, created_at=work.now)
    work.tx.add(file)
    work.tx.flush()
    return start_epoch(work, file, _FIRST, readers=readers)


def start_epoch(work: Work, file: File, number: int, *, readers: list[UUID]) -> vault.Epoch:
    """A new key pair for a file, its secret sealed to these people (also as sleeping and lent keys) and forgotten."""
    epoch, secret = vault.new_epoch(work.case.id.hex, file.id.hex, number)
    file.epoch = number
    work.tx.add(FileEpoch(file_id=file.id, epoch=number, public_key=bytes(epoch.public), created_at=work.now))
    work.tx.flush()
    for user_id, public in queries.public_keys(work.tx, readers):
        grant = vault.grant(epoch, secret, user_id.hex, PublicKey(public))
        work.tx.add(FileKey(file_id=file.id, epoch=number, user_id=user_id, sealed_secret=grant, granted_at=work.now))
        work.note(EventKind.FILE_GRANTED, file=file.kind, user=user_id.hex)
    dormant.keep(work, file, epoch, secret)
    deputy_keys.keep(work, file, epoch, secret, readers=readers)
    return epoch
