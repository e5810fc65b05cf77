"""Points in the life of a procedure at which tests keep its state as it was written then (tests/engine/golden).

Never rewrite a golden state: procedures in that very form are running somewhere. Add a point, and its file, beside it.
"""

from collections.abc import Callable
from pathlib import Path

from tests.engine.play import Play, day, procedure

GOLDEN = Path(__file__).parent / "golden"


def intake() -> Play:
    play = Play(procedure("whole"))
    play.term("intake", due=10, warn=5)
    play.term("talk", due=12)
    play.start("letter")
    return play


def reminded() -> Play:
    play = intake()
    play.wake(on=6)
    return play


def armed_again() -> Play:
    play = reminded()
    play.term("intake", due=30, warn=20)
    play.move("intake")
    return play


def talk() -> Play:
    play = reminded()
    play.complete("intake")
    return play


def join_waits() -> Play:
    play = talk()
    play.complete("beside")
    return play


def explaining() -> Play:
    play = talk()
    play.term("beside", due=8)
    play.move("beside")
    play.wake(on=8)
    play.complete("beside")
    return play


def agreed_day() -> Play:
    play = join_waits()
    play.complete("talk")
    play.complete("agree", follow_up_on=day(9))
    return play


def withdrawn() -> Play:
    play = talk()
    play.send("withdraw")
    return play


def third_round() -> Play:
    play = Play(procedure("rounds"))
    play.term("work", due=10, warn=5)
    play.start("begin")
    for _ in range(2):
        for element_id in ("work", "inside", "left", "middle", "right"):
            play.complete(element_id)
    for element_id in ("work", "inside", "left", "middle"):
        play.complete(element_id)
    return play


POINTS: dict[str, Callable[[], Play]] = {
    made.__name__: made
    for made in (intake, reminded, armed_again, talk, join_waits, explaining, agreed_day, withdrawn, third_round)
}
