"""Moving by workers that die and by several at once: a procedure moves whole or not at all, and once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from itertools import count
from uuid import UUID

from sqlalchemy import event, select

from app.demo.play import Player
from app.domain.errors import TryAgain
from app.services.context import App
from app.services.moving import plans
from app.services.moving.going import go_on
from app.storage.tables import Deadline, Event, MovedProcedure, Outbox, ProcedureRow, Task
from tests.services.committee import receive_advice, term
from tests.services.moved import SIX_WEEKS, plan, publish_version

FEWEST = 15  # statements of a move; a way of dying that is never reached proves nothing


class Died(TryAgain):
    """The end of a worker, as far as its transaction can tell: the next one comes by again."""


def dies(app: App, at: int) -> bool:
    """Whether moving got as far as its n-th statement, and died behind it."""
    passed = 0

    def point(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal passed
        passed += not statement.startswith(("BEGIN", "PRAGMA"))
        if passed == at:
            raise Died("")

    event.listen(app.database.engine, "after_cursor_execute", point)
    with suppress(Died):
        go_on(app, 10)
    event.remove(app.database.engine, "after_cursor_execute", point)
    return passed >= at


def whole(player: Player) -> tuple[set[UUID | None], datetime, int, int, str]:
    """Everything about the one case that moving changes."""
    with player.app.database.read() as tx:
        versions: set[UUID | None] = {tx.scalars(select(ProcedureRow.version_id)).one()}
        versions |= set(tx.scalars(select(Task.version_id).where(Task.closed_at.is_(None))))
        due = tx.scalars(select(Deadline.due_at).where(Deadline.settled_at.is_(None))).one()
        told = len(tx.scalars(select(Outbox.id).where(Outbox.notice == "term_recomputed")).all())
        events = len(tx.scalars(select(Event.seq).where(Event.kind.in_(("procedure.moved", "term.recomputed")))).all())
        return versions, due, told, events, tx.scalars(select(MovedProcedure.outcome)).one()


def test_a_worker_that_dies_anywhere_leaves_a_procedure_whole(player: Player) -> None:
    number = receive_advice(player)
    plan_id = plan(player, publish_version(player, *SIX_WEEKS), terms="recompute")
    plans.start(player.app, player.actor("marijke"), "committee", plan_id)
    seen = [whole(player)]
    for at in count(1):
        died = dies(player.app, at)
        if whole(player) != seen[-1]:
            seen.append(whole(player))
        if not died:
            break
    assert at > FEWEST
    before, after = seen
    assert (len(before[0]), before[2:], len(after[0]), after[2:]) == (1, (0, 0, "ready"), 1, (2, 2, "moved"))
    assert after[1] == term(player, number).due_at > before[1]


def test_several_workers_move_each_procedure_once(player: Player) -> None:
    for _ in range(8):
        player.start("sanne", "committee", "start_with_adviser", "De Linde")
    plan_id = plan(player, publish_version(player, *SIX_WEEKS))
    plans.start(player.app, player.actor("marijke"), "committee", plan_id)

    def work(_: int) -> int:
        handled = 0
        while found := go_on(player.app, 3):
            handled += found
        return handled

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 8
    with player.app.database.read() as tx:
        assert set(tx.scalars(select(MovedProcedure.outcome))) == {"moved"}
        assert len(tx.scalars(select(Event.seq).where(Event.kind == "procedure.moved")).all()) == 8
