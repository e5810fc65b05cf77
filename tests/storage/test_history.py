"""The history of a case cannot be changed unseen: not through the code, not with rights on the database."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.cli import main
from app.domain.events import EVENT_TEXT, EventKind
from app.storage import ledger
from app.storage.database import Database, Transaction
from app.storage.history import NewEvent, append, chained_hash
from app.storage.queries.cases import lock_case
from app.storage.tables import Case, Event
from app.storage.verify import Trouble, verify
from tests.storage import rows
from tests.storage.rows import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger" / "ledger.jsonl"


def write_history(database: Database, lines: int) -> str:
    """A case with so many lines; returns its number."""
    with database.write() as tx:
        case, actor = rows.case(tx, rows.place(tx)), rows.person(tx)
        for number in range(lines):
            detail: dict[str, str | int | None] = {
                "last_day": "2026-12-28",
                "round": number,
                "lane": "board",
                "user": actor.id.hex,
            }
            at = NOW + timedelta(minutes=number, microseconds=number)
            append(tx, case, NewEvent(EventKind.TERM_STARTED, at, actor.id, None, "board_response", detail, b"\x01"))
        return case.number


def as_attacker(database: Database, attack: Callable[[Transaction], None]) -> None:
    """Somebody with all rights on the database switches its own protection off first."""
    on_sqlite = database.engine.dialect.name == "sqlite"
    with database.write() as tx:
        if on_sqlite:
            tx.execute(text("DROP TRIGGER event_refuse_update"))
            tx.execute(text("DROP TRIGGER event_refuse_delete"))
        else:
            tx.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
        attack(tx)


def sql(*statements: str) -> Callable[[Transaction], None]:
    """An attack in plain SQL; FIRST is the id of the first case."""

    def attack(tx: Transaction) -> None:
        for statement in statements:
            tx.execute(text(statement.replace("FIRST", '(SELECT id FROM "case" ORDER BY number LIMIT 1)')))

    return attack


def troubles(database: Database, path: Path) -> set[Trouble]:
    with database.read() as tx:
        return {problem.trouble for problem in verify(tx, path)}


def anchor(database: Database, path: Path) -> ledger.Anchor:
    with database.read() as tx:
        return ledger.anchor(tx, path, NOW)


@pytest.fixture
def written(database: Database, path: Path) -> Database:
    """Two cases of four lines, all of them anchored."""
    write_history(database, 4)
    write_history(database, 4)
    anchor(database, path)
    return database


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'case.closed'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_a_history(written: Database, path: Path, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), written.write() as tx:
        tx.execute(text(statement))
    assert troubles(written, path) == set()


def test_an_untouched_history_verifies_before_and_after_it_grows(written: Database, path: Path) -> None:
    assert troubles(written, path) == set()
    with written.write() as tx:
        case = lock_case(tx, tx.scalars(select(Case.id).limit(1)).one())
        append(tx, case, NewEvent(EventKind.CASE_CLOSED, NOW))
    assert troubles(written, path) == set()
    anchor(written, path)
    assert troubles(written, path) == set()


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'term.met'",
        "at = '2026-11-27 09:31:00.000000+00:00'",
        "actor_id = NULL",
        "element_id = 'advice'",
        "detail = '{}'",
        "commitment = NULL",
    ],
)
def test_a_changed_event_is_found(written: Database, path: Path, change: str) -> None:
    if written.engine.dialect.name == "sqlite":
        change = change.replace("+00:00", "")
    as_attacker(written, sql("UPDATE event SET CHANGE WHERE seq = 3 AND case_id = FIRST".replace("CHANGE", change)))
    with written.read() as tx:
        assert [(problem.trouble, problem.seq) for problem in verify(tx, path)] == [(Trouble.CHANGED, 3)]


def test_a_removed_event_is_found(written: Database, path: Path) -> None:
    as_attacker(written, sql("DELETE FROM event WHERE seq = 2 AND case_id = FIRST"))
    with written.read() as tx:
        assert [(problem.trouble, problem.seq) for problem in verify(tx, path)] == [(Trouble.REMOVED, 2)]


def test_an_event_added_behind_our_back_is_found(written: Database, path: Path) -> None:
    copy = "SELECT case_id, 5, at, kind, detail, hash FROM event WHERE seq = 4 AND case_id = FIRST"
    as_attacker(written, sql("INSERT INTO event (case_id, seq, at, kind, detail, hash) " + copy))
    assert troubles(written, path) == {Trouble.CHANGED, Trouble.INSERTED}


def test_an_event_slipped_in_between_is_found(written: Database, path: Path) -> None:
    def attack(tx: Transaction) -> None:
        case = tx.scalars(select(Case).order_by(Case.number).limit(1)).one()
        last = tx.scalars(select(Event).where(Event.case_id == case.id, Event.seq == 4)).one()
        last.seq = 5
        tx.flush()
        third = tx.scalars(select(Event).where(Event.case_id == case.id, Event.seq == 3)).one()
        false = Event(case_id=case.id, seq=4, at=NOW, kind="term.met", detail="{}")
        false.hash = chained_hash(third.hash, false)
        last.hash = chained_hash(false.hash, last)
        case.event_count, case.event_head = 5, last.hash
        tx.add(false)

    as_attacker(written, attack)
    with written.read() as tx:  # the chain itself is whole again: only the ledger knows better
        assert [(problem.trouble, problem.seq) for problem in verify(tx, path)] == [(Trouble.CHANGED, 4)]


def test_a_cut_tail_is_found_without_a_ledger_line_about_it(database: Database, path: Path) -> None:
    anchor(database, path)
    write_history(database, 4)
    as_attacker(database, sql("DELETE FROM event WHERE seq > 2"))
    assert troubles(database, path) == {Trouble.CUT}


CUT_AND_REPAIR = (
    "DELETE FROM event WHERE seq > 2 AND case_id = FIRST",
    'UPDATE "case" SET event_count = 2, event_head = (SELECT hash FROM event WHERE seq = 2 AND case_id = FIRST) WHERE id = FIRST',
)


def test_a_cut_tail_with_the_case_repaired_is_found_by_the_ledger(written: Database, path: Path) -> None:
    as_attacker(written, sql(*CUT_AND_REPAIR))
    assert troubles(written, path) == {Trouble.CUT}


def test_a_later_line_in_the_ledger_does_not_hide_what_was_cut_before_it(written: Database, path: Path) -> None:
    as_attacker(written, sql(*CUT_AND_REPAIR))
    anchor(written, path)
    assert troubles(written, path) == {Trouble.CUT}


def test_a_case_that_vanished_is_found_unless_it_was_destroyed_on_purpose(written: Database, path: Path) -> None:
    with written.read() as tx:
        gone = tx.scalars(select(Case.id).order_by(Case.number).limit(1)).one()
    as_attacker(written, sql("DELETE FROM event WHERE case_id = FIRST", 'DELETE FROM "case" WHERE id = FIRST'))
    assert troubles(written, path) == {Trouble.CASE_GONE}
    with written.read() as tx:
        ledger.anchor(tx, path, NOW, destroyed=[gone])
    assert troubles(written, path) == set()


def test_a_text_does_not_fit_in_an_event(database: Database) -> None:
    with database.write() as tx:
        case = rows.case(tx, rows.place(tx))
        for bad in ("zeepaardje zegt dit", "Fatima", "2026-11-27 09:30", "a" * 81, "één"):
            with pytest.raises(ValueError, match="detail"):
                append(tx, case, NewEvent(EventKind.CASE_OPENED, NOW, detail={"lane": bad}))
        with pytest.raises(ValueError, match="plain key"):
            append(tx, case, NewEvent(EventKind.CASE_OPENED, NOW, detail={"Wat ze zei": 1}))
        with pytest.raises(ValueError, match="by its id"):
            append(tx, case, NewEvent(EventKind.CASE_OPENED, NOW, element_id="Wat ze zei"))
        assert case.event_count == 0


def test_every_kind_of_event_has_a_sentence() -> None:
    assert set(EVENT_TEXT) == set(EventKind)
    assert [kind.name for kind in EventKind] == sorted(kind.name for kind in EventKind)


def run(url: str, path: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["verify-log", "--database", url, "--ledger", str(path), *options])
    return result.exit_code, result.output


def test_the_command_says_yes_with_0_and_no_with_1(written: Database, database_url: str, path: Path) -> None:
    assert run(database_url, path) == (0, "De geschiedenis van alle zaken klopt.\n")
    assert run(database_url, path, "--json") == (0, "[]\n")
    as_attacker(written, sql("DELETE FROM event WHERE seq = 2 AND case_id = FIRST"))
    code, output = run(database_url, path)
    assert code == 1
    assert "Regel 2 is verwijderd." in output
    code, output = run(database_url, path, "--json")
    assert (code, json.loads(output)[0]["trouble"]) == (1, "removed")
