"""How somebody likes to work: where signing in and completing a task lead, and whether single keys do something."""

from uuid import UUID

from app.domain.comfort import AfterTask, Start
from app.domain.errors import InvalidAnswers, NotFound
from app.services.context import Actor, App, Ways
from app.storage.database import Transaction
from app.storage.queries import comfort as queries
from app.storage.tables import Preference


def choose(app: App, actor: Actor, *, start: str, view_id: UUID | None, after_task: str) -> None:
    """Choose where signing in leads (`view_id` with a view), and completing a task. Raises InvalidAnswers, NotFound."""
    if start not in set(Start):
        raise InvalidAnswers({"start": "Kies waar je begint."})
    if after_task not in set(AfterTask):
        raise InvalidAnswers({"after_task": "Kies wat je ziet als een taak klaar is."})
    with app.database.write() as tx:
        if start == Start.VIEW and view_id not in {view.id for view in queries.views(tx, actor.user_id, app.clock())}:
            raise NotFound
        row = _row(tx, actor)
        row.start, row.start_view_id = start, view_id if start == Start.VIEW else None
        row.after_task = after_task


def choose_keys(app: App, actor: Actor, *, on: bool) -> None:
    """Choose whether single keys do something (WCAG 2.1.4: whoever speaks to his computer wants none)."""
    with app.database.write() as tx:
        _row(tx, actor).shortcuts = on


def _row(tx: Transaction, actor: Actor) -> Preference:
    row = tx.get(Preference, actor.user_id, with_for_update=True)
    if row is None:
        usual = Ways()
        row = Preference(user_id=actor.user_id, start=usual.start, after_task=usual.after_task, shortcuts=usual.shortcuts)
        tx.add(row)
    return row
