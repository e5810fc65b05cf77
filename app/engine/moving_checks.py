"""Whether a running element may go on under another version of its drawing: the same kind, lane, boundary events and moments."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from app.domain.moving import CannotMove, Obstacle
from app.domain.procedure import Element, ElementKind, Procedure, Process


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a procedure, and which element of the new one an element of the old one becomes (else the same id)."""

    old: Procedure
    new: Procedure
    mapping: Mapping[str, str]

    def id(self, element_id: str) -> str:
        """What an element of the old version is called in the new one."""
        return self.mapping.get(element_id, element_id)

    def timer(self, text: str | None) -> str | None:
        """A timer's text as the new version would write it: `deadline.answer` names an element."""
        kind, dot, name = (text or "").partition(".")
        return f"{kind}.{self.id(name)}" if dot else text


def check_element(pair: Pair, element: Element, process: Process) -> Element:
    """The element that a running one becomes in this process of the new version. Raises CannotMove."""
    after = process.elements.get(pair.id(element.id))
    if after is None:
        everywhere = (one for other in pair.new.processes.values() for one in other.elements)
        raise _no("element_elsewhere" if pair.id(element.id) in set(everywhere) else "element_gone", element)
    if after.kind is not element.kind:
        raise _no("kind_changed", element)
    if element.kind is ElementKind.USER_TASK and after.lane is not element.lane:
        raise _no("lane_changed", element)
    if pair.timer(element.timer) != after.timer:
        raise _no("timer_changed", element)
    if element.message != after.message:
        raise _no("message_changed", element)
    host = pair.old.processes[element.process_id].elements.get(element.attached_to or "", element)
    host_after = process.elements.get(pair.id(host.id))
    if host_after is None or not same_boundaries(pair, host, host_after):
        raise _no("boundaries_changed", host)
    return after


def same_boundaries(pair: Pair, before: Element, after: Element) -> bool:
    """Whether the same events hang on a step or call, for the same moments and messages: none can be armed afterwards."""
    old = {(pair.id(e.id), e.kind, e.interrupting, pair.timer(e.timer), e.message) for e in _hanging(pair.old, before)}
    return old == {(e.id, e.kind, e.interrupting, e.timer, e.message) for e in _hanging(pair.new, after)}


def check_join(
    before: Element, after: Element, *, arrived: Collection[str], inputs: Collection[str], coming: Collection[str]
) -> None:
    """Whether a join that waits will go on as drawn. Names are those of the new version's specs. Raises CannotMove.

    What arrived must still count, something must still be awaited, and all of that must be ahead of what runs now.
    """
    missing = set(inputs) - set(arrived)
    same = len(before.incoming) == len(after.incoming) and set(arrived) <= set(inputs)
    if not same or not missing or not missing <= set(coming):
        raise _no("join_changed", before)


def leads_on(spec: BpmnProcessSpec, start: Iterable[str], *, stop: str) -> set[str]:
    """These specs and all that may follow them, up to one."""
    found: set[str] = set()
    waiting = [name for name in start if name in spec.task_specs]
    while waiting:
        name = waiting.pop()
        if name not in found and name != stop:
            found.add(name)
            waiting.extend(output.name for output in spec.task_specs[name].outputs)
    return found


def _hanging(procedure: Procedure, host: Element) -> list[Element]:
    elements = procedure.processes[host.process_id].elements.values()
    return [element for element in elements if element.attached_to == host.id]


def _no(code: str, element: Element) -> CannotMove:
    return CannotMove(Obstacle(code, element.id, element.name))
