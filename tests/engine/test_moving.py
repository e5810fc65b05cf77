"""A running procedure that goes on under another version: what waits stays, what cannot go on as drawn is refused."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.moving import CannotMove
from app.engine.moving_checks import Pair
from tests.engine.play import Play, day
from tests.engine.points import POINTS, explaining, intake, join_waits, talk
from tests.engine.test_compact import Action, act, actions, seen
from tests.engine.versions import moved, version

#: A step between the end of the intake and what follows it.
EXTRA = (
    ('<bpmn:parallelGateway id="split" />', '<bpmn:parallelGateway id="split" /><bpmn:userTask id="extra" />'),
    (
        '<bpmn:sequenceFlow id="f_intake" sourceRef="intake" targetRef="split" />',
        '<bpmn:sequenceFlow id="f_intake" sourceRef="intake" targetRef="extra" />'
        '<bpmn:sequenceFlow id="f_extra" sourceRef="extra" targetRef="split" />',
    ),
)
#: The step `talk`, its term and its boundary event, and the process around it, under other names.
RENAMED = (
    ('"talk"', '"meet"'),
    ("deadline.talk", "deadline.meet"),
    ('"talk_due"', '"meet_due"'),
    ('"phase_process"', '"stage_process"'),
)


def alive(state: str) -> object:
    """What is not only predicted, by level: ids, elements, states and moments, without the places of parents."""
    levels = json.loads(state)["levels"]
    return [[(task[0], task[1], task[2], task[4:]) for task in level["tasks"] if task[2] > 4] for level in levels]


@pytest.mark.parametrize("point", POINTS)
def test_moving_to_the_same_version_changes_nothing(point: str) -> None:
    play = POINTS[point]()
    same = version(play.procedure.key)
    state = play.runner.move(Pair(same, same, {}), play.outcome.state)
    assert alive(state) == alive(play.outcome.state)
    assert play.runner.waiting(same, state) == play.runner.waiting(play.procedure, play.outcome.state)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actions, actions)
def test_a_moved_state_goes_on_as_the_one_that_was_not_moved(before: list[Action], after: list[Action]) -> None:
    stayed = intake()
    for action in before:
        if stayed.outcome.ended is None:
            act(stayed, action)
    if stayed.outcome.ended is not None:
        return
    went = moved(stayed)
    stayed.wake()
    for action in after:
        assert seen(went.outcome) == seen(stayed.outcome)
        if stayed.outcome.ended is not None:
            return
        act(stayed, action)
        act(went, action)


def test_a_step_that_was_added_comes_when_it_is_its_turn() -> None:
    play = intake()
    after = moved(play, *EXTRA)
    assert (after.task_id("intake"), after.timers) == (play.task_id("intake"), play.timers)
    after.complete("intake")
    assert after.ready == ["extra"]
    after.complete("extra")
    assert after.ready == ["beside", "talk"]


def test_what_was_passed_may_be_drawn_no_more() -> None:
    gone = (('<bpmn:userTask id="intake" />', '<bpmn:userTask id="asked" />'), ('"intake"', '"asked"'), (".intake}", ".asked}"))
    after = moved(talk(), *gone)
    assert after.ready == ["beside", "talk"]
    after.send("withdraw")
    assert after.ready == ["beside", "withdrawn"]


def test_a_running_step_goes_on_under_another_name_in_a_phase_that_is_called_otherwise() -> None:
    play = talk()
    after = moved(play, *RENAMED, talk="meet", talk_due="meet_due")
    assert after.task_id("meet") == play.task_id("talk")
    assert after.timers == {"beside_due": None, "meet_due": day(12)}
    after.wake(on=12)
    assert after.just_passed == ["meet_due", "talk_late", "talk_late_end"]
    after.complete("meet")
    assert after.ready == ["agree", "beside"]


def test_a_join_that_waits_takes_what_arrived_with_it() -> None:
    longer = (
        ('<bpmn:exclusiveGateway id="phase_over" />', '<bpmn:exclusiveGateway id="phase_over" /><bpmn:userTask id="extra" />'),
        (
            '<bpmn:sequenceFlow id="f_phase_over" sourceRef="phase_over" targetRef="join" />',
            '<bpmn:sequenceFlow id="f_phase_over" sourceRef="phase_over" targetRef="extra" />'
            '<bpmn:sequenceFlow id="f_extra" sourceRef="extra" targetRef="join" />',
        ),
    )
    after = moved(join_waits(), *longer)
    after.send("withdraw")
    after.complete("withdrawn")
    assert after.ready == ["extra"]
    after.complete("extra")
    assert after.ready == ["decide"]


def test_what_a_timer_opened_goes_on_beside_the_main_way() -> None:
    after = moved(explaining(), *EXTRA)
    assert after.ready == ["explain", "talk"]
    after.complete("explain")
    assert after.ready == ["talk"]


THIRD_WAY = (
    ('<bpmn:userTask id="beside" />', '<bpmn:userTask id="beside" /><bpmn:userTask id="third" />'),
    (
        '<bpmn:sequenceFlow id="f_join"',
        '<bpmn:sequenceFlow id="f_third" sourceRef="split" targetRef="third" />'
        '<bpmn:sequenceFlow id="f_third_done" sourceRef="third" targetRef="join" /><bpmn:sequenceFlow id="f_join"',
    ),
)
REFUSED = {
    "element_gone": (intake, [('"intake"', '"asked"')], "intake"),
    "element_elsewhere": (
        talk,
        [
            ('"talk"', '"talk_before"'),
            ('<bpmn:userTask id="agree" />', '<bpmn:userTask id="agree" /><bpmn:userTask id="talk" />'),
        ],
        "talk",
    ),
    "kind_changed": (talk, [('<bpmn:userTask id="talk" />', '<bpmn:serviceTask id="talk" />')], "talk"),
    "timer_changed": (POINTS["agreed_day"], [("${follow_up_on}", "${another_day}")], "agreed_day"),
    "join_changed": (join_waits, THIRD_WAY, "join"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_go_on_as_drawn_is_refused_with_the_step_that_stands_in_the_way(code: str) -> None:
    point, changes, element_id = REFUSED[code]
    play: Play = point()
    with pytest.raises(CannotMove) as refused:
        moved(play, *changes)
    assert (refused.value.obstacle.code, refused.value.obstacle.element_id) == (code, element_id)
    assert element_id in refused.value.obstacle.text
