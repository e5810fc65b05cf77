"""What a step is told to lead to, and what the real engine then does, on walks through every procedure."""

from dataclasses import dataclass, field
from random import Random

import pytest

from app.domain.lookahead import Ahead, next_waits, runs_next, steps_ahead, ways_on
from app.domain.procedure import Begins, ElementKind
from app.engine.outcome import Outcome
from app.engine.run import Runner
from app.engine.state import calls_around
from tests.processes.product import procedures
from tests.processes.walk import Met, Walk

WALKS = 20
STEPS = 100
_TIME = {ElementKind.TIMER_BOUNDARY, ElementKind.TIMER_CATCH}


@dataclass
class Compared(Walk):
    """A walk that looks ahead before each answer, and compares."""

    ahead: tuple[Ahead, ...] = ()
    answered: str = ""
    compared: int = 0
    #: What may open, run and lie ahead, as far as whom to tick and the list of steps go.
    broad: set[str] = field(default_factory=set)
    far: set[str] = field(default_factory=set)

    def _answer(self, element_id: str) -> None:
        task = next(one for one in self.outcome.ready if one.element_id == element_id)
        within = calls_around(self.outcome.state, task.task_id)
        self.ahead = ways_on(self.procedure, element_id, self.facts, within=within)
        self.broad = {one.element.id for one in next_waits(self.procedure, element_id, self.facts)}
        self.broad |= {one.id for one in runs_next(self.procedure, element_id, self.facts)} | {element_id}
        self.far = {one.element.id for one in steps_ahead(self.procedure, element_id, self.facts)} | {element_id}
        self.answered = element_id
        super()._answer(element_id)

    def _chosen(self, way: Ahead) -> bool:
        """Whether the answers make all choices of a way."""
        return all(self._taken(gate.id).name == label for gate, label in way.choices)

    def _keep(self, outcome: Outcome) -> None:
        before = {task.task_id for task in self.outcome.ready} if self.answered else set()
        super()._keep(outcome)
        passed = {step.element_id for step in outcome.passed}
        if self.answered and not {self.procedure.element(one).kind for one in passed} & _TIME:
            opened = {task.element_id for task in outcome.ready if task.task_id not in before}
            self._compare(opened | ({outcome.ended} if outcome.ended else set()), passed)
            self.compared += 1
        self.answered = ""

    def _compare(self, opened: set[str], passed: set[str]) -> None:
        came = opened | passed | {timer.element_id for timer in self.outcome.timers} | set(self.outcome.messages)
        chosen = [way for way in self.ahead if self._chosen(way)]
        # Nothing opens untold, and whatever is told for these answers comes.
        assert opened <= {way.element.id for way in chosen}, (self.answered, opened, self.facts)
        assert {way.element.id for way in chosen if not way.joined} <= came, (self.answered, came, self.facts)
        assert opened <= self.broad & self.far, (self.answered, opened, self.facts)


@pytest.mark.parametrize("key", procedures())
def test_what_comes_was_told_for_these_answers_and_what_is_told_for_them_comes(key: str) -> None:
    procedure, runner, met = procedures()[key], Runner(), Met()
    starts, compared = procedure.starts(), 0
    for seed in range(WALKS):
        walk = Compared(procedure, runner, met, Random(seed))  # noqa: S311  # a test that must repeat
        start = starts[seed % len(starts)]
        if start.begins in (Begins.BESIDE, Begins.ILLNESS):
            walk.give(procedure.processes[procedure.main].inputs)
        walk.run(start, STEPS)
        compared += walk.compared
    assert compared
