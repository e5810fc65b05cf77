"""Publishing: a procedure that the catalogue found whole is frozen under its sha256; running cases keep what they have."""

from app.domain.procedure import Procedure
from app.services.context import App
from app.services.versions import pack
from app.storage.queries import versions as queries
from app.storage.tables import ProcedureVersion


def publish(app: App, procedure: Procedure) -> int:
    """Publish a procedure as it is now; gives the version's number. What is published already stays as it is."""
    with app.database.write() as tx:
        known = queries.by_sha256(tx, procedure.key, procedure.sha256)
        if known is not None and known.status == "published":
            return known.number
        queries.retire(tx, procedure.key)
        if known is None:
            known = ProcedureVersion(key=procedure.key, number=queries.next_number(tx, procedure.key), sha256=procedure.sha256)
            known.bundle = pack(dict(procedure.files))
            tx.add(known)
        known.status, known.published_at = "published", app.clock()
        return known.number
