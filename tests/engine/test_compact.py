"""Forgetting what is finished changes nothing that anybody can see, and keeps a loop small for ever."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.engine.outcome import Outcome
from app.engine.run import MessageNotExpected, Runner
from app.engine.steps import RunsForever
from tests.engine.play import Play, day, procedure
from tests.engine.rounds import play_round

ROUNDS = 2000


@dataclass(frozen=True)
class Action:
    """Something that happens to a procedure; `number` picks a task or says how many days pass or a term gets."""

    kind: str
    number: int
    answer: str


actions = st.lists(
    st.builds(
        Action,
        st.sampled_from(["complete", "complete", "complete", "wake", "send", "move", "agree"]),
        st.integers(0, 9),
        st.sampled_from(["again", "again", "yes", "no"]),
    ),
    max_size=30,
)


def act(play: Play, action: Action) -> None:
    play.facts["answer"] = action.answer
    today = (play.now - day(0)).days
    if action.kind == "complete" and play.ready:
        play.complete(play.ready[action.number % len(play.ready)])
    elif action.kind == "wake":
        play.wake(on=today + action.number)
    elif action.kind == "move":
        for element_id in ("intake", "talk", "beside"):
            play.term(element_id, due=today + action.number, warn=today + action.number - 3)
            play.move(element_id)
    elif action.kind == "agree":
        play.facts["follow_up_on"] = day(today + action.number - 4)
        play.wake()
    elif action.kind == "send":
        try:
            play.send("withdraw")
        except MessageNotExpected:
            play.passed.append("refused")


def seen(outcome: Outcome) -> object:
    """What an outcome tells, without ids of tasks and the state itself."""
    guarded = {task.task_id: task.element_id for task in outcome.ready}
    return (
        [task.element_id for task in outcome.ready],
        [(timer.element_id, guarded.get(timer.guards or ""), timer.at) for timer in outcome.timers],
        outcome.passed,
        outcome.calls,
        outcome.messages,
        outcome.ended,
    )


@example(
    [
        Action("complete", 0, "again"),
        Action("send", 0, "again"),
        Action("move", 0, "again"),
        Action("complete", 2, "again"),
        Action("complete", 0, "again"),
    ]
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actions)
def test_compacted_and_uncompacted_runs_look_the_same(sequence: list[Action]) -> None:
    plays = [Play(procedure("whole"), Runner()), Play(procedure("whole"), Runner(tidy=lambda _: None))]
    for play in plays:
        play.term("intake", due=6, warn=3)
        play.term("talk", due=9, warn=7)
        play.term("beside", due=8)
        play.start("letter")
    for action in sequence:
        for play in plays:
            act(play, action)
        assert seen(plays[0].outcome) == seen(plays[1].outcome)
        assert plays[0].passed == plays[1].passed


def test_two_thousand_rounds_cost_no_more_than_the_first_and_the_join_always_waits() -> None:
    play = Play(procedure("rounds"))
    play.start("begin")
    costs = [play_round(play) for _ in range(ROUNDS)]
    assert costs[ROUNDS - 1] == costs[16]  # the branches take the same turn
    assert max(size for size, _ in costs[ROUNDS - 1]) < 4096
    assert play.passed.count("join") == ROUNDS
    for element_id in ("work", "inside", "left", "middle"):
        play.complete(element_id)
    assert play.complete("right", round="last").ended == "end"


def test_a_join_waits_when_a_branch_comes_round_in_the_same_transition() -> None:
    play = Play(procedure("straight"))
    play.start("begin")
    play.complete("one")
    play.complete("two", skip="ja")
    assert play.just_passed == ["two", "two_over", "join", "again", "split", "needed", "two_over"]
    assert play.ready == ["one"]


def test_a_loop_in_which_nobody_is_waited_for_is_stopped() -> None:
    play = Play(procedure("straight"))
    play.term("one", due=-1)
    play.start("begin")
    play.facts["skip"] = "ja"
    with pytest.raises(RunsForever):
        play.complete("two")
