"""What a diagram means, as far as drawing needs it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

_EVENTS: Final = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"})
_GATEWAYS: Final = frozenset({"exclusiveGateway", "parallelGateway"})
_ACTIVITIES: Final = frozenset({"userTask", "serviceTask", "callActivity"})


@dataclass(frozen=True, slots=True)
class Node:
    """An element with a shape; `host` is the activity that a boundary event sits on."""

    id: str
    name: str
    kind: str
    lane: str
    host: str | None

    @property
    def event(self) -> bool:
        """Whether it is drawn as a circle."""
        return self.kind in _EVENTS

    @property
    def gateway(self) -> bool:
        """Whether it is drawn as a diamond."""
        return self.kind in _GATEWAYS

    @property
    def activity(self) -> bool:
        """Whether it is drawn as a rectangle with its name inside."""
        return self.kind in _ACTIVITIES

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        if self.event:
            return 36, 36
        return (50, 50) if self.gateway else (100, 80)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A sequence flow; a default flow carries a stroke near its start."""

    id: str
    name: str
    source: str
    target: str
    default: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """One process with its pool; lanes are (id, name) from top to bottom."""

    process: str
    collaboration: str
    pool: str
    lanes: tuple[tuple[str, str], ...]
    nodes: Mapping[str, Node]
    arrows: tuple[Arrow, ...]


def read_diagram(path: Path) -> Diagram:
    """The meaning of a .bpmn file of ours: one pool, one process, lanes. Raises ValueError when it is not that."""
    root = etree.parse(path).getroot()
    process = root.find(f"{BPMN}process")
    collaboration = root.find(f"{BPMN}collaboration")
    pool = None if collaboration is None else collaboration.find(f"{BPMN}participant")
    if process is None or collaboration is None or pool is None:
        raise ValueError(f"{path}: no process in a pool")
    lane_of = {ref.text: lane.get("id", "") for lane in process.iter(f"{BPMN}lane") for ref in lane.iter(f"{BPMN}flowNodeRef")}
    return Diagram(
        process=process.get("id", ""),
        collaboration=collaboration.get("id", ""),
        pool=pool.get("id", ""),
        lanes=tuple((lane.get("id", ""), lane.get("name", "")) for lane in process.iter(f"{BPMN}lane")),
        nodes={node.id: node for node in _nodes(process, lane_of)},
        arrows=tuple(_arrows(process)),
    )


def _arrows(process: etree._Element) -> Iterator[Arrow]:
    defaults = {element.get("default") for element in process.iter(etree.Element)}
    for flow in process.iter(f"{BPMN}sequenceFlow"):
        name = flow.get("id", "")
        yield Arrow(name, flow.get("name", ""), flow.get("sourceRef", ""), flow.get("targetRef", ""), name in defaults)


def _nodes(process: etree._Element, lane_of: Mapping[str | None, str]) -> Iterator[Node]:
    for element in process.iter(etree.Element):
        kind = str(element.tag).removeprefix(BPMN)
        if kind in _EVENTS | _GATEWAYS | _ACTIVITIES:
            name = element.get("id", "")
            yield Node(name, element.get("name", ""), kind, lane_of.get(name, ""), element.get("attachedToRef"))
