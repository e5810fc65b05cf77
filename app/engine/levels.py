"""Reads one process of a file into a level: its nodes, lanes and flows, whether or not they are sound."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from app.domain.procedure import Element, Flow, Process
from app.engine.drawing import Level
from app.engine.elements import kind_of, read_element, unwrapped, words
from app.engine.spiff_parser import camunda_properties
from app.engine.xml import BPMN, BPMNDI, DC

#: Children of a process that are no flow nodes.
_BESIDE: Final = frozenset(
    {"documentation", "extensionElements", "laneSet", "sequenceFlow", "textAnnotation", "association", "group"}
)


def read_level(file: str, node: etree._Element) -> Level:
    """The level that a bpmn:process draws. Elements come from left to right, and from top to bottom where x is equal."""
    process_id = node.get("id", "")
    found = {child.get("id", ""): child for child in node if is_flow_node(child)}
    places = shapes(node.getroottree().getroot())
    order = sorted(found, key=lambda node_id: places.get(node_id, (0.0, 0.0))[:2])
    nodes = {node_id: found[node_id] for node_id in order}
    lanes = {node_id: tuple(names) for node_id, names in _lanes(node).items()}
    attached = {
        node_id: host for node_id, one in nodes.items() if (host := one.get("attachedToRef")) in nodes and host is not None
    }
    for event, host in attached.items():
        lanes.setdefault(event, lanes.get(host, ()))
    flows = {flow.id: flow for flow in _flows(node) if flow.source in nodes and flow.target in nodes}
    process = Process(
        id=process_id,
        name=words(node.get("name")),
        elements=dict(_elements(nodes, process_id, lanes, flows)),
        flows=flows,
        documentation=words(node.findtext(f"{BPMN}documentation")),
        properties=camunda_properties(node),
        file=file,
    )
    return Level(file=file, node=node, nodes=nodes, lanes=lanes, attached=attached, process=process)


def shapes(root: etree._Element) -> dict[str, tuple[float, ...]]:
    """Where each element of a file lies on the sheet: left, top, width and height."""
    found = {}
    for shape in root.iter(f"{BPMNDI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        if bounds is not None:
            found[shape.get("bpmnElement", "")] = tuple(_number(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return found


def flow_nodes(process: etree._Element) -> Iterator[etree._Element]:
    """The flow nodes and flows of a process, in file order."""
    return (child for child in process if is_flow_node(child) or child.tag == f"{BPMN}sequenceFlow")


def is_flow_node(child: etree._Element) -> bool:
    """Whether a child of a process is a node, of whatever kind, and no flow or note."""
    name = etree.QName(child)
    return f"{{{name.namespace}}}" == BPMN and name.localname not in _BESIDE


def _elements(
    nodes: dict[str, etree._Element], process_id: str, lanes: dict[str, tuple[str, ...]], flows: dict[str, Flow]
) -> Iterator[tuple[str, Element]]:
    for node_id, node in nodes.items():
        if kind_of(node) is None:
            continue
        incoming = [flow.id for flow in flows.values() if flow.target == node_id]
        outgoing = [flow.id for flow in flows.values() if flow.source == node_id]
        yield node_id, read_element(node, process_id, lanes=lanes.get(node_id, ()), flows=(incoming, outgoing))


def _flows(process: etree._Element) -> Iterator[Flow]:
    defaults = {flow for child in process if (flow := child.get("default")) is not None}
    for node in process.iterfind(f"{BPMN}sequenceFlow"):
        flow_id = node.get("id", "")
        yield Flow(
            id=flow_id,
            name=words(node.get("name")),
            source=node.get("sourceRef", ""),
            target=node.get("targetRef", ""),
            condition=_condition(node),
            default=flow_id in defaults,
        )


def _condition(node: etree._Element) -> str | None:
    text = node.findtext(f"{BPMN}conditionExpression")
    if text is None:
        return None
    # A condition that is not written between ${ and } stays as it is: parsing refuses it, and the finding shows it.
    return unwrapped(text) or text


def _lanes(process: etree._Element) -> dict[str, list[str]]:
    lanes: dict[str, list[str]] = {}
    for lane in process.iterfind(f"{BPMN}laneSet/{BPMN}lane"):
        for reference in lane.iterfind(f"{BPMN}flowNodeRef"):
            lanes.setdefault((reference.text or "").strip(), []).append(words(lane.get("name")))
    return lanes


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
