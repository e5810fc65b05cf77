"""What may come after a step, read from the drawing alone: for 'what happens next', the steps ahead, and whom to ask."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.procedure import Element, ElementKind, Flow, Procedure, Process

_ENDS = (ElementKind.END, ElementKind.TERMINATE_END)
_STARTS = (ElementKind.START, ElementKind.MESSAGE_START)
#: Where a person, a date or a message is waited for.
_WAITS = (ElementKind.USER_TASK, ElementKind.TIMER_CATCH, ElementKind.MESSAGE_CATCH)


@dataclass(frozen=True, slots=True)
class Ahead:
    """An element that may come next, and the choices that lead there: gateway and label of each flow that was taken."""

    element: Element
    choices: tuple[tuple[str, str], ...]


def next_waits(procedure: Procedure, element_id: str) -> tuple[Ahead, ...]:
    """The tasks, dates and ends of the procedure that may directly follow an element, nearest first, each once."""
    return tuple(_walk(procedure, element_id, deep=False))


def steps_ahead(procedure: Procedure, element_id: str) -> tuple[Ahead, ...]:
    """All tasks, dates and ends that may still come after an element, nearest first, each once."""
    return tuple(_walk(procedure, element_id, deep=True))


def _walk(procedure: Procedure, element_id: str, *, deep: bool) -> Iterator[Ahead]:
    seen = {element_id}
    waiting = deque(_after(procedure, procedure.element(element_id), ()))
    while waiting:
        ahead = waiting.popleft()
        if ahead.element.id in seen:
            continue
        seen.add(ahead.element.id)
        stops = ahead.element.kind in _WAITS or _ends_all(procedure, ahead.element)
        if stops:
            yield ahead
        if deep or not stops:
            waiting.extend(_after(procedure, ahead.element, ahead.choices))


def _after(procedure: Procedure, element: Element, choices: tuple[tuple[str, str], ...]) -> list[Ahead]:
    process = procedure.processes[element.process_id]
    if element.kind is ElementKind.CALL and element.called is not None:
        return [Ahead(start, choices) for start in _starts(procedure.processes[element.called])]
    if element.kind in _ENDS:
        return [found for call in _callers(procedure, process) for found in _flows(procedure, call, choices)]
    return _flows(procedure, element, choices)


def _flows(procedure: Procedure, element: Element, choices: tuple[tuple[str, str], ...]) -> list[Ahead]:
    process = procedure.processes[element.process_id]
    flows = [process.flows[flow] for flow in element.outgoing]
    return [Ahead(process.elements[flow.target], _chosen(element, flow, choices)) for flow in flows]


def _chosen(element: Element, flow: Flow, choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return (*choices, (element.name, flow.name)) if flow.name and element.kind is ElementKind.EXCLUSIVE else choices


def _starts(process: Process) -> list[Element]:
    return [element for element in process.elements.values() if element.kind in _STARTS]


def _callers(procedure: Procedure, process: Process) -> list[Element]:
    calls = (e for p in procedure.processes.values() for e in p.elements.values() if e.kind is ElementKind.CALL)
    return [call for call in calls if call.called == process.id]


def _ends_all(procedure: Procedure, element: Element) -> bool:
    return element.kind in _ENDS and not _callers(procedure, procedure.processes[element.process_id])
