"""Every diagram is walked with the real engine: every answer of every gateway, every timer, to an end."""

from random import Random

import pytest

from app.domain.procedure import Begins, ElementKind, Procedure, Process
from app.engine.run import Runner
from tests.processes.product import procedures
from tests.processes.walk import Met, Walk

WALKS = 600
WALKS_BESIDE = 100
#: Loops that people may take as often as they like make a walk long, but never endless.
STEPS = 150
#: A step beside a procedure may wait for a day and ask again.
STEPS_BESIDE = 20


def walked(procedure: Procedure) -> Met:
    runner, met = Runner(), Met()
    for seed in range(WALKS):
        start = procedure.starts()[seed % len(procedure.starts())]
        walk = Walk(procedure, runner, met, Random(seed))  # noqa: S311  # a test that must repeat
        if start.begins in (Begins.BESIDE, Begins.ILLNESS):
            walk.give(procedure.processes[procedure.main].inputs)
        assert walk.run(start, STEPS) is not None, (seed, walk.outcome.ready, walk.facts)
        assert not walk.outcome.ready
        assert not walk.outcome.timers
    return met


def beside(procedure: Procedure) -> list[Process]:
    return [procedure.processes[name] for name in procedure.processes[procedure.main].anytime]


@pytest.mark.parametrize("key", procedures())
def test_every_element_and_every_choice_is_passed_and_every_walk_ends(key: str) -> None:
    procedure = procedures()[key]
    met = walked(procedure)
    others = {name for process in beside(procedure) for name in process.elements}
    levels = [process for process in procedure.processes.values() if process not in beside(procedure)]
    elements = {name for process in levels for name in process.elements} - others
    choices = {
        flow
        for process in levels
        for element in process.elements.values()
        if element.kind is ElementKind.EXCLUSIVE
        for flow in element.outgoing
    }
    assert elements - met.elements == set()
    assert choices - met.flows == set()


@pytest.mark.parametrize("key", procedures())
def test_what_may_be_done_beside_a_procedure_ends(key: str) -> None:
    procedure = procedures()[key]
    for process in beside(procedure):
        start = next(e for e in process.elements.values() if e.kind is ElementKind.START)
        met = Met()
        for seed in range(WALKS_BESIDE):
            walk = Walk(procedure, Runner(), met, Random(seed))  # noqa: S311  # as above
            walk.give(process.inputs)
            assert walk.run(start, STEPS_BESIDE) is not None
        assert met.elements == set(process.elements)
