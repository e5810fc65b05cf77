"""A timer fires once, whoever looks, and a worker never waits for another's case."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from app.storage.database import Database
from app.storage.queries import wakes
from app.storage.tables import Case, ProcedureRow
from tests.storage import rows
from tests.storage.plans import explained
from tests.storage.rows import NOW

MINUTE = timedelta(minutes=1)


def test_due_are_those_whose_moment_has_come_the_longest_overdue_first(database: Database) -> None:
    with database.write() as tx:
        late, now, later = (rows.running(tx, wake) for wake in (NOW - MINUTE, NOW, NOW + MINUTE))
        rows.running(tx)
        rows.running(tx, NOW - MINUTE).set_aside_at = NOW
        tx.flush()
        assert wakes.due_procedures(tx, NOW, 10) == [(late.id, late.case_id), (now.id, now.case_id)]
        assert wakes.due_procedures(tx, NOW, 1) == [(late.id, late.case_id)]
        assert wakes.due_procedures(tx, NOW + MINUTE, 10)[-1] == (later.id, later.case_id)
        assert wakes.next_wake(tx) == NOW - MINUTE


def test_nothing_waits_in_an_empty_database(database: Database) -> None:
    with database.read() as tx:
        assert wakes.next_wake(tx) is None
        assert wakes.due_procedures(tx, NOW, 10) == []


def test_a_claim_looks_again_whether_the_procedure_is_still_due(database: Database) -> None:
    with database.write() as tx:
        made = rows.running(tx, NOW)
        claimed = wakes.claim(tx, made.case_id, made.id, NOW)
        assert claimed is not None
        assert claimed[1] is made
        made.next_wake_at = NOW + MINUTE
        tx.flush()
        assert wakes.claim(tx, made.case_id, made.id, NOW) is None
        made.next_wake_at, made.set_aside_at = NOW, NOW
        tx.flush()
        assert wakes.claim(tx, made.case_id, made.id, NOW) is None


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer at a time: there a worker waits
def test_a_case_that_another_works_on_is_skipped_without_waiting(database: Database) -> None:
    with database.write() as tx:
        busy, free = rows.running(tx, NOW), rows.running(tx, NOW)
    with database.write() as first, database.write() as second:
        assert wakes.claim(first, busy.case_id, busy.id, NOW) is not None
        assert wakes.claim(second, busy.case_id, busy.id, NOW) is None
        assert wakes.claim(second, free.case_id, free.id, NOW) is not None


def fire(url: str) -> list[UUID]:
    """A worker: takes what is due until nothing is left; returns what it fired."""
    database = Database(url)
    fired: list[UUID] = []
    while True:
        with database.read() as tx:
            due = wakes.due_procedures(tx, NOW, 5)
        if not due:
            return fired
        for procedure_id, case_id in due:
            with database.write() as tx:
                claimed = wakes.claim(tx, case_id, procedure_id, NOW)
                if claimed is not None:
                    claimed[0].event_count += 1
                    claimed[1].next_wake_at = None
                    fired.append(procedure_id)


def test_three_processes_fire_each_of_sixty_timers_once(database: Database, database_url: str) -> None:
    with database.write() as tx:
        made = {rows.running(tx, NOW).id for _ in range(60)}
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
        fired = [procedure_id for worker in pool.map(fire, [database_url] * 3) for procedure_id in worker]
    assert len(fired) == len(made)
    assert set(fired) == made
    with database.read() as tx:
        assert set(tx.scalars(select(Case.event_count))) == {1}


def test_the_worker_finds_what_is_due_by_an_index(database: Database, backend: str) -> None:
    with database.write() as tx:
        made = rows.running(tx, NOW)
        many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        names = ", ".join(column.name for column in ProcedureRow.__table__.columns if column.name != "id")
        number = "printf('%032x', i)" if backend == "sqlite" else "lpad(to_hex(i), 32, '0')::uuid"
        values = names.replace("next_wake_at", "NULL")
        copies = f"INSERT INTO procedure (id, {names}) {many} SELECT {number}, {values} FROM procedure, n"  # noqa: S608
        tx.execute(text(copies))
        tx.execute(text("ANALYZE procedure"))
        with explained(database, tx) as plans:
            assert wakes.due_procedures(tx, NOW, 10) == [(made.id, made.case_id)]
            assert wakes.next_wake(tx) == NOW
        assert ["ix_procedure_wake" in plan for plan in plans] == [True, True]
