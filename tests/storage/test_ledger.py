"""The ledger is chained too, survives a crash in the middle of a line, and holds only what is new."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.events import EventKind
from app.storage import ledger
from app.storage.database import Database
from app.storage.history import NewEvent, append
from app.storage.ledger import LedgerBroken
from app.storage.queries.cases import case_by_number, lock_case
from app.storage.verify import Trouble, verify
from tests.storage import rows
from tests.storage.rows import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def grow(database: Database, number: str | None = None) -> str:
    """One more line in a case, which is new unless it is named; returns its number."""
    with database.write() as tx:
        case = case_by_number(tx, number) if number else rows.case(tx, rows.place(tx))
        assert case is not None
        append(tx, lock_case(tx, case.id), NewEvent(EventKind.CASE_OPENED, NOW))
        return case.number


def anchor(database: Database, path: Path) -> ledger.Anchor:
    with database.read() as tx:
        return ledger.anchor(tx, path, NOW)


def test_a_line_counts_all_cases_and_events_and_lists_those_that_changed(database: Database, path: Path) -> None:
    first = grow(database)
    grow(database)
    assert len(anchor(database, path).changed) == 2
    grow(database, first)
    line = anchor(database, path)
    assert (line.number, line.cases, line.events, len(line.changed)) == (2, 2, 3, 1)
    assert anchor(database, path).changed == {}
    assert ledger.read(path)[1] == line


def test_before_the_first_line_there_is_nothing_to_read(path: Path) -> None:
    assert ledger.read(path) == []


@pytest.mark.parametrize("attack", ["change", "remove", "swap", "garbage"])
def test_a_ledger_that_was_tampered_with_is_refused(database: Database, path: Path, attack: str) -> None:
    for _ in range(3):
        grow(database)
        anchor(database, path)
    lines = path.read_text().splitlines(keepends=True)
    changed = {
        "change": [lines[0], lines[1].replace('"events":2', '"events":1'), lines[2]],
        "remove": [lines[0], lines[2]],
        "swap": [lines[0], lines[2], lines[1]],
        "garbage": [lines[0], '{"number": []}\n', lines[2]],
    }[attack]
    assert changed != lines
    path.write_text("".join(changed))
    with pytest.raises(LedgerBroken, match="Regel 2"):
        ledger.read(path)
    with pytest.raises(LedgerBroken), database.read() as tx:
        ledger.anchor(tx, path, NOW)
    with database.read() as tx:
        assert [problem.trouble for problem in verify(tx, path)] == [Trouble.LEDGER]


def test_events_without_any_ledger_are_reported(database: Database, path: Path) -> None:
    with database.read() as tx:
        assert verify(tx, path) == []
    grow(database)
    with database.read() as tx:
        assert [problem.trouble for problem in verify(tx, path)] == [Trouble.LEDGER]


def test_half_a_line_left_by_a_crash_is_replaced(database: Database, path: Path) -> None:
    grow(database)
    first = anchor(database, path)
    with path.open("ab") as file:
        file.write(b'{"number":2,"at":')
    assert ledger.read(path) == [first]
    second = anchor(database, path)
    assert ledger.read(path) == [first, second]


def test_two_workers_write_one_line_after_the_other(database: Database, path: Path) -> None:
    grow(database)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: anchor(database, path), range(12)))
    assert [line.number for line in ledger.read(path)] == list(range(1, 13))


def test_more_cases_than_are_read_at_once_are_all_looked_at(database: Database, path: Path) -> None:
    with database.write() as tx:
        where = rows.place(tx)
        cases = [rows.case(tx, where) for _ in range(101)]
        for case in cases:
            append(tx, case, NewEvent(EventKind.CASE_OPENED, NOW))
    anchor(database, path)
    with database.read() as tx:
        assert verify(tx, path) == []
    with database.write() as tx:
        for number in (cases[0].number, cases[-1].number):
            named = case_by_number(tx, number)
            assert named is not None
            named.event_count = 2
    with database.read() as tx:
        assert {problem.case for problem in verify(tx, path)} == {cases[0].number, cases[-1].number}
