"""Keys that are lent: the secret of an epoch, sealed to a deputy and locked once more under the server's key.

The owner lays them down with his own key; the server unlocks one in a request of the deputy, on a day of the absence, and never
keeps it unlocked. They are deleted when the absence ends.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.clock import local_day
from app.domain.roles import READERS, FileKind
from app.services.at_rest import open_deputy_key, seal_deputy_key
from app.services.context import Actor, App
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import absence_keys as queries
from app.storage.tables import AbsenceKey, File
from app.vault import files as vault
from app.vault.envelope import PrivateKey, PublicKey


@dataclass(frozen=True, slots=True)
class Lent:
    """The secrets of epochs that were unlocked for a deputy, and for whom he acts."""

    secrets: Mapping[int, PrivateKey]
    owner_id: UUID


def lock(app: App, file: File, epoch: vault.Epoch, secret: PrivateKey, *, deputy: tuple[UUID, UUID, bytes]) -> AbsenceKey:
    """A key of an epoch for a deputy, given by absence, his id and his public key."""
    absence_id, user_id, public = deputy
    grant = vault.grant(epoch, secret, user_id.hex, PublicKey(public))
    wrapped = seal_deputy_key(app.server_keys, absence_id, file.id, epoch.number, grant)
    return AbsenceKey(absence_id=absence_id, file_id=file.id, epoch=epoch.number, wrapped=wrapped)


def keep(work: Work, file: File, epoch: vault.Epoch, secret: PrivateKey, *, readers: Collection[UUID]) -> None:
    """Lock a key of a new epoch for whoever acts, or will act, for one of its readers."""
    lane, day = READERS[FileKind(file.kind)], local_day(work.now)
    if not any(stand.lane == lane and stand.owner_id in readers for stand in work.left):
        return
    with work.tx.no_autoflush:  # what this transition wrote so far is written together with the rest
        found = queries.to_lock_for(work.tx, work.case.id, lane, readers, now=work.now, day=day)
    for deputy in found:
        work.tx.add(lock(work.app, file, epoch, secret, deputy=deputy))


def unlock(
    app: App, tx: Transaction, file: File, reader: Actor, *, epochs: Mapping[int, vault.Epoch], now: datetime
) -> Lent | None:
    """What a deputy may open of a file now; None when he acts for none of its readers. That he opened it is written down.

    The day is read anew: the case is locked, and waiting for that may have taken until after midnight. Raises Tampered and
    NotAReader when a key was changed, or was made for somebody else.
    """
    if reader.private_key is None:
        return None
    lane, day = READERS[FileKind(file.kind)], local_day(app.clock())
    found = queries.usable(tx, file, reader.user_id, now=now, day=day, lane=lane)
    secrets = {}
    for row, _ in found:
        grant = open_deputy_key(app.server_keys, row.absence_id, file.id, row.epoch, row.wrapped)
        secrets[row.epoch] = vault.open_grant(epochs[row.epoch], reader.private_key, reader.user_id.hex, grant)
        row.opened_at = row.opened_at or now
    return Lent(secrets, found[0][1]) if found else None
