"""Makes BPMN diagrams, drawing included, from a compact description, so that a test shows one mistake and nothing else."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions"'
    ' targetNamespace="urn:test">'
)


@dataclass
class Node:
    """A flow node: its tag, attributes, properties and what else stands inside it."""

    tag: str
    name: str = "Opschrift"
    lane: str | None = "Bevoegd gezag"
    attributes: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    documentation: str = ""
    inside: str = ""
    extension: str = ""

    def xml(self, node_id: str) -> str:
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        documentation = f"<bpmn:documentation>{self.documentation}</bpmn:documentation>" if self.documentation else ""
        extensions = f"<bpmn:extensionElements>{properties(self.properties)}{self.extension}</bpmn:extensionElements>"
        return (
            f"<bpmn:{self.tag} id={quoteattr(node_id)} name={quoteattr(self.name)}{attributes}>"
            f"{documentation}{extensions}{self.inside}</bpmn:{self.tag}>"
        )


@dataclass
class Flow:
    """An arrow; its name is the label."""

    source: str
    target: str
    name: str = ""
    condition: str | None = None
    attributes: str = ""

    def xml(self, flow_id: str) -> str:
        condition = ""
        if self.condition is not None:
            condition = f"<bpmn:conditionExpression{self.attributes}>{escape(self.condition)}</bpmn:conditionExpression>"
        ends = f"sourceRef={quoteattr(self.source)} targetRef={quoteattr(self.target)}"
        return f"<bpmn:sequenceFlow id={quoteattr(flow_id)} name={quoteattr(self.name)} {ends}>{condition}</bpmn:sequenceFlow>"


@dataclass
class Sheet:
    """One file with one process; `hidden` parts are left out of the drawing."""

    id: str
    nodes: dict[str, Node]
    flows: dict[str, Flow]
    properties: dict[str, str] = field(default_factory=dict)
    name: str = "Een route"
    executable: str = "true"
    messages: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    extra_lanes: dict[str, str] = field(default_factory=dict)

    def source(self) -> bytes:
        parts = [node.xml(node_id) for node_id, node in self.nodes.items()] + [
            flow.xml(flow_id) for flow_id, flow in self.flows.items()
        ]
        messages = "".join(f"<bpmn:message id={quoteattr(one)} name={quoteattr(name)}/>" for one, name in self.messages.items())
        process = (
            f'<bpmn:process id="{self.id}" name="{self.name}" isExecutable="{self.executable}"><bpmn:extensionElements>'
            f"{properties(self.properties)}</bpmn:extensionElements>{self._lanes()}{''.join(parts)}</bpmn:process>"
        )
        return f"{HEAD}{messages}{process}{self._drawing()}</bpmn:definitions>".encode()

    def _lanes(self) -> str:
        lanes: dict[str, list[str]] = {}
        for node_id, node in self.nodes.items():
            if node.lane is not None:
                lanes.setdefault(node.lane, []).append(node_id)
        for node_id, lane in self.extra_lanes.items():
            lanes.setdefault(lane, []).append(node_id)
        drawn = ""
        for number, (name, members) in enumerate(lanes.items()):
            inside = "".join(f"<bpmn:flowNodeRef>{member}</bpmn:flowNodeRef>" for member in members)
            drawn += f'<bpmn:lane id="lane_{self.id}_{number}" name={quoteattr(name)}>{inside}</bpmn:lane>'
        return f"<bpmn:laneSet>{drawn}</bpmn:laneSet>"

    def _drawing(self) -> str:
        shapes = "".join(
            f'<bpmndi:BPMNShape bpmnElement="{node}"><dc:Bounds x="{at * 99}" y="8" width="36" height="36"/></bpmndi:BPMNShape>'
            for at, node in enumerate(self.nodes)
            if node not in self.hidden
        )
        edges = "".join(
            f'<bpmndi:BPMNEdge bpmnElement="{flow_id}"><di:waypoint x="0" y="0"/><di:waypoint x="9" y="0"/></bpmndi:BPMNEdge>'
            for flow_id in self.flows
            if flow_id not in self.hidden
        )
        plane = f'<bpmndi:BPMNPlane bpmnElement="{self.id}">{shapes}{edges}</bpmndi:BPMNPlane>'
        return f"<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram>"


def properties(values: dict[str, str]) -> str:
    inside = "".join(f"<camunda:property name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in values.items())
    return f"<camunda:properties>{inside}</camunda:properties>" if values else ""


def event(tag: str, kind: str = "", **attributes: str) -> Node:
    """A start, end, catch or boundary event; `kind` is the name of its definition."""
    inside = f"<bpmn:{kind}EventDefinition/>" if kind else ""
    return Node(tag, inside=inside, attributes=attributes)


def message(tag: str, reference: str, **attributes: str) -> Node:
    """An event that waits for a message of the same file."""
    return Node(tag, inside=f'<bpmn:messageEventDefinition messageRef="{reference}"/>', attributes=attributes)


def timer(at: str, on: str | None = None, how: str = "timeDate") -> Node:
    """A timer, on the edge of a task (not interrupting) or by itself."""
    inside = f"<bpmn:timerEventDefinition><bpmn:{how}>{escape(at)}</bpmn:{how}></bpmn:timerEventDefinition>"
    sources = {"legalBasis": "WPO art. 14", "checklist": "59"}
    if on is None:
        return Node("intermediateCatchEvent", inside=inside, properties=sources)
    return Node("boundaryEvent", inside=inside, attributes={"attachedToRef": on, "cancelActivity": "false"}, properties=sources)


def task(form: str, **more: str) -> Node:
    """A user task of the board with all that it needs."""
    attributes = {"camunda:formRef": form, "camunda:candidateGroups": "board"}
    sources = {"legalBasis": "WPO art. 14", "checklist": "59, 132"} | more
    return Node("userTask", attributes=attributes, properties=sources, documentation="Doe dit.")


def service(topic: str, **more: str) -> Node:
    """A service task."""
    return Node("serviceTask", attributes={"camunda:type": "external", "camunda:topic": topic}, properties=more)


def call(called: str) -> Node:
    """A call activity."""
    return Node("callActivity", attributes={"calledElement": called})


def flows(*arrows: str) -> dict[str, Flow]:
    """Arrows such as `ask > gw` and `gw > talk: ja ? ${wanted == 'ja'}`; their ids are `source_target`."""
    drawn = {}
    for arrow in arrows:
        ends, _, rest = arrow.partition(":")
        name, _, condition = rest.partition("?")
        source, target = (end.strip() for end in ends.split(">"))
        drawn[f"{source}_{target}"] = Flow(source, target, name.strip(), condition.strip() or None)
    return drawn
