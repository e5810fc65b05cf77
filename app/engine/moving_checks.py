"""Whether a running element may go on under another version of its drawing: the same kind, lane and moment."""

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
    return after


def hangs_on(pair: Pair, event: Element, process: Process) -> bool:
    """Whether a boundary event hangs on its step or call in the new version too, for the same moment or message."""
    after = process.elements.get(pair.id(event.id))
    if after is None or event.attached_to is None or after.attached_to != pair.id(event.attached_to):
        return False
    same = (event.kind, event.interrupting, event.message, pair.timer(event.timer))
    return same == (after.kind, after.interrupting, after.message, after.timer)


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


def _no(code: str, element: Element) -> CannotMove:
    return CannotMove(Obstacle(code, element.id, element.name))
