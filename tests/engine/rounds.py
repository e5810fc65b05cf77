"""A loop with boundary timers, a call and a parallel join of three branches, played round after round."""

import json

from tests.engine.play import Play, day


def play_round(play: Play) -> list[tuple[int, int]]:
    """One round: the warning fires, the call runs, three branches are done. Bytes and tasks of the state after each step."""
    costs = []
    today = (play.now - day(0)).days
    play.term("work", due=today + 4, warn=today + 1)
    play.move("work")
    play.wake(on=today + 1)
    assert play.just_passed == ["work_warn", "remind", "reminded"]
    branches = ["left", "middle", "right"]
    turn = today % 3
    order = ["work", "inside", *branches[turn:], *branches[:turn]]
    for element_id in order:
        play.complete(element_id)
        state = json.loads(play.outcome.state)
        costs.append((len(play.outcome.state), sum(len(level["tasks"]) for level in state["levels"])))
        assert ("join" in play.just_passed) == (element_id == order[-1])
    assert play.ready == ["work"]
    return costs
