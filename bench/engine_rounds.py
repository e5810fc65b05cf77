"""What a round of a long loop costs: bytes, engine tasks and milliseconds of rounds 20 and 2000.

Run it with `python -m bench.engine_rounds`. A round is seven transitions: move the timers, wake, and five tasks.
"""

from time import perf_counter

from tests.engine.play import Play, procedure
from tests.engine.rounds import play_round

TRANSITIONS = 7
AROUND = 5


def main() -> None:
    """Play 2,000 rounds and print the median of the eleven rounds around 20 and around 2000."""
    play = Play(procedure("rounds"))
    play.start("begin")
    rounds = []
    for _ in range(2000 + AROUND):
        begun = perf_counter()
        size, tasks = play_round(play)[-1]
        rounds.append(((perf_counter() - begun) * 1000 / TRANSITIONS, size, tasks))
    for number in (20, 2000):
        times = sorted(rounds[number - 1 - AROUND : number + AROUND])
        milliseconds, size, tasks = times[AROUND]
        print(f"round {number}: {milliseconds:.2f} ms a transition, {size} bytes, {tasks} engine tasks")  # noqa: T201 - its purpose


if __name__ == "__main__":
    main()
