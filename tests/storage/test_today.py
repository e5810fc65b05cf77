"""What an adviser's day asks of the database: his own cases alone, whatever others have."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Uuid, bindparam, text

from app.domain.roles import Role
from app.storage.database import Database, Transaction
from app.storage.queries.today import silent, waking
from app.storage.tables import CaseHandler, Event, Membership, ProcedureRow, Task, User
from tests.storage import rows
from tests.storage.crowd import fill
from tests.storage.plans import explained
from tests.storage.rows import NOW

LONG_AGO, BEFORE = NOW - timedelta(weeks=5), NOW - timedelta(weeks=3)


class Desk:
    """An adviser with one running case."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.where, self.me = rows.place(tx), rows.person(tx)
        self.procedure = rows.procedure(tx, rows.case(tx, self.where), rows.version(tx), NOW + timedelta(days=3))
        self.handler: CaseHandler = rows.handler(tx, self.me, self.procedure, Role.ADVISER)
        self.membership: Membership = rows.member(tx, self.me, Role.ADVISER, self.where)
        self.task: Task = rows.task(tx, self.procedure, Role.ADVISER, self.where)

    def happens(self, at: datetime, seq: int, actor: User | None, of: ProcedureRow | None) -> None:
        self.tx.add(
            Event(
                case_id=self.procedure.case_id,
                seq=seq,
                at=at,
                actor_id=actor.id if actor else None,
                kind="task.completed",
                procedure_id=of.id if of else None,
                detail="{}",
                hash=b"",
            )
        )
        self.tx.flush()

    def silent(self) -> list[datetime]:
        return [one.last_at for one in silent(self.tx, self.me.id, Role.ADVISER, before=BEFORE, now=NOW, limit=9)]

    def waking(self) -> list[ProcedureRow]:
        return [row for row, _ in waking(self.tx, self.me.id, Role.ADVISER, now=NOW, limit=9)]


def test_silence_is_counted_from_the_last_step_that_somebody_took(database: Database) -> None:
    with database.write() as tx:
        desk = Desk(tx)
        desk.happens(LONG_AGO - timedelta(days=9), 1, desk.me, desk.procedure)
        desk.happens(LONG_AGO, 2, desk.me, desk.procedure)
        assert desk.silent() == [LONG_AGO]
        desk.happens(NOW, 3, None, desk.procedure)  # a timer
        desk.happens(NOW, 4, desk.me, None)  # a file was read
        assert desk.silent() == [LONG_AGO]
        desk.happens(BEFORE, 5, rows.person(tx), desk.procedure)
        assert desk.silent() == []


@pytest.mark.parametrize("change", ["ended", "stopped handling", "role ended", "other lane"])
def test_who_no_longer_works_on_it_hears_of_neither(database: Database, change: str) -> None:
    with database.write() as tx:
        desk = Desk(tx)
        desk.happens(LONG_AGO, 1, desk.me, desk.procedure)
        assert (desk.silent(), desk.waking()) == ([LONG_AGO], [desk.procedure])
        if change == "ended":
            desk.procedure.ended_at, desk.procedure.end_element = NOW, "end"
        elif change == "stopped handling":
            desk.handler.until = NOW
        elif change == "role ended":
            desk.membership.until = NOW
        else:
            desk.handler.lane = Role.BOARD.value
        tx.flush()
        assert (desk.silent(), desk.waking()) == ([], [])


@pytest.mark.parametrize(
    ("open_task", "wakes", "set_aside", "rests"),
    [(True, True, False, False), (False, True, False, True), (False, False, False, False), (False, True, True, False)],
)
def test_a_case_that_waits_for_a_day_and_for_nobody_is_not_silent(
    database: Database, open_task: bool, wakes: bool, set_aside: bool, rests: bool
) -> None:
    with database.write() as tx:
        desk = Desk(tx)
        desk.happens(LONG_AGO, 1, desk.me, desk.procedure)
        if not open_task:
            desk.task.closed_at, desk.task.outcome = LONG_AGO, "cancelled"
        desk.procedure.next_wake_at = NOW + timedelta(days=90) if wakes else None
        desk.procedure.set_aside_at = NOW if set_aside else None
        tx.flush()
        assert desk.silent() == ([] if rests else [LONG_AGO])


def test_the_nearest_moment_comes_first_and_none_is_none(database: Database) -> None:
    with database.write() as tx:
        desk = Desk(tx)
        moments = (timedelta(days=1), timedelta(days=9), None)
        for moment in moments:
            wake = None if moment is None else NOW + moment
            other = rows.procedure(tx, rows.case(tx, desk.where), rows.version(tx), wake)
            rows.handler(tx, desk.me, other, Role.ADVISER)
        found = [row.next_wake_at for row in desk.waking()]
        assert found == [NOW + timedelta(days=days) for days in (1, 3, 9)]


def test_both_start_at_ones_own_rows(database: Database, backend: str) -> None:
    with database.write() as tx:
        desk = Desk(tx)
        fill(tx)
        each = "SELECT case_id, row_number() OVER (), started_at, :me, 'task.completed', id, '{}', :hash FROM procedure"
        new = f"INSERT INTO event (case_id, seq, at, actor_id, kind, procedure_id, detail, hash) {each}"
        tx.execute(text(new).bindparams(bindparam("me", desk.me.id, Uuid), hash=b""))
        if backend == "postgresql":
            tx.execute(text("ANALYZE"))
        with explained(database, tx) as plans:
            desk.silent()
            desk.waking()
        assert len(plans) == 2
        for plan in plans:
            assert "ix_case_handler_user" in plan
            assert not re.search(r"SCAN (case_handler|procedure|event|task)\b", plan)
