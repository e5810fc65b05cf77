"""Which facts are still read, which are written, and what runs beside what: read from the drawing, for all levels.

A phase is driven on its own. What it needs from whoever calls it are the facts that it reads (`needs`); what it hands back are
those of its facts that are read afterwards (`gives`); and what may change under its hands is what others write (`beside`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.expressions import parse
from app.domain.forms import Field
from app.domain.procedure import Element, ElementKind, Procedure, Process
from app.engine.driving.values import EMPTY, Domain, Values

Names = frozenset[str]
Writes = Mapping[str, Values]

_NONE: Final[Names] = frozenset()
_STARTS: Final = (ElementKind.START, ElementKind.MESSAGE_START)


@dataclass(slots=True)
class Reading:
    """All of this for a procedure whose calls do not loop."""

    procedure: Procedure
    domain: Domain
    #: Facts that other procedures hand back, at any moment.
    handed: Names = _NONE
    #: By element: the facts that are read from there on, within its own level and what it calls.
    live: dict[str, Names] = field(default_factory=dict)
    gives: dict[str, Names] = field(default_factory=dict)
    beside: dict[str, Writes] = field(default_factory=dict)
    #: Calls that run beside something else of their own level.
    parallel: set[str] = field(default_factory=set)
    _writes: dict[str, Writes] = field(default_factory=dict)
    _edges: dict[str, tuple[Element, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for process in self.procedure.processes.values():
            for element in process.elements.values():
                if element.attached_to is not None:
                    self._edges[element.attached_to] = (*self._edges.get(element.attached_to, ()), element)
        roots = (self.procedure.main, *self.procedure.processes[self.procedure.main].anytime)
        inner_first = list(dict.fromkeys(name for root in roots for name in reversed(self.procedure.levels(root))))
        for name in sorted(inner_first, key=self._height):
            self._lives(self.procedure.processes[name])
        handed: dict[str, Values] = {name: self.domain.whole(name) for name in self.handed}
        for name in self.procedure.processes[self.procedure.main].anytime:
            back = self.procedure.processes[name].outputs
            handed = _more(handed, {fact: values for fact, values in self.writes(name).items() if fact in back})
        self.beside[self.procedure.main] = handed
        for name in sorted(inner_first, key=self._height, reverse=True):
            self._callees(self.procedure.processes[name])

    def needs(self, process_id: str) -> Names:
        """The facts that a level reads before it sets them, whichever start it begins with."""
        elements = self.procedure.processes[process_id].elements.values()
        return _NONE.union(*(self.live[e.id] for e in elements if e.kind in _STARTS))

    def writes(self, process_id: str) -> Writes:
        """What the forms of a level, and of all that it calls, can set facts to."""
        if process_id not in self._writes:
            found: Writes = {}
            for element in self.procedure.processes[process_id].elements.values():
                found = _more(found, self.writes_of(element))
            self._writes[process_id] = found
        return self._writes[process_id]

    def writes_of(self, element: Element) -> Writes:
        """What one element can set facts to."""
        if element.called is not None:
            return self.writes(element.called)
        return {one.key: self.domain.of(one) | (EMPTY if _may_stay_empty(one) else frozenset()) for one in self.fields(element)}

    def fields(self, element: Element) -> tuple[Field, ...]:
        """The questions of a task that ask for facts."""
        form = self.procedure.forms.get(element.form_id or "")
        return () if form is None else tuple(one for one in form.fields if not one.sealed)

    def edges(self, element_id: str) -> tuple[Element, ...]:
        """The events on the edge of an element."""
        return self._edges.get(element_id, ())

    def after(self, element: Element) -> Names:
        """The facts that are read behind an element, within its level and what that calls."""
        process = self.procedure.processes[element.process_id]
        return _NONE.union(*(self.live.get(process.flows[flow].target, _NONE) for flow in element.outgoing))

    def choice(self, element: Element) -> Names:
        """The facts that a gateway chooses by; none of anything else."""
        if element.kind is not ElementKind.EXCLUSIVE:
            return _NONE
        flows = self.procedure.processes[element.process_id].flows
        conditions = (flows[flow].condition for flow in element.outgoing)
        return _NONE.union(*(parse(text).names() for text in conditions if text is not None))

    def handles_empty(self, gateway: Element, fact: str) -> bool:
        """Whether the conditions of a choice say what holds while a fact is empty: with null, or by nothing but `!=`."""
        flows = self.procedure.processes[gateway.process_id].flows
        texts = (flows[flow].condition for flow in gateway.outgoing)
        compared = [
            one for text in texts if text is not None for one in parse(text).comparisons() if fact in (one.name, one.other)
        ]
        asks_empty = any(one.literal is None and one.other is None for one in compared)
        return asks_empty or all(one.op == "!=" for one in compared)

    def asked(self, element: Element, wanted: Names) -> tuple[Field, ...]:
        """The questions of a task whose answers are wanted, and those on which it hangs whether they are asked, in order."""
        fields = {one.key: one for one in self.fields(element)}
        found: set[str] = set()
        waiting = [name for name in fields if name in wanted]
        while waiting:
            name = waiting.pop()
            if name in fields and name not in found:
                found.add(name)
                waiting += _conditioned(fields[name])
        return tuple(one for one in fields.values() if one.key in found)

    def _height(self, process_id: str) -> int:
        called = {e.called for e in self.procedure.processes[process_id].elements.values() if e.called is not None}
        return 1 + max((self._height(name) for name in called), default=0)

    def _lives(self, process: Process) -> None:
        changed = True
        while changed:
            changed = False
            for element in reversed(list(process.elements.values())):
                found = self._before(process, element)
                if self.live.get(element.id) != found:
                    self.live[element.id] = found
                    changed = True

    def _before(self, process: Process, element: Element) -> Names:
        found = self.after(element)
        if element.kind is ElementKind.EXCLUSIVE:
            found |= self.choice(element)
        elif element.kind is ElementKind.USER_TASK:
            asked = self.asked(element, found)
            # A condition reads answers above it in the form, and of all else what was known before.
            read = _NONE.union(*(_conditioned(one) - {above.key for above in asked[:at]} for at, one in enumerate(asked)))
            found = (found - {one.key for one in self.fields(element)}) | read
        elif element.called is not None:
            found |= self.needs(element.called)
        timer = element.timer_fact
        edges = _NONE.union(*(self.live.get(event.id, _NONE) for event in self.edges(element.id)))
        return found | edges | ({timer} if timer is not None else _NONE)

    def _callees(self, process: Process) -> None:
        gives, around = self.gives.setdefault(process.id, _NONE), self.beside.setdefault(process.id, {})
        for call in (element for element in process.elements.values() if element.called is not None):
            called = call.called or ""
            own = self.needs(called) | self.writes(called).keys()
            self.gives[called] = self.gives.get(called, _NONE) | ((self.after(call) | gives) & own)
            writes: Writes = around
            for other in concurrent(process, call):
                self.parallel.add(call.id)
                writes = _more(writes, self.writes_of(other))
            self.beside[called] = _more(self.beside.get(called, {}), writes)


def concurrent(process: Process, element: Element) -> list[Element]:
    """The elements of a level that may be open while this one is, going by the drawing."""
    found: dict[str, None] = {}
    for branches in _forks(process):
        for at, branch in enumerate(branches):
            if element.id in branch:
                found.update(dict.fromkeys(name for one, other in enumerate(branches) if one != at for name in other))
    return [process.elements[name] for name in found]


def _forks(process: Process) -> Iterator[list[set[str]]]:
    """Where one way becomes more: the elements of each way, up to where all of them come together."""
    for element in process.elements.values():
        if element.kind is ElementKind.PARALLEL and len(element.outgoing) > 1:
            yield _branches(process, [process.flows[flow].target for flow in element.outgoing])
        if element.attached_to is not None and not element.interrupting:
            yield _branches(process, [element.id, element.attached_to])


def _branches(process: Process, begins: list[str]) -> list[set[str]]:
    passed: set[str] = set()
    while True:
        branches = [_reach(process, begin, passed) for begin in begins]
        joins = {name for branch in branches for name in branch if _is_join(process.elements[name])} - passed
        partial = {name for name in joins if not all(name in branch for branch in branches)}
        if not partial:
            return [branch - (joins - partial) for branch in branches]
        passed |= partial


def _reach(process: Process, begin: str, passed: set[str]) -> set[str]:
    """What lies behind an element, up to joins that were not yet found to leave somebody out."""
    found: set[str] = set()
    waiting = [begin]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        element = process.elements[name]
        if not _is_join(element) or name in passed:
            waiting += [process.flows[flow].target for flow in element.outgoing]
        waiting += [one.id for one in process.elements.values() if one.attached_to == name]
    return found


def _is_join(element: Element) -> bool:
    return element.kind is ElementKind.PARALLEL and len(element.incoming) > 1


def _conditioned(question: Field) -> Names:
    texts = (text for text in (question.shown_when, question.required_when) if text is not None)
    return _NONE.union(*(parse(text).names() for text in texts))


def _may_stay_empty(question: Field) -> bool:
    return not question.required or question.shown_when is not None


def _more(writes: Writes, others: Writes) -> dict[str, Values]:
    empty: Values = frozenset()
    return {name: writes.get(name, empty) | others.get(name, empty) for name in {**writes, **others}}
