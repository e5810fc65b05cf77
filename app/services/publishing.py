"""Publishing on the host: a procedure is frozen as a version that new cases start with; running cases keep theirs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain
from typing import Final
from uuid import UUID

from app.catalogue import CatalogueError
from app.domain import ratchet
from app.domain.procedure import Procedure
from app.services.context import App
from app.services.versions import pack
from app.storage.database import Transaction
from app.storage.queries import versions as queries
from app.storage.tables import ProcedureVersion

#: Longer than anybody reads.
MAX_WHY: Final = 2_000


def publish(app: App, procedure: Procedure, *, why: str | None = None) -> int:
    """Publish one procedure as `publish_all` does; gives its version's number."""
    return publish_all(app, [procedure], why=why)[0]


def publish_all(app: App, procedures: Iterable[Procedure], *, why: str | None = None) -> list[int]:
    """Publish procedures as they are now, all or none; gives the number of each. What is published already stays as it is.

    This is the host's right: nobody reviews it. Raises CatalogueError for a question that was confidential and became a fact.
    """
    wanted = list(procedures)
    with app.database.write() as tx:
        published = queries.lock_published(tx)
        sealed = app.versions.ever_sealed(tx)
        names = {one.key: one.name for one in wanted}
        refused = tuple(chain.from_iterable(ratchet.refusals(one.forms.values(), sealed, names) for one in wanted))
        if refused:
            raise CatalogueError(refused)
        return [_publish(tx, one, published, why, app.clock()) for one in wanted]


def freeze(tx: Transaction, key: str, files: Mapping[str, bytes], sha256: str) -> ProcedureVersion:
    """The next version of a procedure, published; who, when and why are yet to be said. What was published is to retire first."""
    row = ProcedureVersion(key=key, number=queries.next_number(tx, key), sha256=sha256, bundle=pack(dict(files)))
    row.status = "published"
    tx.add(row)
    return row


def retire(tx: Transaction, row: ProcedureVersion | None, at: datetime, by: UUID | None) -> None:
    """New cases start with it no more; running ones keep it."""
    if row is not None:
        row.status, row.retired_at, row.retired_by = "retired", at, by
        tx.flush()


def _publish(
    tx: Transaction, procedure: Procedure, published: Mapping[str, ProcedureVersion], why: str | None, now: datetime
) -> int:
    known = published.get(procedure.key)
    if known is not None and known.sha256 == procedure.sha256:
        return known.number
    retire(tx, known, now, None)
    row = freeze(tx, procedure.key, procedure.files, procedure.sha256)
    row.published_at, row.why = now, why
    tx.flush()
    return row.number
