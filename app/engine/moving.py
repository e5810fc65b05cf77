"""Moves the state of a running procedure to another version of its drawing.

What waits stays: tasks keep their ids and timers their moments. What was only predicted is forgotten and predicted again; what is
finished and drawn no more is spliced out. A running step has the boundary events of the new drawing: those that are gone wait no
more, those that were added wait from now on. Not with SpiffWorkflow's own migration, which computes timers anew. What cannot be
shown to go on as drawn is refused (app/engine/moving_checks.py).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.util.task import TaskState

from app.domain.moving import CannotMove, Obstacle
from app.domain.procedure import Element, ElementKind, Process
from app.engine.arming import JOIN, SPLIT, hang_events
from app.engine.compact import preorder
from app.engine.moving_checks import Pair, check_element, check_join, hangs_on, leads_on
from app.engine.script_engine import FactsEngine
from app.engine.spiff_parser import Specs
from app.engine.state import dump, load
from app.engine.steps import levels

_ALIVE: Final = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_PREDICTED: Final = TaskState.PREDICTED_MASK | TaskState.FUTURE
_END_JOIN: Final = ".EndJoin"


def move(pair: Pair, specs: Specs, state: str, engine: FactsEngine) -> str:
    """The state as the new version has it; `specs` are those of the new version. Raises CannotMove.

    Runs nothing: no timer fires and no service task is reached; timers that were added are set when it is loaded to go on.
    `engine` is any, it is not asked.
    """
    stored = json.loads(state)
    calls: dict[str, tuple[str, str]] = {}
    moved = []
    for level in stored["levels"]:
        before, after = calls[level["caller"]] if "caller" in level else _roots(pair, specs, stored["process"])
        one = _Level(pair, pair.old.processes[before], pair.new.processes[after], _spec(specs, after), level["tasks"])
        moved.append(level | {"tasks": one.moved()})
        calls |= one.calls
    workflow = load(specs, json.dumps(stored | {"levels": moved}), engine)
    hang_events(workflow)
    for part in levels(workflow):
        for task in list(preorder(part)):
            if task.has_state(_ALIVE):
                task._sync_children(task.task_spec.outputs, TaskState.MAYBE)
                for child in task.children:
                    child.task_spec._predict(child)
    return dump(workflow)


def _roots(pair: Pair, specs: Specs, process: str) -> tuple[str, str]:
    if process not in (specs.main.name, *specs.anytime):
        raise CannotMove(Obstacle("process_gone", process, pair.old.processes[process].name))
    return process, process


def _spec(specs: Specs, process: str) -> BpmnProcessSpec:
    if process == specs.main.name:
        return specs.main
    return specs.subs.get(process) or specs.anytime[process]


@dataclass
class _Level:
    """One level of a stored state: its tasks as lists of id, name, state, place of the parent, and perhaps marks."""

    pair: Pair
    old: Process
    new: Process
    spec: BpmnProcessSpec
    tasks: list[list[Any]]
    #: For each running call, by the hexadecimal id of its task: the process that it called, and that it calls now.
    calls: dict[str, tuple[str, str]] = field(default_factory=dict)

    def moved(self) -> list[list[Any]]:
        """The tasks under the names of the new version, parents first, in the order in which they were."""
        for place, task in enumerate(self.tasks):
            if task[2] & _ALIVE and place not in self._loose:
                self._check(task)
        kept = self._kept()
        places: dict[int, int] = {}
        found: list[list[Any]] = []
        for place, (identity, name, state, _, *marks) in enumerate(self.tasks):
            if place in kept:
                above = next((places[one] for one in self._above(place) if one in places), None)
                places[place] = len(found)
                found.append([identity, self._name(name), state, above, *marks])
        return found

    @cached_property
    def _loose(self) -> set[int]:
        """Boundary events that do not hang there any more, and what the engine waits with behind those that fired."""
        found: set[int] = set()
        for place, (_, name, _, above, *_) in enumerate(self.tasks):
            element, role = self._drawn(name)
            if element is None:
                continue
            gone = element.attached_to is not None and not hangs_on(self.pair, element, self.new)
            if gone or (role == JOIN and above in found):
                found.add(place)
        return found

    def _check(self, task: list[Any]) -> None:
        element, role = self._drawn(task[1])
        if element is None or role == JOIN:
            return
        found = check_element(self.pair, element, self.new)
        if task[2] == TaskState.WAITING and task[1] in self._joins():
            self._check_tokens(task[1], element)
        if element.called is not None and found.called is not None:
            self.calls[task[0]] = (element.called, found.called)

    def _check_tokens(self, name: str, element: Element) -> None:
        """A join that waits: what arrived counts on, and what has not arrived can still come."""
        arrived = set()
        for above in (task[3] for task in self.tasks if task[1] == name and task[2] & ~_PREDICTED):
            if self.tasks[above][2] == TaskState.COMPLETED:
                # The way from an event that hangs elsewhere now is another way.
                arrived.add("" if above in self._loose else self._name(self.tasks[above][1]))
        inputs = {spec.name for spec in self.spec.task_specs[self._name(name)].inputs}
        still = (task for place, task in enumerate(self.tasks) if task[2] & _ALIVE and place not in self._loose)
        alive = {self._name(task[1]) for task in still if task[1] != name}
        coming = leads_on(self.spec, alive, stop=self._name(name))
        check_join(element, self.new.elements[self.pair.id(element.id)], arrived=arrived, inputs=inputs, coming=coming)

    def _joins(self) -> set[str]:
        return {element.id for element in self.old.elements.values() if element.kind is ElementKind.PARALLEL}

    def _kept(self) -> set[int]:
        """What is alive; of what is finished the root, what a waiting join will look at, and what is drawn as it was."""
        waiting = {task[1] for task in self.tasks if task[2] == TaskState.WAITING} & self._joins()
        instances = {place for place, task in enumerate(self.tasks) if task[1] in waiting and not task[2] & _PREDICTED}
        needed = {0} | instances | {self.tasks[place][3] for place in instances}
        return (
            needed
            | {place for place, task in enumerate(self.tasks) if task[2] & _ALIVE or self._stays(place, task)} - self._loose
        )

    def _stays(self, place: int, task: list[Any]) -> bool:
        """Whether what is finished stays: what is drawn as it was, and what stands between a running step and what was before."""
        if task[2] & _PREDICTED or self._name(task[1]) not in self.spec.task_specs:
            return False
        element, role = self._drawn(task[1])
        if element is None:
            return True
        if role:
            return role == SPLIT and self._hosts(place, element)
        after = self.new.elements.get(self.pair.id(element.id))
        return after is not None and (element.kind, len(element.incoming) > 1) == (after.kind, len(after.incoming) > 1)

    def _hosts(self, split: int, element: Element) -> bool:
        return any(task[3] == split and task[1] == element.id and task[2] & _ALIVE for task in self.tasks)

    def _above(self, place: int) -> Iterator[int]:
        """The places of a task's parent, of the parent's parent, and so on; but only a step and its events hang below a split."""
        above = parent = self.tasks[place][3]
        while above is not None:
            if above == parent or self._drawn(self.tasks[above][1])[1] != SPLIT:
                yield above
            above = self.tasks[above][3]

    def _drawn(self, name: str) -> tuple[Element | None, str]:
        """The element that a task belongs to, None for the engine's own; and what stands behind its id."""
        for role in (SPLIT, JOIN):
            if name.endswith(role) and name.removesuffix(role) in self.old.elements:
                return self.old.elements[name.removesuffix(role)], role
        return self.old.elements.get(name), ""

    def _name(self, name: str) -> str:
        element, role = self._drawn(name)
        if element is not None:
            return self.pair.id(element.id) + role
        return self.new.id + _END_JOIN if name == self.old.id + _END_JOIN else name
