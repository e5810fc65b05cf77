"""What may come after a step, read from the drawing alone: for 'what happens next', the steps ahead, and whom to ask."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.domain.expressions import parse
from app.domain.facts import FactValue
from app.domain.form_rules import visible_fields
from app.domain.procedure import CATCHES, ENDS, Element, ElementKind, Flow, Procedure, Process

Known = Mapping[str, FactValue]
Names = frozenset[str]

_NONE: Names = frozenset()

#: Far more than a person could read; a drawing with more has choices that do not matter here.
MOST_WAYS: Final = 500

_STARTS = (ElementKind.START, ElementKind.MESSAGE_START)
#: Where a person, a date or a message is waited for.
_WAITS = (ElementKind.USER_TASK, *CATCHES)


@dataclass(frozen=True, slots=True)
class Ahead:
    """An element that may come next, and the choices that lead there: the gateway and the label of each flow that was taken."""

    element: Element
    choices: tuple[tuple[Element, str], ...]
    #: Facts that a form on the way asks, or that stay hidden: what hangs on them is not decided.
    asked: frozenset[str] = frozenset()
    #: What the choices say of facts, so that a later choice which reads the same ones is no question any more.
    given: tuple[tuple[str, FactValue], ...] = ()


def ways_on(procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE) -> tuple[Ahead, ...]:
    """The ways from an element to what may directly follow it, the shortest first, so many at most; facts as for `next_waits`.

    What a choice says of a fact holds on the rest of its way.
    """
    first, known = _first(procedure, element_id, facts, hidden)
    found: list[Ahead] = []
    waiting = deque((ahead, frozenset({element_id})) for ahead in _after(procedure, first, known))
    while waiting and len(found) < MOST_WAYS:
        ahead, met = waiting.popleft()
        if ahead.element.id in met:
            continue
        if _stops(procedure, ahead.element):
            found.append(ahead)
        else:
            waiting.extend((following, met | {ahead.element.id}) for following in _after(procedure, ahead, known))
    return tuple(found)


def next_waits(procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE) -> tuple[Ahead, ...]:
    """The tasks, dates and ends of the procedure that may directly follow an element, nearest first, each once.

    With facts, a choice that they decide already is taken and no longer told; without, every choice is open. What hangs on
    `hidden` facts, which the reader may not know, stays open.
    """
    walked = _walk(procedure, *_first(procedure, element_id, facts, hidden), deep=False)
    return tuple(ahead for ahead in walked if _stops(procedure, ahead.element))


def runs_next(procedure: Procedure, element_id: str, facts: Known | None = None) -> tuple[Element, ...]:
    """The service tasks that may run directly after an element, before anybody or anything is waited for again."""
    reached = (ahead.element for ahead in _walk(procedure, *_first(procedure, element_id, facts, _NONE), deep=False))
    return tuple(element for element in reached if element.kind is ElementKind.SERVICE_TASK)


def steps_ahead(procedure: Procedure, element_id: str, facts: Known | None = None, hidden: Names = _NONE) -> tuple[Ahead, ...]:
    """All tasks, dates and ends that may still come after an element, nearest first, each once; facts as for `next_waits`."""
    walked = _walk(procedure, *_first(procedure, element_id, facts, hidden), deep=True)
    return tuple(ahead for ahead in walked if _stops(procedure, ahead.element))


def _first(procedure: Procedure, element_id: str, facts: Known | None, hidden: Names) -> tuple[Ahead, Known | None]:
    """Where the walk begins, and the facts as they are after it: a question that is not asked empties its fact."""
    element = procedure.element(element_id)
    asks, form = _asks(procedure, element), procedure.forms.get(element.form_id or "")
    if facts is None or form is None:
        return Ahead(element, (), asks | hidden), facts
    doubtful = {f.key for f in form.fields if f.shown_when is not None and parse(f.shown_when).names() & hidden}
    asked = asks & ({f.key for f in visible_fields(form, facts, None)} | doubtful)
    return Ahead(element, (), asked | hidden), {name: value for name, value in facts.items() if name not in asks - asked}


def _walk(procedure: Procedure, first: Ahead, facts: Known | None, *, deep: bool) -> Iterator[Ahead]:
    seen = {first.element.id}
    waiting = deque(_after(procedure, first, facts))
    while waiting:
        ahead = waiting.popleft()
        if ahead.element.id in seen:
            continue
        seen.add(ahead.element.id)
        yield ahead
        if deep or not _stops(procedure, ahead.element):
            # Each is met once, by the way that came first: what that way says of facts need not hold on another.
            met = replace(ahead, asked=ahead.asked | _asks(procedure, ahead.element), given=())
            waiting.extend(_after(procedure, met, facts))


def _stops(procedure: Procedure, element: Element) -> bool:
    return element.kind in _WAITS or _ends_all(procedure, element)


def _after(procedure: Procedure, ahead: Ahead, facts: Known | None) -> list[Ahead]:
    element = ahead.element
    if element.kind is ElementKind.CALL and element.called is not None:
        return [replace(ahead, element=start) for start in _starts(procedure.processes[element.called])]
    if element.kind in ENDS:
        calls = _callers(procedure, procedure.processes[element.process_id])
        return [found for call in calls for found in _flows(procedure, replace(ahead, element=call), facts)]
    return _flows(procedure, ahead, facts)


def _flows(procedure: Procedure, ahead: Ahead, facts: Known | None) -> list[Ahead]:
    process = procedure.processes[ahead.element.process_id]
    flows = [process.flows[flow] for flow in ahead.element.outgoing]
    decided = None if facts is None else _decided(ahead, flows, {**facts, **dict(ahead.given)})
    if decided is not None:
        return [replace(ahead, element=process.elements[decided.target])]
    return [
        replace(ahead, element=process.elements[flow.target], choices=_chosen(ahead, flow), given=_said(ahead, flow))
        for flow in flows
    ]


def _decided(ahead: Ahead, flows: list[Flow], facts: Known) -> Flow | None:
    """The flow that an exclusive gateway will take, when no form on the way can change what its conditions read."""
    if ahead.element.kind is not ElementKind.EXCLUSIVE:
        return None
    conditions = [(flow, parse(flow.condition)) for flow in flows if flow.condition is not None]
    open_facts = ahead.asked - {name for name, _ in ahead.given}
    if any(condition.names() & open_facts for _, condition in conditions):
        return None
    true = (flow for flow, condition in conditions if condition.evaluate(facts))
    return next(true, next((flow for flow in flows if flow.default), None))


def _chosen(ahead: Ahead, flow: Flow) -> tuple[tuple[Element, str], ...]:
    told = flow.name and ahead.element.kind is ElementKind.EXCLUSIVE
    return (*ahead.choices, (ahead.element, flow.name)) if told else ahead.choices


def _said(ahead: Ahead, flow: Flow) -> tuple[tuple[str, FactValue], ...]:
    """What is known of facts behind a flow: what was known before, and what its condition says of them."""
    said = {} if flow.condition is None else parse(flow.condition).settled()
    return tuple({**dict(ahead.given), **said}.items())


def _asks(procedure: Procedure, element: Element) -> frozenset[str]:
    form = procedure.forms.get(element.form_id or "")
    return frozenset(field.key for field in form.fields if not field.sealed) if form else frozenset()


def _starts(process: Process) -> list[Element]:
    return [element for element in process.elements.values() if element.kind in _STARTS]


def _callers(procedure: Procedure, process: Process) -> list[Element]:
    calls = (e for p in procedure.processes.values() for e in p.elements.values() if e.kind is ElementKind.CALL)
    return [call for call in calls if call.called == process.id]


def _ends_all(procedure: Procedure, element: Element) -> bool:
    return element.kind in ENDS and not _callers(procedure, procedure.processes[element.process_id])
