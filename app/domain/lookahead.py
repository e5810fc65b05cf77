"""What may come after a step, read from the drawing alone: for 'what happens next', the steps ahead, and whom to ask."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.forms import Form
from app.domain.possible import Known, Names, Possible, condition
from app.domain.procedure import ENDS, Element, ElementKind, Flow, Procedure
from app.domain.running import WAITS, Choices, Runner, Token, callers, joins, runs_beside, starts, stopped_at_once

_NONE: Names = frozenset()

#: The topic of a service task that starts another procedure.
START: Final = "start_procedure"


@dataclass(frozen=True, slots=True)
class Ahead:
    """An element that may come next, and the choices that lead there: the gateway and the label of each flow that was taken.

    `joined`: it also waits for something that ran before, of which nothing is known here.
    """

    element: Element
    choices: Choices
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Far:
    """Where a walk to all that lies ahead is: the calls it entered, and the facts that may be different by then."""

    element: Element
    choices: Choices
    asked: Names
    calls: tuple[str, ...] = ()
    joined: bool = False


def ways_on(
    procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE, within: Sequence[str] = ()
) -> tuple[Ahead, ...]:
    """The ways from an element to what directly follows it, the shortest first, so many at most: what is waited for then (also
    this element, again), ends, and service tasks that start another procedure. Facts as for `next_waits`.

    `within`: the calls in which the element runs now, the outermost first; without them it may be any that lead there.
    """
    runs = _runner(procedure, element_id, facts, hidden, within).runs()
    tokens = (token for run in runs for token in (*run.ran, *run.stopped))
    told = (token for token in tokens if token.element.kind is not ElementKind.SERVICE_TASK or token.element.topic == START)
    return _once(told, lambda token: (token.element.id, token.joined, *((gate.id, label) for gate, label in token.choices)))


def next_waits(procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE) -> tuple[Ahead, ...]:
    """The tasks, dates and ends of the procedure that may directly follow an element, nearest first, each once.

    With facts, a choice that they decide already is taken and no longer told; without, every choice is open. What hangs on
    `hidden` facts, which the reader may not know, stays open.
    """
    runs = _runner(procedure, element_id, facts, hidden).ends()
    told = (token for run in runs for token in run.stopped if token.element.id != element_id)
    return _once(told, lambda token: token.element.id)


def runs_next(procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE) -> tuple[Element, ...]:
    """The service tasks that may run directly after an element, before anybody or anything is waited for again."""
    ran = (token for run in _runner(procedure, element_id, facts, hidden).ends() for token in run.ran)
    return tuple(ahead.element for ahead in _once(ran, lambda token: token.element.id))


def steps_ahead(procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE) -> tuple[Ahead, ...]:
    """All tasks, dates and ends that may still come after an element, nearest first, each once; facts as for `next_waits`."""
    element = procedure.element(element_id)
    possible = Possible(procedure, element, facts, hidden)
    found: dict[str, Ahead] = {}
    for far in _walk(procedure, _Far(element, (), possible.asked() | hidden), possible.known()):
        if far.element.kind in WAITS or _ends_all(procedure, far):
            found.setdefault(far.element.id, Ahead(far.element, far.choices, far.joined))
    found.pop(element_id, None)
    return tuple(found.values())


def asked_at(procedure: Procedure, element_id: str) -> Names:
    """The facts that a step's form may ask for."""
    return _asks(procedure, procedure.element(element_id))


def _runner(procedure: Procedure, element_id: str, facts: Known | None, hidden: Names, within: Sequence[str] = ()) -> Runner:
    element = procedure.element(element_id)
    return Runner(procedure, element, Possible(procedure, element, facts, hidden), within)


def _once(tokens: Iterable[Token], key: Callable[[Token], object]) -> tuple[Ahead, ...]:
    found: dict[object, Ahead] = {}
    for token in tokens:
        found.setdefault(key(token), Ahead(token.element, token.choices, token.joined))
    return tuple(found.values())


def _walk(procedure: Procedure, first: _Far, facts: Known | None) -> Iterator[_Far]:
    seen = {(first.element.id, first.calls)}
    waiting = deque(_after(procedure, first, facts))
    while waiting:
        far = waiting.popleft()
        place = (far.element.id, far.calls)
        if place not in seen:
            seen.add(place)
            yield far
            asks = _asks(procedure, far.element)
            waiting.extend(_after(procedure, far if asks <= far.asked else replace(far, asked=far.asked | asks), facts))


def _after(procedure: Procedure, far: _Far, facts: Known | None) -> list[_Far]:
    element, process = far.element, procedure.processes[far.element.process_id]
    if element.kind is ElementKind.CALL and element.called is not None:
        inner = starts(procedure.processes[element.called])
        return [replace(far, element=start, calls=(*far.calls, element.id)) for start in inner]
    if element.kind is ElementKind.END and not far.joined and runs_beside(process, element) and stopped_at_once(process):
        return []
    if element.kind in ENDS:
        calls = [procedure.element(far.calls[-1])] if far.calls else callers(procedure, process)
        return [found for call in calls for found in _flows(procedure, replace(far, element=call, calls=far.calls[:-1]), facts)]
    if joins(process, element):
        # What runs beside it may answer anything until then.
        far = replace(far, joined=True, asked=far.asked.union(*(_questions(form) for form in procedure.forms.values())))
    return _flows(procedure, far, facts)


def _flows(procedure: Procedure, far: _Far, facts: Known | None) -> list[_Far]:
    process = procedure.processes[far.element.process_id]
    flows = [process.flows[flow] for flow in far.element.outgoing]
    decided = None if facts is None else _decided(far, flows, facts)
    if decided is not None:
        return [replace(far, element=process.elements[decided.target])]
    return [replace(far, element=process.elements[flow.target], choices=_chosen(far, flow)) for flow in flows]


def _decided(far: _Far, flows: list[Flow], facts: Known) -> Flow | None:
    """The flow that an exclusive gateway will take, when no form on the way can change what its conditions read."""
    if far.element.kind is not ElementKind.EXCLUSIVE:
        return None
    conditions = [(flow, condition(flow.condition)) for flow in flows if flow.condition is not None]
    if any(one.names() & far.asked for _, one in conditions):
        return None
    true = (flow for flow, one in conditions if one.evaluate(facts))
    return next(true, next((flow for flow in flows if flow.default), None))


def _chosen(far: _Far, flow: Flow) -> Choices:
    told = flow.name and far.element.kind is ElementKind.EXCLUSIVE
    return (*far.choices, (far.element, flow.name)) if told else far.choices


def _asks(procedure: Procedure, element: Element) -> Names:
    form = procedure.forms.get(element.form_id or "")
    return _questions(form) if form else _NONE


def _questions(form: Form) -> Names:
    return frozenset(field.key for field in form.fields if not field.sealed)


def _ends_all(procedure: Procedure, far: _Far) -> bool:
    return far.element.kind in ENDS and not callers(procedure, procedure.processes[far.element.process_id])
