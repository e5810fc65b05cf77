"""Waking: what falls due happens once, in order, at its moment; a case that cannot go on stops nobody else."""

import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update

from app.domain.procedure import Procedure
from app.engine.outcome import Outcome, Situation
from app.engine.run import Runner
from app.services import transition
from app.services.context import App
from app.services.wake import WakeReport, wake_due
from app.services.work import begin
from app.storage.database import Database
from app.storage.queries import wakes
from app.storage.tables import Deadline, Event, ProcedureRow, Task
from tests.services import guarded
from tests.services.guarded import ANSWER_DUE, ANSWER_WARN, MONDAY, TARGET_DUE, TARGET_WARN, People, SetClock

SECOND = timedelta(seconds=1)
NOTHING = WakeReport(0, 0)


def test_nothing_is_woken_before_its_moment(small_app: App, who: People, set_clock: SetClock) -> None:
    row = guarded.start(small_app, who)
    assert guarded.row_of(small_app, row.id).next_wake_at == TARGET_WARN
    set_clock.at = TARGET_WARN - SECOND
    assert wake_due(small_app, 10) == NOTHING
    assert guarded.told(small_app, row.case_id) == [("term.started", "board_answer"), ("term.started", "adviser_look")]


def test_each_moment_is_noticed_once_and_told_to_whom_it_concerns(small_app: App, who: People, set_clock: SetClock) -> None:
    row = guarded.start(small_app, who)
    board, adviser = who.board.id, who.adviser.id
    expected = [
        (TARGET_WARN, ["term.warned"], [("term_soon", adviser)]),
        (TARGET_DUE, ["term.missed", "term.escalated"], [("term_missed", adviser), ("term_escalated", board)]),
        (ANSWER_WARN, ["term.warned"], [("term_soon", board)]),
        (ANSWER_DUE, ["term.missed", "term.escalated"], [("term_missed", board), ("term_missed", adviser)]),
    ]
    for moment, events, notices in expected:
        history, outbox = guarded.told(small_app, row.case_id), guarded.queued(small_app, row.case_id)
        assert guarded.row_of(small_app, row.id).next_wake_at == moment
        set_clock.at = moment
        assert wake_due(small_app, 10) == WakeReport(1, 0)
        assert wake_due(small_app, 10) == NOTHING
        assert [kind for kind, _ in guarded.told(small_app, row.case_id)[len(history) :]] == events
        assert sorted([*outbox, *notices]) == guarded.queued(small_app, row.case_id)
    assert guarded.row_of(small_app, row.id).next_wake_at is None


def test_after_weeks_without_a_worker_warning_and_end_are_noticed_once_each_in_order(
    small_app: App, who: People, set_clock: SetClock
) -> None:
    row = guarded.start(small_app, who)
    set_clock.at = ANSWER_DUE + timedelta(weeks=3)
    assert wake_due(small_app, 10) == WakeReport(1, 0)
    assert wake_due(small_app, 10) == NOTHING
    for element in ("board_answer", "adviser_look"):
        kinds = [kind for kind, of in guarded.told(small_app, row.case_id) if of == element]
        assert kinds == ["term.started", "term.warned", "term.missed", "term.escalated"]
    notices = [notice for notice, _ in guarded.queued(small_app, row.case_id)]
    assert notices == ["term_escalated", "term_missed", "term_missed", "term_missed", "term_soon", "term_soon"]
    with small_app.database.read() as tx:
        found = {d.element_id: (d.warned_at, d.overdue_at, d.state) for d in tx.scalars(select(Deadline))}
    assert found["board_answer"] == (ANSWER_WARN, ANSWER_DUE, "missed")
    assert found["adviser_look"] == (TARGET_WARN, TARGET_DUE, "missed")


def test_all_that_one_wake_writes_carries_one_moment(small_app: App, who: People) -> None:
    row = guarded.start(small_app, who)
    ticking = iter(ANSWER_DUE + SECOND * n for n in range(1000))
    wake_due(replace(small_app, clock=lambda: next(ticking)), 10)
    with small_app.database.read() as tx:
        moments = set(tx.scalars(select(Event.at).where(Event.case_id == row.case_id, Event.at > MONDAY)))
    assert len(moments) == 1


def test_a_task_that_opens_with_a_term_that_is_over_is_found_late_in_the_same_wake(
    small_app: App, who: People, set_clock: SetClock
) -> None:
    row = guarded.start(small_app, who, "follow_up", guarded.long_ago())
    set_clock.at = MONDAY + timedelta(weeks=8)
    assert wake_due(small_app, 10) == WakeReport(1, 0)
    assert guarded.told(small_app, row.case_id) == [("term.started", "ask_again"), ("term.missed", "ask_again")]
    assert guarded.queued(small_app, row.case_id) == [("term_missed", who.adviser.id)]
    assert guarded.row_of(small_app, row.id).next_wake_at is None


def test_a_day_that_was_agreed_opens_its_task_at_the_start_of_that_day(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who, "follow_up", {"follow_up_on": date(2026, 12, 1)})
    set_clock.at = ANSWER_DUE  # midnight in Amsterdam
    assert wake_due(small_app, 10) == WakeReport(1, 0)
    with small_app.database.read() as tx:
        assert [task.element_id for task in tx.scalars(select(Task))] == ["ask_again"]


def test_a_case_that_cannot_go_on_is_put_aside_and_the_others_go_on(
    small_app: App, who: People, set_clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    broken, *whole = [guarded.start(small_app, who) for _ in range(3)]
    with small_app.database.write() as tx:
        ill = update(ProcedureRow).where(ProcedureRow.id == broken.id)
        tx.execute(ill.values(state=guarded.FINDABLE, next_wake_at=TARGET_WARN - SECOND))
    set_clock.at = TARGET_WARN
    with caplog.at_level(logging.INFO, logger="app"):
        assert wake_due(small_app, 10) == WakeReport(2, 1)
        assert wake_due(small_app, 10) == NOTHING
    assert guarded.row_of(small_app, broken.id).set_aside_at == TARGET_WARN
    assert [guarded.row_of(small_app, row.id).next_wake_at for row in whole] == [TARGET_DUE, TARGET_DUE]
    with small_app.database.read() as tx:
        last = select(Event.kind).where(Event.case_id == broken.case_id).order_by(Event.seq.desc()).limit(1)
        assert tx.scalar(last) == "procedure.set_aside"
    assert str(broken.case_id) in caplog.text
    assert "Tampered" in caplog.text
    assert guarded.FINDABLE not in caplog.text
    assert "Traceback" not in caplog.text


class Stuck(Runner):
    """An engine that says of a timer that it is still due, for ever."""

    def wake(self, procedure: Procedure, state: str, situation: Situation) -> Outcome:
        outcome = super().wake(procedure, state, situation)
        return replace(outcome, timers=(replace(outcome.timers[0], at=MONDAY),))


def test_a_procedure_that_stays_due_is_put_aside_and_nothing_of_the_wake_is_kept(
    small_app: App, who: People, set_clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    row = guarded.start(small_app, who)
    set_clock.at = TARGET_WARN
    before = guarded.told(small_app, row.case_id)
    assert wake_due(replace(small_app, runner=Stuck()), 10) == WakeReport(0, 1)
    assert guarded.told(small_app, row.case_id) == before
    assert guarded.queued(small_app, row.case_id) == []
    assert "StaysDue" in caplog.text


def test_a_person_who_can_take_a_step_sets_the_timers_going_again(small_app: App, who: People, set_clock: SetClock) -> None:
    row = guarded.start(small_app, who)
    with small_app.database.write() as tx:
        tx.execute(update(ProcedureRow).values(set_aside_at=MONDAY))
    with small_app.database.write() as tx:
        transition.refresh(begin(small_app, tx, None, row.id, now=MONDAY), [])
    assert guarded.row_of(small_app, row.id).set_aside_at is None


def test_a_worker_that_stops_leaves_the_rest_for_later(small_app: App, who: People, set_clock: SetClock) -> None:
    for _ in range(3):
        guarded.start(small_app, who)
    set_clock.at = TARGET_WARN
    asked = iter([False, True])
    assert wake_due(small_app, 10, lambda: next(asked)) == WakeReport(1, 0)
    assert wake_due(small_app, 1) == WakeReport(1, 0)
    assert wake_due(small_app, 10) == WakeReport(1, 0)


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite makes a worker wait instead
def test_a_case_that_somebody_works_on_is_left_for_the_next_time(small_app: App, who: People, set_clock: SetClock) -> None:
    row = guarded.start(small_app, who)
    set_clock.at = TARGET_WARN
    with small_app.database.write() as tx:
        wakes.claim(tx, row.case_id, row.id, set_clock.at)
        assert wake_due(small_app, 10) == NOTHING
    assert wake_due(small_app, 10) == WakeReport(1, 0)


class Cut(Runner):
    """An engine during whose work the database drops every other connection."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def wake(self, procedure: Procedure, state: str, situation: Situation) -> Outcome:
        database = Database(self._url)
        here = "datname = current_database() AND pid <> pg_backend_pid()"
        with database.write() as tx:
            tx.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {here}"))  # noqa: S608 - ours
        database.close()
        return super().wake(procedure, state, situation)


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has no connection that can be lost
def test_a_connection_that_is_lost_puts_no_case_aside(
    small_app: App, who: People, set_clock: SetClock, database_url: str
) -> None:
    row = guarded.start(small_app, who)
    set_clock.at = TARGET_WARN
    assert wake_due(replace(small_app, runner=Cut(database_url)), 10) == NOTHING
    assert guarded.row_of(small_app, row.id).set_aside_at is None
    assert wake_due(small_app, 10) == WakeReport(1, 0)


def test_a_wake_takes_few_statements(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    set_clock.at = TARGET_WARN
    with small_app.database.count() as statements:
        assert wake_due(small_app, 10) == WakeReport(1, 0)
    assert statements.number <= 15, "\n".join(statements.sent)
