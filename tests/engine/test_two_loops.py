"""Two loops without a join, one of people and one that hears what was started: however often each goes round, nothing is lost."""

import json
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.play import Play, procedure

ROUNDS = 200


def start() -> Play:
    play = Play(procedure("guidance"))
    play.start("begin")
    return play


def tasks_in_state(play: Play) -> int:
    return sum(len(level["tasks"]) for level in json.loads(play.outcome.state)["levels"])


def go_on(play: Play, listens: bool, moves: Sequence[str]) -> bool:
    """Make these moves as far as they can be made; whether the catch waits at the end."""
    for move in moves:
        if move == "choose":
            play.complete("choose_step", step="verder")
        elif move == "done" and listens:
            play.send("step_done")
            listens = False
        elif move == "asked" and not listens:
            play.complete("how_is_it_now")
            listens = True
        assert play.ready == (["choose_step"] if listens else ["choose_step", "how_is_it_now"])
        assert play.outcome.messages == (("step_done",) if listens else ())
    return listens


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["choose", "done", "asked"]), min_size=ROUNDS, max_size=ROUNDS))
def test_two_hundred_rounds_in_any_order_keep_the_state_small_and_the_tasks_right(moves: list[str]) -> None:
    play = start()
    listens = go_on(play, True, ["choose", "done", "asked"])
    size, tasks = len(play.outcome.state), tasks_in_state(play)

    listens = go_on(play, listens, moves)
    if not listens:
        go_on(play, listens, ["asked"])
    assert (len(play.outcome.state), tasks_in_state(play)) == (size, tasks)
    assert play.passed.count("step_done") == play.passed.count("how_is_it_now")
    assert size < 2048


def test_the_end_closes_both_loops_after_two_hundred_rounds() -> None:
    for last in ([], ["done"]):
        play = start()
        go_on(play, True, ["choose", "done", "asked"] * ROUNDS + last)

        assert play.complete("choose_step", step="klaar").ended == "over"
        assert (play.ready, play.outcome.messages) == ([], ())
