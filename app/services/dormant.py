"""Keys that sleep: for the one who may take a case over in illness, sealed to him and locked once more under the server's key.

Neither of the two opens anything alone. They wake in the replacement's own request, when he takes the case over.
"""

from app.domain.events import EventKind
from app.domain.roles import FileKind, Role
from app.services.at_rest import open_dormant, seal_dormant
from app.services.context import Actor
from app.services.work import Work
from app.storage.queries import files as file_queries
from app.storage.queries import replacements as queries
from app.storage.tables import DormantKey, File, FileKey
from app.vault import files as vault
from app.vault.envelope import PrivateKey, PublicKey


def keep(work: Work, file: File, epoch: vault.Epoch, secret: PrivateKey) -> None:
    """Where this case has a replacement, let a key of this epoch of the adviser's file sleep for him."""
    if file.kind != FileKind.ADVISER:
        return
    with work.tx.no_autoflush:  # what this transition wrote so far is written together with the rest
        named = queries.replacement_of(work.tx, work.case.id)
    if named is None:
        return
    for user_id, public in file_queries.public_keys(work.tx, [named.user_id]):
        grant = vault.grant(epoch, secret, user_id.hex, PublicKey(public))
        wrapped = seal_dormant(work.app.server_keys, file.id, epoch.number, grant)
        work.tx.add(DormantKey(file_id=file.id, epoch=epoch.number, user_id=user_id, wrapped=wrapped))


def wake(work: Work, file: File, reader: Actor, epochs: dict[int, vault.Epoch]) -> None:
    """Turn the sleeping keys of a file into keys of the acting person; they open with his own private key alone.

    Raises Tampered and NotAReader when one of them was changed, or was made for somebody else.
    """
    if reader.private_key is None:
        raise ValueError("sleeping keys wake in a reader's own request")
    for row in queries.dormant_keys(work.tx, file.id, reader.user_id):
        grant = open_dormant(work.app.server_keys, file.id, row.epoch, row.wrapped)
        vault.open_grant(epochs[row.epoch], reader.private_key, reader.user_id.hex, grant)
        work.tx.add(FileKey(file_id=file.id, epoch=row.epoch, user_id=reader.user_id, sealed_secret=grant, granted_at=work.now))


def drop(work: Work) -> None:
    """The case has no replacement any more: his sleeping keys go with the consent that they stood on."""
    named = queries.replacement_of(work.tx, work.case.id)
    if named is None:
        return
    queries.drop_dormant_keys(work.tx, work.case.id)
    work.tx.delete(named)
    work.tx.flush()  # the next one named may be written in this same transition
    work.note(EventKind.REPLACEMENT_DROPPED, lane=Role.ADVISER.value, user=named.user_id.hex)
