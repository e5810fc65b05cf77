"""One transaction per intention: committed or rolled back, never half; nothing of concurrent writers is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import column, func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from app.domain.errors import Conflict, TryAgain
from app.storage.database import Database
from app.storage.tables import Board, Case, ProcedureRow
from tests.storage import rows


def boards(database: Database) -> list[str]:
    with database.read() as tx:
        return list(tx.scalars(select(Board.name)))


def test_a_write_commits_when_its_block_ends(database: Database) -> None:
    with database.write() as tx:
        tx.add(Board(name="Stichting Noord"))
    assert boards(database) == ["Stichting Noord"]


def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(LookupError), database.write() as tx:  # noqa: PT012 - the block is what is tested
        tx.add(Board(name="Stichting Noord"))
        tx.flush()
        raise LookupError
    assert boards(database) == []


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as tx:
        tx.add(Board(name="Stichting Noord"))
    with database.write() as tx:  # also where the same connection writes again
        tx.add(Board(name="Stichting Zuid"))
    assert boards(database) == ["Stichting Zuid"]


def test_rows_stay_readable_after_the_commit(database: Database) -> None:
    with database.write() as tx:
        board = rows.place(tx).board_id
        found = tx.get_one(Board, board)
    assert found.name.startswith("Bestuur")


def test_a_value_that_is_taken_is_a_conflict(database: Database) -> None:
    with database.write() as tx:
        tx.add(Board(name="Stichting Noord"))
    with pytest.raises(Conflict, match="Dit bestaat al"), database.write() as tx:
        tx.add(Board(name="Stichting Noord"))


def test_a_row_that_somebody_else_changed_is_a_conflict(database: Database) -> None:
    with database.write() as tx:
        stale = rows.running(tx)
    made = stale.id
    with database.write() as tx:
        tx.get_one(ProcedureRow, made).state = "newer"
    stale.state = "older"
    with pytest.raises(Conflict, match="Iemand anders"), database.write() as tx:
        tx.add(stale)
    with database.read() as tx:
        assert tx.get_one(ProcedureRow, made).state == "newer"


def test_a_broken_rule_of_the_database_is_no_conflict(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as tx:
        tx.add(Case(number="2026-7KQ4", school_id=UUID(int=1), board_id=UUID(int=2), opened_at=rows.NOW))


def test_a_moment_without_a_zone_is_refused_and_an_aware_one_comes_back_the_same(database: Database) -> None:
    with database.write() as tx:
        made = rows.case(tx, rows.place(tx))
    with database.read() as tx:
        assert tx.get_one(Case, made.id).opened_at == rows.NOW
    with pytest.raises(StatementError, match="time zone"), database.write() as tx:
        tx.get_one(Case, made.id).closed_at = datetime(2026, 11, 27)  # noqa: DTZ001 - what is refused


def test_counting_sees_statements_and_neither_begin_nor_commit(database: Database) -> None:
    with database.count() as statements, database.write() as tx:
        tx.execute(text("SELECT 1"))
    assert statements.sent == ["SELECT 1"]
    with database.read() as tx:
        tx.execute(text("SELECT 2"))
    assert statements.number == 1


def test_eight_hundred_concurrent_increments_are_all_kept(database: Database) -> None:
    with database.write() as tx:
        made = rows.case(tx, rows.place(tx))

    def increment(_round: int) -> None:
        with database.write() as tx:
            locked = tx.scalars(select(Case).where(Case.id == made.id).with_for_update()).one()
            locked.event_count += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increment, range(800)))
    with database.read() as tx:
        assert tx.get_one(Case, made.id).event_count == 800


def test_sqlite_keeps_what_it_committed_and_watches_references(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path / 'test.db'}").read() as tx:
        settings = {name: tx.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has no connection that can be lost
def test_a_lost_connection_is_worth_another_try_and_shows_no_values(database: Database) -> None:
    with pytest.raises(TryAgain) as lost, database.write() as tx:
        tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid()), :value"), {"value": "zeepaardje"})
    assert "zeepaardje" not in str(lost.value.__cause__)
    with database.write() as tx:
        assert tx.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize("backend", ["postgresql"])
def test_connections_that_were_lost_while_they_were_idle_are_replaced_unnoticed(
    database: Database, fresh_postgres: Callable[..., str]
) -> None:
    with database.write() as tx:
        tx.add(Board(name="Stichting Noord"))
    assert boards(database) == ["Stichting Noord"]
    elsewhere = Database(fresh_postgres())
    here = select(func.pg_terminate_backend(column("pid"), 10_000)).select_from(text("pg_stat_activity"))
    with elsewhere.read() as tx:
        ended = tx.scalars(here.where(text("datname = :name")), {"name": database.engine.url.database}).all()
    elsewhere.close()
    assert ended == [True, True]
    assert boards(database) == ["Stichting Noord"]
    with database.write() as tx:
        tx.add(Board(name="Stichting Zuid"))


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_reader_on_postgresql_asks_in_one_journey_to_the_server(database: Database) -> None:
    with database.read() as tx:
        connection = tx.connection().connection.dbapi_connection
        assert isinstance(connection, psycopg.Connection)
        tx.scalars(select(Board.name)).all()
        assert connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE


def test_a_database_that_cannot_be_reached_is_worth_another_try() -> None:
    nowhere = Database("postgresql://127.0.0.1:1/nowhere")
    with pytest.raises(TryAgain), nowhere.read() as tx:
        tx.execute(text("SELECT 1"))
    nowhere.close()
