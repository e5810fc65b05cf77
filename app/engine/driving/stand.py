"""One level on the real engine, with every call in it as a task that waits: what the engine does is asked once and remembered.

What a transition does hangs on what the level waits for, on what happens, and on the facts that are read on the way, in the order
in which they are read. So each transition is a tree of those reads, of which the engine runs every branch once.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from lxml import etree
from SpiffWorkflow.exceptions import WorkflowException

from app.domain.procedure import ElementKind, Procedure
from app.engine.driving.splitting import Reader
from app.engine.driving.values import NOW, UNSET, Known, Value, order
from app.engine.outcome import Moments, Outcome, Situation
from app.engine.run import Runner
from app.engine.steps import RunsForever
from app.engine.timers import TimerKind, timer_source
from app.engine.xml import BPMN, read_xml

_ROUNDS: Final = 20
_AHEAD: Final = NOW + timedelta(days=365)
_GONE: Final = NOW - timedelta(days=1)
_EDGES: Final = (ElementKind.TIMER_BOUNDARY, ElementKind.MESSAGE_BOUNDARY)


class Happens(StrEnum):
    """What can happen to a procedure: somebody starts it or completes a task, a phase is over, a day comes, a message comes."""

    START = "start"
    COMPLETE = "complete"
    FIRE = "fire"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Control:
    """What a level waits for. `open` are tasks, calls and events in the way of a token, each as often as it is open."""

    number: int
    outcome: Outcome = field(repr=False)
    tasks: tuple[str, ...]
    timers: tuple[str, ...]
    messages: tuple[str, ...]
    open: tuple[str, ...]
    over: bool

    @property
    def twice(self) -> str | None:
        """An element that is open twice, None when there is none."""
        return next((name for name in self.open if self.open.count(name) > 1), None)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one transition did: what the level waits for then (None: the engine refused), and what was passed, in order."""

    control: int | None
    passed: tuple[str, ...]
    error: str = ""


@dataclass(slots=True)
class _Read:
    """A fact is read; the rest hangs on what it is."""

    name: str
    ways: "dict[Value, _Read | Ran]" = field(default_factory=dict)


class Stand:
    """Runs one level of a procedure; not shared between threads."""

    def __init__(self, procedure: Procedure, process_id: str) -> None:
        self.process_id = process_id
        self.elements = procedure.processes[process_id].elements
        self._procedure = _alone(procedure, process_id)
        # An element is a few steps of the engine; nothing is passed so often in one transition, unless it goes round.
        self._runner = Runner(most_steps=_ROUNDS * (len(self.elements) + 10))
        self.controls: list[Control] = []
        self._numbers: dict[str, int] = {}
        self._trees: dict[tuple[int | None, Happens, str], _Read | Ran] = {}

    def react(self, at: int | None, what: Happens, element_id: str, known: Known) -> Iterator[tuple[dict[str, Value], Ran]]:
        """All that can follow: what each fact was that was read on the way, and what the engine did."""
        key = (at, what, element_id)
        if key not in self._trees:
            self._grow(key, known, {})
        waiting: list[tuple[dict[str, Value], _Read | Ran]] = [({}, self._trees[key])]
        while waiting:
            taken, tree = waiting.pop()
            if isinstance(tree, Ran):
                yield taken, tree
                continue
            for value in sorted(known.get(tree.name, UNSET), key=order):
                if value not in tree.ways:
                    self._grow(key, known, {**taken, tree.name: value})
                waiting.append(({**taken, tree.name: value}, tree.ways[value]))

    def _grow(self, key: tuple[int | None, Happens, str], known: Known, taken: dict[str, Value]) -> None:
        """Run the engine with some facts settled, and the others as they come, and remember all that was read."""
        facts = Reader(known, taken)
        ran = self._run(key, facts)
        tree: _Read | Ran = ran
        for name in reversed(facts.read):
            tree = _Read(name, {facts.taken[name]: tree})
        if key not in self._trees:
            self._trees[key] = tree
            return
        place, found = self._trees[key], tree
        # Both hold the same reads up to where the new branch begins.
        while isinstance(place, _Read) and isinstance(found, _Read):
            ((value, rest),) = found.ways.items()
            if value not in place.ways:
                place.ways[value] = rest
                return
            place, found = place.ways[value], rest

    def _run(self, key: tuple[int | None, Happens, str], facts: Reader) -> Ran:
        try:
            outcome = self._transition(key, facts)
        except RunsForever:
            return Ran(None, (), "runs_forever")
        except WorkflowException:
            return Ran(None, (), "no_way")
        return Ran(self._number(outcome), tuple(step.element_id for step in outcome.passed))

    def _transition(self, key: tuple[int | None, Happens, str], facts: Reader) -> Outcome:
        at, what, element_id = key
        situation = Situation(facts, NOW, lambda _: Moments(_AHEAD, _AHEAD))
        if at is None:
            return self._runner.start(self._procedure, element_id, situation)
        before = self.controls[at].outcome
        match what:
            case Happens.SEND:
                return self._runner.send(self._procedure, before.state, element_id, situation)
            case Happens.FIRE:
                return self._fire(before, element_id, situation)
            case _:
                task_id = next(task.task_id for task in before.ready if task.element_id == element_id)
                return self._runner.complete(self._procedure, before.state, task_id, situation)

    def _fire(self, before: Outcome, element_id: str, situation: Situation) -> Outcome:
        """Time for one timer: the fact that it waits for lies in the past already; of a term the moments are moved there."""
        source = timer_source(f"${{{self.elements[element_id].timer}}}")
        if source.kind is TimerKind.FACT:
            return self._runner.wake(self._procedure, before.state, situation)
        due = _GONE if source.kind is TimerKind.DEADLINE else _AHEAD
        late = replace(situation, term=lambda _: Moments(due, _GONE))
        return self._runner.move_timers(self._procedure, before.state, source.name, late)

    def _number(self, outcome: Outcome) -> int:
        tasks = tuple(task.element_id for task in outcome.ready)
        timers = tuple(timer.element_id for timer in outcome.timers)
        over = _is_over(outcome.state)
        key = "over" if over else _shape(outcome.state)
        if key not in self._numbers:
            self._numbers[key] = len(self.controls)
            in_way = [*tasks, *(name for name in (*timers, *outcome.messages) if not self._is_edge(name))]
            found = Control(len(self.controls), outcome, tasks, timers, outcome.messages, tuple(sorted(in_way)), over)
            self.controls.append(found)
        return self._numbers[key]

    def _is_edge(self, element_id: str) -> bool:
        return self.elements[element_id].kind in _EDGES


def _alone(procedure: Procedure, process_id: str) -> Procedure:
    """One level as a procedure of its own, in which each call is a task."""
    process = procedure.processes[process_id]
    root = read_xml(procedure.sources[process.file])
    for node in root.iter(f"{BPMN}callActivity"):
        node.tag = f"{BPMN}userTask"
    bare = replace(process, properties={name: value for name, value in process.properties.items() if name != "anytime"})
    return replace(
        procedure,
        main=process_id,
        processes={process_id: bare},
        sha256=f"{procedure.sha256}/{process_id}",
        sources={process.file: etree.tostring(root)},
    )


def _shape(state: str) -> str:
    """The state without the identity of its tasks and the moments of its timers, which make no difference here."""
    stored = json.loads(state)
    return json.dumps([[task[1:4] for task in level["tasks"]] for level in stored["levels"]])


def _is_over(state: str) -> bool:
    return bool(json.loads(state)["levels"][0].get("completed", False))
