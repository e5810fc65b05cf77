"""What a step costs SpiffWorkflow alone: its own parts in memory, with the spec cached instead of written into every state."""

import re
from statistics import median
from time import perf_counter
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.helpers import BpmnConverter
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench import procedure
from bench.figures import Progress

#: The tasks in the middle of a case; the first of them carries the timers.
_MIDDLE = procedure.TASKS[4:8]


def library_step_ms(cases: int, progress: Progress) -> float:
    """The median of reading a state, completing a task, running on and writing the state, in the middle of a case."""
    spec = _spec()
    serializer = _serializer(spec)
    times: list[float] = []
    for _ in range(cases):
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        state = serializer.serialize_json(workflow)
        for task in procedure.TASKS:
            begun = perf_counter()
            state = _step(serializer, state, task)
            if task in _MIDDLE:
                times.append((perf_counter() - begun) * 1000)
        progress.step()
    return median(times)


def _step(serializer: BpmnWorkflowSerializer, state: str, task: str) -> str:
    workflow = serializer.deserialize_json(state)
    ready = next(one for one in workflow.get_tasks(state=TaskState.READY, manual=True) if one.task_spec.name == task)
    ready.data[f"{task}_done"] = "ja"
    ready.run()
    workflow.refresh_waiting_tasks()
    workflow.do_engine_steps()
    written: str = serializer.serialize_json(workflow)
    return written


def _spec() -> BpmnProcessSpec:
    """The measured procedure as the library reads it: conditions in Python, and timers far away."""
    text = re.sub(r"\$\{(?:warn|deadline)\.\w+\}", "'2199-01-01T00:00:00+00:00'", procedure.diagram())
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(re.sub(r"\$\{(.*?)\}", r"\1", text).encode()))
    return parser.get_spec(procedure.KEY)


def _serializer(spec: BpmnProcessSpec) -> BpmnWorkflowSerializer:
    class Cached(BpmnConverter):  # type: ignore[misc]  # the library ships no types
        """Writes a spec as its name, and gives the cached one back."""

        def to_dict(self, spec: BpmnProcessSpec) -> dict[str, Any]:
            return {"name": spec.name}

        def from_dict(self, _dct: dict[str, Any]) -> BpmnProcessSpec:
            return spec

    registry = BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnProcessSpec: Cached})
    return BpmnWorkflowSerializer(registry)
