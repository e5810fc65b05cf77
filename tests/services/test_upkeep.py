"""What an installation does by itself: it forgets sessions and anchors the histories; a job that fails stops no other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import select

from app.services.accounts import IDLE
from app.services.context import App
from app.services.upkeep import anchor_today, tidy
from app.storage import ledger
from app.storage.tables import Attempt, SessionRow
from app.worker import start_beside
from tests.services import guarded
from tests.services.guarded import ANSWER_DUE, MONDAY, People, SetClock


def test_sessions_and_attempts_that_no_longer_count_are_forgotten(small_app: App, who: People) -> None:
    with small_app.database.write() as tx:
        for name, seen, ends in (
            (b"busy", MONDAY, MONDAY + IDLE),
            (b"idle", MONDAY - IDLE - timedelta(seconds=1), MONDAY + IDLE),
            (b"over", MONDAY, MONDAY),
        ):
            row = SessionRow(lookup_hash=name, user_id=who.board.id, key_box=b"", step="full")
            row.started_at, row.seen_at, row.ends_at = MONDAY - IDLE, seen, ends
            tx.add(row)
        tx.add_all(Attempt(scope=b"", at=MONDAY - timedelta(minutes=minutes)) for minutes in (1, 14, 16))
    tidy(small_app)
    with small_app.database.read() as tx:
        assert list(tx.scalars(select(SessionRow.lookup_hash))) == [b"busy"]
        assert len(list(tx.scalars(select(Attempt)))) == 2


def test_the_histories_are_anchored_once_on_each_day_in_amsterdam(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    set_clock.at = datetime(2026, 11, 2, 22, 59, tzinfo=UTC)
    assert [anchor_today(small_app), anchor_today(small_app)] == [True, False]
    set_clock.at = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    assert anchor_today(small_app)
    assert [line.cases for line in ledger.read(small_app.settings.ledger)] == [1, 1]


def test_a_job_that_fails_stops_no_other_and_its_trace_is_not_logged(
    small_app: App, who: People, set_clock: SetClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    row = guarded.start(small_app, who)
    set_clock.at = ANSWER_DUE
    Path(tmp_path / "ledger.jsonl").write_text(f"{guarded.FINDABLE}\n", encoding="utf-8")
    worker = start_beside(small_app)
    for _ in range(200):
        if "anchor failed" in caplog.text and guarded.row_of(small_app, row.id).next_wake_at is None:
            break
        sleep(0.05)
    worker.shutdown()
    assert "The job anchor failed: LedgerBroken" in caplog.text
    assert "Traceback" not in caplog.text
    assert guarded.row_of(small_app, row.id).next_wake_at is None
