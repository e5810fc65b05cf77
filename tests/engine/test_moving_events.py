"""Running steps that gained or lost events on their border: they go on as if they had begun under the new version."""

from collections import Counter

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.procedure import Procedure
from app.engine.moving_checks import Pair
from app.engine.outcome import Outcome
from app.engine.run import Runner
from tests.engine.play import Play, day
from tests.engine.points import explaining, intake, join_waits, reminded, talk
from tests.engine.test_compact import Action, act, actions
from tests.engine.versions import moved, version

Change = tuple[str, str]
_LAST = {
    "whole": '<bpmn:userTask id="intake" />',
    "phase": '<bpmn:userTask id="talk" />',
    "inner": '<bpmn:userTask id="agree" />',
}


def event(level: str, host: str, name: str, waits: str, *, interrupts: str = "false", leads: str = "") -> Change:
    """An event on the border of a step or call; behind it a line in the history and an end, or where it leads."""
    ends = (
        f'<bpmn:serviceTask id="{name}_told" camunda:type="external" camunda:topic="record" /><bpmn:endEvent id="{name}_end" />'
    )
    flow = f'<bpmn:sequenceFlow id="f_{name}_told" sourceRef="{name}_told" targetRef="{name}_end" />'
    return _LAST[level], (
        f'{_LAST[level]}<bpmn:boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{interrupts}">{waits}'
        f"</bpmn:boundaryEvent>{'' if leads else ends + flow}"
        f'<bpmn:sequenceFlow id="f_{name}" sourceRef="{name}" targetRef="{leads or name + "_told"}" />'
    )


def timer(expression: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:timeDate>${{{expression}}}</bpmn:timeDate></bpmn:timerEventDefinition>"


#: Events that a version may have or not: more on a step that has some, the first on one that has none, and on a call.
EVENTS = {
    "intake_soon": event("whole", "intake", "intake_soon", timer("warn.intake")),
    "talk_warn": event("phase", "talk", "talk_warn", timer("warn.talk")),
    "agree_due": event("inner", "agree", "agree_due", timer("deadline.agree")),
    "agree_warn": event("inner", "agree", "agree_warn", timer("warn.agree")),
    "decide_due": event("whole", "decide", "decide_due", timer("deadline.decide")),
    "phase_day": event("whole", "phase", "phase_day", timer("another_day")),
    "inner_day": event("phase", "inner", "inner_day", timer("another_day")),
}
#: Events of the drawing that a version may have elsewhere: none on the step, as it was.
LOST = {
    "intake_warn": ('id="intake_warn" attachedToRef="intake"', 'id="intake_warn" attachedToRef="explain"'),
    "intake_due": ('id="intake_due" attachedToRef="intake"', 'id="intake_due" attachedToRef="explain"'),
    "talk_due": ('id="talk_due" attachedToRef="talk"', 'id="talk_due" attachedToRef="talked_late"'),
}
TALKED_LATE = ('<bpmn:endEvent id="phase_end" />', '<bpmn:endEvent id="phase_end" /><bpmn:userTask id="talked_late" />')
edits = st.sets(st.sampled_from([*EVENTS, *LOST]))


def drawn(edited: set[str]) -> Procedure:
    """The procedure with these events added, or elsewhere."""
    known = EVENTS | LOST
    return version("whole", TALKED_LATE, *(known[name] for name in sorted(edited)))


def begun(procedure: Procedure, runner: Runner) -> Play:
    play = Play(procedure, runner, facts={"another_day": day(7)})
    for place, name in enumerate(("intake", "talk", "beside", "agree", "decide")):
        play.term(name, due=10 + place, warn=5 + place)
    play.start("letter")
    return play


def waits(outcome: Outcome) -> object:
    """Everything that a procedure waits for and did, whatever the order of what is due at one moment."""
    guarded = {task.task_id: task.element_id for task in outcome.ready}
    timers = Counter((timer.element_id, guarded.get(timer.guards or ""), timer.at) for timer in outcome.timers)
    return [task.element_id for task in outcome.ready], timers, Counter(outcome.messages), outcome.ended


def did(outcome: Outcome) -> object:
    return Counter(outcome.passed), Counter(call.element_id for call in outcome.calls)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(edits, edits, actions, actions)
def test_a_moved_procedure_is_as_if_it_had_begun_under_the_new_version(
    had: set[str], has: set[str], before: list[Action], after: list[Action]
) -> None:
    runner, old, new = Runner(), drawn(had), drawn(has)
    went, fresh = begun(old, runner), begun(new, runner)
    for action in before:
        if went.outcome.ended is None:
            act(went, action)
            act(fresh, action)
    # An event that only one of them had may have opened nothing: such a step is no step of both.
    assume(went.outcome.ended is None and went.ready == fresh.ready)
    ids = [task.task_id for task in went.outcome.ready]
    went.outcome = runner.wake(new, runner.move(Pair(old, new, {}), went.outcome.state), went.situation)
    went.procedure = new
    assert [task.task_id for task in went.outcome.ready] == ids
    # Only from here on both did the same: what was over already came at once by moving.
    went.wake()
    fresh.wake()
    for action in after:
        assert waits(went.outcome) == waits(fresh.outcome)
        if fresh.outcome.ended is not None:
            return
        act(went, action)
        act(fresh, action)
        assert did(went.outcome) == did(fresh.outcome)


def test_a_reminder_that_was_added_comes_at_its_moment_and_once() -> None:
    play = join_waits()
    play.term("talk", due=12, warn=9)
    after = moved(play, EVENTS["talk_warn"])
    assert after.task_id("talk") == play.task_id("talk")
    assert after.timers == {"talk_due": day(12), "talk_warn": day(9)}
    after.wake(on=9)
    assert after.just_passed == ["talk_warn", "talk_warn_told", "talk_warn_end"]
    assert [after.wake(on=11).passed, after.timers] == [(), {"talk_due": day(12)}]
    after.complete("talk")
    assert (after.ready, after.timers) == (["agree"], {})


def test_a_moment_that_is_over_counts_at_once_and_on_its_own_day() -> None:
    play = talk()
    play.now = day(8)
    play.term("talk", due=12, warn=7)
    after = moved(play, EVENTS["talk_warn"])
    assert next((step.element_id, step.at) for step in after.outcome.passed) == ("talk_warn", day(7))
    assert after.ready == ["beside", "talk"]


def test_a_step_whose_events_are_gone_waits_without_them_and_what_fired_is_over() -> None:
    after = moved(reminded(), LOST["intake_warn"], LOST["intake_due"])
    assert (after.ready, after.timers) == (["intake"], {})
    after.complete("intake")
    assert after.ready == ["beside", "talk"]


def test_an_event_that_comes_back_waits_for_the_moment_that_its_term_has_now() -> None:
    gone = moved(intake(), LOST["intake_warn"], LOST["intake_due"])
    gone.term("intake", due=20, warn=15)
    state = gone.runner.move(Pair(gone.procedure, version("whole"), {}), gone.outcome.state)
    back = Play(version("whole"), gone.runner, gone.now, dict(gone.facts), gone.terms)
    back.outcome = back.runner.wake(back.procedure, state, back.situation)
    assert back.timers == {"intake_warn": day(15), "intake_due": day(20)}
    back.wake(on=20)
    assert back.just_passed == ["intake_warn", "remind", "reminded", "intake_due", "escalate", "escalated"]


def test_what_a_timer_opened_goes_on_when_the_timer_is_gone() -> None:
    play = explaining()
    gone = ('id="beside_due" attachedToRef="beside"', 'id="beside_due" attachedToRef="decide"')
    after = moved(play, gone)
    assert (after.ready, after.task_id("explain")) == (["explain", "talk"], play.task_id("explain"))
    opened = talk()
    opened.term("beside", due=8)
    opened.move("beside")
    opened.wake(on=8)
    both = moved(opened, gone)
    assert both.ready == ["beside", "explain", "talk"]
    both.complete("beside")
    both.complete("explain")
    assert both.ready == ["talk"]


def test_a_phase_that_gains_a_way_to_stop_is_stopped_by_it_with_all_that_runs_in_it() -> None:
    message = '<bpmn:messageEventDefinition messageRef="m_request" />'
    stop = event("phase", "inner", "stop", message, interrupts="true", leads="talked")
    play = join_waits()
    play.complete("talk")
    after = moved(play, stop)
    assert (after.ready, sorted(after.outcome.messages)) == (["agree"], ["stop", "withdraw"])
    after.send("stop")
    assert after.just_passed[:3] == ["stop", "talked", "phase_end"]
    assert after.ready == ["decide"]
