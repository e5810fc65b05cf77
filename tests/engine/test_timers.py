"""Timers: absolute moments, the frozen now, terms before late completions, moved and armed again."""

from datetime import UTC, date, datetime

import pytest
import SpiffWorkflow.bpmn.specs.event_definitions.timer as stock
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from app.engine.outcome import Moments, Passed
from app.engine.run import TaskNotReady
from app.engine.timers import TimerKind, TimerSource, timer_source
from tests.engine.play import Play, day, procedure


def at_intake(*, due: float = 10, warn: float | None = 5) -> Play:
    play = Play(procedure("whole"))
    play.term("intake", due=due, warn=warn)
    play.start("letter")
    return play


def test_timers_wait_at_their_moments_and_name_the_task_they_guard() -> None:
    play = at_intake()
    assert play.timers == {"intake_warn": day(5), "intake_due": day(10)}
    assert {timer.guards for timer in play.outcome.timers} == {play.task_id("intake")}
    assert play.outcome.next_wake_at == day(5)


def test_a_timer_fires_at_its_moment_and_not_a_second_before() -> None:
    play = at_intake()
    assert play.wake(on=5 - 1 / 86400).passed == ()
    assert play.wake(on=5).passed[0] == Passed("intake_warn", day(5))
    assert play.just_passed == ["intake_warn", "remind", "reminded"]


def test_a_timer_that_does_not_interrupt_leaves_its_task_open() -> None:
    play = at_intake()
    before = play.task_id("intake")
    play.wake(on=5)
    assert play.task_id("intake") == before


def test_a_timer_that_interrupts_cancels_its_task() -> None:
    play = Play(procedure("beside"))
    play.term("one", due=3)
    play.start("begin")
    play.wake(on=3)
    assert play.ready == ["two"]
    assert play.just_passed == ["one_cancelled", "too_late"]


def test_a_wake_after_a_long_outage_fires_warning_and_overdue_in_order_exactly_once() -> None:
    play = at_intake()
    play.wake(on=100)
    assert play.just_passed == ["intake_warn", "remind", "reminded", "intake_due", "escalate", "escalated"]
    assert [call.element_id for call in play.outcome.calls] == ["remind", "escalate"]
    assert (play.outcome.passed[0].at, play.outcome.passed[3].at) == (day(5), day(10))
    again = play.wake(on=200)
    assert (again.passed, again.calls, again.timers) == ((), (), ())


def test_a_term_at_the_same_moment_comes_before_the_completion() -> None:
    play = at_intake()
    play.now = day(10)
    play.complete("intake")
    assert play.just_passed[:7] == ["intake_warn", "remind", "reminded", "intake_due", "escalate", "escalated", "intake"]


def test_a_completion_after_an_interrupting_term_comes_too_late() -> None:
    play = Play(procedure("beside"))
    play.term("one", due=3)
    play.start("begin")
    play.now = day(3)
    with pytest.raises(TaskNotReady):
        play.complete("one")


def test_a_timer_whose_moment_is_unknown_waits() -> None:
    play = Play(procedure("whole"))
    play.start("letter")
    assert play.timers == {"intake_warn": None, "intake_due": None}
    assert play.outcome.next_wake_at is None
    assert play.wake(on=1000).passed == ()


def test_an_unknown_moment_is_asked_again_only_when_timers_move() -> None:
    play = Play(procedure("whole"))
    play.start("letter")
    play.term("intake", due=10)
    play.wake()
    assert play.timers["intake_due"] is None
    play.move("intake")
    assert play.timers == {"intake_warn": None, "intake_due": day(10)}


def test_moving_a_waiting_timer_changes_its_moment() -> None:
    play = at_intake()
    play.term("intake", due=20, warn=15)
    play.move("intake")
    assert play.timers == {"intake_warn": day(15), "intake_due": day(20)}
    assert play.wake(on=12).passed == ()


def test_moving_a_warning_into_the_past_fires_it_at_once() -> None:
    play = at_intake()
    play.now = day(4)
    play.term("intake", due=8, warn=3)
    assert play.move("intake").passed[0] == Passed("intake_warn", day(3))
    assert play.timers == {"intake_due": day(8)}


def test_the_path_of_a_timer_goes_on_after_its_task_is_completed() -> None:
    play = at_intake()
    play.term("beside", due=8)
    play.complete("intake")
    play.wake(on=8)
    play.complete("beside")
    assert play.ready == ["explain", "talk"]
    assert play.complete("explain").ended is None
    assert play.just_passed == ["explain", "explained"]


def test_without_a_warning_moment_only_the_overdue_fires_when_both_have_passed() -> None:
    play = at_intake()
    play.now = day(4)
    play.term("intake", due=3)
    play.move("intake")
    assert play.just_passed == ["intake_due", "escalate", "escalated"]
    assert play.timers == {"intake_warn": None}


def test_fired_timers_are_armed_again_when_the_new_moments_lie_in_the_future() -> None:
    play = at_intake()
    play.wake(on=11)
    play.term("intake", due=20, warn=15)
    play.move("intake")
    assert play.timers == {"intake_warn": day(15), "intake_due": day(20)}
    assert {timer.guards for timer in play.outcome.timers} == {play.task_id("intake")}
    play.wake(on=30)
    assert play.passed.count("intake_warn") == play.passed.count("intake_due") == 2
    play.complete("intake")
    assert play.ready == ["beside", "talk"]


def test_only_the_last_of_a_twice_fired_timer_is_armed_again() -> None:
    play = at_intake()
    for due in (20, 30, 40):
        play.wake(on=due - 5)
        play.term("intake", due=due)
        play.move("intake")
        play.move("intake")
        assert [timer.at for timer in play.outcome.timers] == [day(due)]


def test_a_fired_timer_stays_fired_when_the_new_moment_has_passed() -> None:
    play = at_intake()
    play.wake(on=11)
    play.term("intake", due=9, warn=8)
    outcome = play.move("intake")
    assert (outcome.passed, outcome.timers) == ((), ())


def test_timers_armed_again_go_when_their_task_is_completed() -> None:
    play = at_intake()
    play.wake(on=11)
    play.term("intake", due=20)
    play.move("intake")
    play.complete("intake")
    assert "intake_due" not in play.timers
    assert play.wake(on=30).calls == ()


def test_timers_of_another_task_stay_where_they_are() -> None:
    play = at_intake()
    play.term("intake", due=20, warn=15)
    play.move("talk")
    assert play.timers == {"intake_warn": day(5), "intake_due": day(10)}


def at_agreed_day(**facts: date | datetime) -> Play:
    play = at_intake()
    play.complete("intake")
    play.complete("talk")
    play.complete("agree", **facts)
    return play


def test_a_date_begins_at_midnight_in_amsterdam_summer_and_winter() -> None:
    assert at_agreed_day(follow_up_on=date(2027, 1, 12)).timers["agreed_day"] == datetime(2027, 1, 11, 23, tzinfo=UTC)
    assert at_agreed_day(follow_up_on=date(2027, 7, 12)).timers["agreed_day"] == datetime(2027, 7, 11, 22, tzinfo=UTC)


def test_a_moment_fact_is_itself() -> None:
    assert at_agreed_day(follow_up_on=day(3)).timers["agreed_day"] == day(3)


def test_a_date_timer_follows_its_fact_and_waits_when_it_is_cleared() -> None:
    play = at_agreed_day(follow_up_on=day(3))
    play.facts["follow_up_on"] = day(6)
    play.wake()
    assert play.timers["agreed_day"] == day(6)
    del play.facts["follow_up_on"]
    play.wake(on=7)
    assert play.timers["agreed_day"] is None
    play.facts["follow_up_on"] = day(6)
    play.wake()
    assert play.passed.count("agreed_day") == 1


def test_the_wall_clock_is_never_read_by_a_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "NoClock":
            raise AssertionError("a timer read the wall clock")

    def refuse(*_: object) -> datetime:
        raise AssertionError("a timer used the stock reading of its text")

    monkeypatch.setattr(stock, "datetime", NoClock)
    monkeypatch.setattr(TimerEventDefinition, "parse_time_or_duration", refuse)
    play = at_intake()
    play.wake(on=100)
    play.terms["intake"] = Moments(day(120), day(110))
    play.move("intake")
    play.complete("intake")
    assert play.ready == ["beside", "talk"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("${deadline.board_response}", TimerKind.DEADLINE, "board_response"),
        (" ${ warn.hearing } ", TimerKind.WARN, "hearing"),
        ("${follow_up_on}", TimerKind.FACT, "follow_up_on"),
    ],
)
def test_our_timers_are_read(text: str, kind: TimerKind, name: str) -> None:
    assert timer_source(text) == TimerSource(kind, name)


@pytest.mark.parametrize("text", ["", "P4W", "2026-01-01", "${other.x}", "${deadline.x.y}", "${deadline.x()}", "${1+1}", "#{x}"])
def test_other_timers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a timer of ours"):
        timer_source(text)
