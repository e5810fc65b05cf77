"""The state of a running procedure as text: engine tasks only, never the spec, never data of people.

The text is compact JSON of our own making. Per level (the main process and every running call) it lists the tasks parents first,
so that the order in the text is the order of the tree; it is never sorted. What SpiffWorkflow can derive is left out.
"""

import json
from typing import Any, Final
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.compact import preorder
from app.engine.script_engine import FactsEngine
from app.engine.spiff_parser import Specs

FORMAT: Final = 1


class StateUnreadable(Exception):
    """A state that this version cannot load: another format, or an element that the specs do not have."""


class StateHoldsData(Exception):
    """Engine data is not empty; facts live outside the engine, so this is a mistake in the program."""


def dump(workflow: BpmnWorkflow) -> str:
    """The text of a workflow. Raises StateHoldsData when something was stored in engine data."""
    subs = sorted(workflow.subprocesses.values(), key=lambda sub: sub.depth)
    levels = [_level(workflow), *(_level(sub) for sub in subs)]
    return json.dumps({"format": FORMAT, "process": workflow.spec.name, "levels": levels}, separators=(",", ":"))


def load(specs: Specs, text: str, engine: FactsEngine) -> BpmnWorkflow:
    """The workflow of a text, under our script engine from the first moment on. Raises StateUnreadable."""
    stored = json.loads(text)
    if stored.get("format") != FORMAT:
        raise StateUnreadable(f"format {stored.get('format')!r} is not {FORMAT}")
    spec = specs.anytime.get(stored["process"], specs.main)
    if spec.name != stored["process"]:
        raise StateUnreadable(f"there is no process {stored['process']!r}")
    workflow = BpmnWorkflow(spec, dict(specs.subs), script_engine=engine, deserializing=True)
    main, *subs = stored["levels"]
    callers = _fill(workflow, main)
    for level in subs:
        caller = callers[UUID(level["caller"])]
        sub = BpmnSubWorkflow(specs.subs[caller.task_spec.spec], caller.id, workflow, deserializing=True)
        callers |= _fill(sub, level)
        workflow.subprocesses[caller.id] = sub
        sub.completed_event.connect(caller.task_spec._on_subworkflow_completed, caller)
    return workflow


def calls_around(text: str, task_id: str) -> tuple[str, ...]:
    """The ids of the calls in which a task of a stored state runs, the outermost first; of a task that is gone, none."""
    levels = json.loads(text)["levels"]
    callers = {one[0]: level.get("caller") for level in levels for one in level["tasks"]}
    names = {one[0]: one[1] for level in levels for one in level["tasks"]}
    found: list[str] = []
    caller = callers.get(UUID(task_id).hex)
    while caller is not None:
        found.append(names[caller])
        caller = callers[caller]
    return tuple(reversed(found))


def _level(level: BpmnBaseWorkflow) -> dict[str, Any]:
    if level.data:
        raise StateHoldsData(level.spec.name)
    tasks = list(preorder(level))
    place = {task.id: index for index, task in enumerate(tasks)}
    stored: dict[str, Any] = {"caller": level.parent_task_id.hex} if level.parent_task_id is not None else {}
    if level.completed:
        stored["completed"] = True
    return stored | {"tasks": [_task(task, place) for task in tasks]}


def _task(task: Task, place: dict[UUID, int]) -> list[Any]:
    if task.data:
        raise StateHoldsData(task.task_spec.name)
    parent = place[task.parent.id] if task.parent is not None else None
    marks = {key: value for key, value in task.internal_data.items() if value not in (None, False)}
    stored = [task.id.hex, task.task_spec.name, task.state, parent]
    return [*stored, marks] if marks else stored


def _fill(level: BpmnBaseWorkflow, stored: dict[str, Any]) -> dict[UUID, Task]:
    tasks: list[Task] = []
    for identity, name, state, parent, *marks in stored["tasks"]:
        if name not in level.spec.task_specs:
            raise StateUnreadable(f"{level.spec.name} has no element {name!r}")
        above = tasks[parent] if parent is not None else None
        task = Task(level, level.spec.task_specs[name], above, state=state, id=UUID(identity))
        # Only its order within one transition is ever looked at, and an old moment must not come from the wall clock.
        task.last_state_change = 0.0
        task.internal_data = dict(marks[0]) if marks else {}
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            level.top_workflow.event_manager.add_task(task)
        tasks.append(task)
    level.task_tree = tasks[0]
    level.completed = stored.get("completed", False)
    return {task.id: task for task in tasks}
