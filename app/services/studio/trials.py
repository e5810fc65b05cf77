"""What somebody tries with a procedure: the steps so far, as text. Each has his own; nobody else sees it."""

from app.domain.errors import Conflict
from app.services.context import Actor, App
from app.services.studio import access
from app.storage.queries import stories as queries
from app.storage.tables import StudioTrial

_MOVED = "Je verhaal is intussen verder, misschien in een ander venster. Kijk waar het nu staat, en ga van daar verder."


def read(app: App, actor: Actor, key: str) -> str:
    """The text of the trial, empty when there is none. Raises NotFound for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        row = queries.trial(tx, key, actor.user_id)
        return "" if row is None else row.text


def write(app: App, actor: Actor, key: str, text: str, *, was: str) -> None:
    """Put a text in the place of what it was; empty: the trial goes. Raises Conflict when it is no longer what it was."""
    with app.database.write() as tx:
        access.enter(app, tx, actor)
        row = queries.trial(tx, key, actor.user_id, locks=True)
        if (row.text if row else "") != was:
            raise Conflict(_MOVED)
        if row is None:
            tx.add(StudioTrial(key=key, user_id=actor.user_id, text=text, changed_at=app.clock()))
        elif not text:
            tx.delete(row)
        else:
            row.text, row.changed_at = text, app.clock()
