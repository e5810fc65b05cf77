"""The stored text: small, without data and specs, in order, and readable for as long as procedures run."""

import json

import pytest
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from app.engine.script_engine import FactsEngine, ScriptRefused
from app.engine.spiff_parser import Specs, build
from app.engine.state import StateHoldsData, StateUnreadable, dump, load
from tests.engine.play import Play, day
from tests.engine.points import GOLDEN, POINTS, agreed_day, intake

every_point = pytest.mark.parametrize("point", POINTS)


def golden(point: str) -> str:
    return (GOLDEN / f"{point}.json").read_text(encoding="utf-8").strip()


def loaded(play: Play, text: str) -> BpmnWorkflow:
    return load(build(play.procedure), text, FactsEngine(play.situation))


def shape(text: str) -> object:
    """The state without its random ids."""
    return [[(name, *rest) for _, name, *rest in level["tasks"]] for level in json.loads(text)["levels"]]


def finish(play: Play) -> str | None:
    """Complete whatever is open until nothing is."""
    play.facts |= {"answer": "yes", "round": "last", "follow_up_on": day(0)}
    play.wake()
    while play.ready:
        play.complete(play.ready[0])
    return play.outcome.ended


@every_point
def test_a_golden_state_loads_and_is_written_the_same(point: str) -> None:
    assert dump(loaded(POINTS[point](), golden(point))) == golden(point)


@every_point
def test_todays_code_writes_the_shape_of_the_golden_state(point: str) -> None:
    assert shape(POINTS[point]().outcome.state) == shape(golden(point))


@every_point
def test_a_golden_state_runs_to_its_end(point: str) -> None:
    play = POINTS[point]()
    expected = play.ready, play.timers, play.outcome.messages
    play.outcome = play.runner.wake(play.procedure, golden(point), play.situation)
    assert (play.ready, play.timers, play.outcome.messages) == expected
    assert finish(play) == ("end" if point == "third_round" else "ready")


@every_point
def test_a_state_is_small_and_holds_no_facts(point: str) -> None:
    play = POINTS[point]()
    play.facts["answer"] = "zeepaardje"
    play.wake()
    assert len(play.outcome.state) < 4096
    assert "zeepaardje" not in play.outcome.state


@every_point
def test_tasks_are_written_parents_first(point: str) -> None:
    for level in json.loads(golden(point))["levels"]:
        parents = [parent for _, _, _, parent, *_ in level["tasks"]]
        assert parents[0] is None
        assert all(parent < place for place, parent in enumerate(parents[1:], start=1))


def test_engine_data_must_stay_empty() -> None:
    play = intake()
    workflow = loaded(play, play.outcome.state)
    workflow.task_tree.data["name"] = "zeepaardje"
    with pytest.raises(StateHoldsData):
        dump(workflow)
    workflow.task_tree.data.clear()
    workflow.data["name"] = "zeepaardje"
    with pytest.raises(StateHoldsData):
        dump(workflow)


@every_point
def test_all_engine_data_is_empty_at_every_point(point: str) -> None:
    play = POINTS[point]()
    workflow = loaded(play, play.outcome.state)
    for level in (workflow, *workflow.subprocesses.values()):
        assert level.data == {}
        assert all(task.data == {} for task in level.tasks.values())


def test_a_loaded_workflow_has_our_script_engine_on_every_level() -> None:
    play = agreed_day()
    engine = FactsEngine(play.situation)
    workflow = load(build(play.procedure), play.outcome.state, engine)
    assert all(level.script_engine is engine for level in (workflow, *workflow.subprocesses.values()))
    with pytest.raises(ScriptRefused):
        engine.execute(workflow.task_tree, "1 + 1")


def test_a_state_of_another_format_is_refused() -> None:
    play = intake()
    with pytest.raises(StateUnreadable, match="format 2"):
        loaded(play, play.outcome.state.replace('"format":1', '"format":2'))


@pytest.mark.parametrize(("old", "new"), [('"process":"whole"', '"process":"gone"'), ('"intake_warn"', '"gone"')])
def test_a_state_of_another_diagram_is_refused(old: str, new: str) -> None:
    play = intake()
    with pytest.raises(StateUnreadable, match="gone"):
        loaded(play, play.outcome.state.replace(old, new))


def test_running_changes_nothing_in_the_cached_specs() -> None:
    play = intake()

    def picture(specs: Specs) -> object:
        return [
            [(s.name, s._inputs, s._outputs) for s in spec.task_specs.values()] for spec in (specs.main, *specs.subs.values())
        ]

    assert finish(play) == "ready"
    (cached,) = play.runner._specs.values()
    assert picture(cached) == picture(build(play.procedure))
