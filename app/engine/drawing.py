"""A procedure as it was drawn, before it is known to be whole: what the checks look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from app.domain.forms import Form
from app.domain.procedure import Element, ElementKind, Finding, Process


@dataclass(frozen=True, slots=True)
class Level:
    """One process of a file.

    `nodes` holds every flow node by id, also those that we do not run; `process` holds those that we do, and the flows whose
    two ends exist. `lanes` gives the lane names of each node, `attached` the node that a boundary event sits on.
    """

    file: str
    node: etree._Element
    nodes: Mapping[str, etree._Element]
    lanes: Mapping[str, tuple[str, ...]]
    attached: Mapping[str, str]
    process: Process
    #: By node: those before and behind it along its flows, and the events on its edge.
    _before: dict[str, list[str]] = field(init=False, default_factory=dict)
    _after: dict[str, list[str]] = field(init=False, default_factory=dict)
    _edges: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for flow in self.process.flows.values():
            self._after.setdefault(flow.source, []).append(flow.target)
            self._before.setdefault(flow.target, []).append(flow.source)
        for event, host in self.attached.items():
            self._edges.setdefault(host, []).append(event)

    def finding(self, element_id: str, code: str, text: str) -> Finding:
        """A finding about an element of this level: a node, a flow, or the process itself."""
        named = self.nodes.get(element_id)
        flow = self.process.flows.get(element_id)
        name = named.get("name", "") if named is not None else flow.name if flow is not None else self.process.name
        return Finding(file=self.file, element_id=element_id, element_name=name, code=code, text=text)

    def elements(self, *kinds: ElementKind) -> Iterator[Element]:
        """The elements of these kinds, in drawing order."""
        return (element for element in self.process.elements.values() if element.kind in kinds)

    def after(self, node_id: str) -> Iterator[str]:
        """The nodes that directly follow a node along its flows."""
        return iter(self._after.get(node_id, ()))

    def before(self, node_id: str) -> Iterator[str]:
        """The nodes that a node directly follows along its flows."""
        return iter(self._before.get(node_id, ()))

    def edge(self, node_id: str) -> Iterator[str]:
        """The boundary events that sit on a node."""
        return iter(self._edges.get(node_id, ()))

    def reach(self, starts: Iterable[str], *, boundaries: bool = True) -> frozenset[str]:
        """The nodes that can be reached from these, themselves included.

        Boundary events count as following their task; without `boundaries` only those that interrupt it do.
        """
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            node_id = waiting.pop()
            if node_id in seen:
                continue
            seen.add(node_id)
            waiting.extend(self.after(node_id))
            waiting.extend(event for event in self.edge(node_id) if boundaries or self.cuts(event))
        return frozenset(seen)

    def cuts(self, event_id: str) -> bool:
        """Whether a boundary event interrupts what it sits on."""
        return self.nodes[event_id].get("cancelActivity", "true") == "true"


@dataclass(frozen=True, slots=True)
class Drawing:
    """All levels of a procedure by process id, and the forms by id as their tasks use them."""

    key: str
    levels: Mapping[str, Level]
    files: Mapping[str, etree._Element]
    forms: Mapping[str, Form]

    @property
    def main(self) -> Level:
        """The level that the procedure starts with."""
        return self.levels[self.key]

    def anytime(self) -> tuple[str, ...]:
        """The processes that exist and may be started beside the procedure."""
        return tuple(name for level in self.levels.values() for name in level.process.anytime if name in self.levels)

    def elements(self, *kinds: ElementKind) -> Iterator[tuple[Level, Element]]:
        """The elements of these kinds on every level."""
        return ((level, element) for level in self.levels.values() for element in level.elements(*kinds))

    def callers(self, process_id: str) -> Iterator[tuple[Level, Element]]:
        """The call activities that call a process."""
        return ((level, call) for level, call in self.elements(ElementKind.CALL) if call.called == process_id)


def called(element: Element | None, element_id: str) -> str:
    """How a sentence names an element: by its words, or else by its id."""
    return f"'{element.name}'" if element is not None and element.name else element_id
