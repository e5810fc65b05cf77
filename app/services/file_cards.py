"""Which sealed files of a case a person may know of, who reads them, and who waits to be let in."""

from collections.abc import Iterable
from datetime import datetime

from app.domain.policy import Permission, may
from app.domain.roles import READERS, FileKind, Role
from app.services.context import Actor
from app.services.views.case import FileCard
from app.storage.database import Transaction
from app.storage.queries import absence_keys as key_queries
from app.storage.queries import files as queries
from app.storage.queries import pages as page_queries
from app.storage.tables import Case
from app.vault.envelope import PublicKey
from app.vault.people import fingerprint


def cards_of(tx: Transaction, actor: Actor, case: Case, lanes: Iterable[frozenset[Role]], now: datetime) -> tuple[FileCard, ...]:
    """The files whose readers this person belongs to by his lanes; whether he holds a key decides if he may open one."""
    own = frozenset().union(*lanes)
    lent: set[FileKind] | None = None
    names = page_queries.reader_names(tx, case.id)
    cards = []
    for file in queries.files_of(tx, case.id):
        kind = FileKind(file.kind)
        if not may(own, Permission.FILE_READ, READERS[kind]):
            continue
        holders = {key.user_id for key in queries.keys_of(tx, file.id) if key.epoch == file.epoch}
        if actor.user_id not in holders and lent is None:
            lent = key_queries.has_keys(tx, case.id, actor.user_id)
        waiting = queries.waiting_readers(tx, case, READERS[kind], holders, now) if actor.user_id in holders else []
        cards.append(
            FileCard(
                kind=kind,
                readers=names.get(kind.value, ()),
                entries=queries.number_of_entries(tx, file.id),
                may_open=actor.private_key is not None and (actor.user_id in holders or kind in (lent or ())),
                waiting=tuple((user.id, user.name, fingerprint(PublicKey(user.public_key))) for user in waiting),
            )
        )
    return tuple(cards)
