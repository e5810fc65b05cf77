"""Every part of a diagram is one that we run, has an id, a name, a lane and a place in the drawing."""

from collections import Counter
from collections.abc import Iterator
from math import isfinite
from typing import Final

from lxml import etree

from app.domain.expressions import NAME
from app.domain.procedure import ElementKind, Finding
from app.domain.roles import LANES
from app.engine.drawing import Drawing, Level
from app.engine.elements import refusals
from app.engine.levels import flow_nodes
from app.engine.xml import BPMN, BPMNDI, CAMUNDA, DC

#: Attributes of Camunda that would run code of its own.
_CODE: Final = ("class", "expression", "delegateExpression", "decisionRef", "taskListener", "resultVariable")
_MERGES: Final = (ElementKind.EXCLUSIVE, ElementKind.PARALLEL)
#: The engine makes parts of its own beside ours, with these words in their ids.
_ENGINE_IDS: Final = frozenset({"start", "end", "root"})


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about parts by themselves."""
    yield from _ids(drawing)
    for level in drawing.levels.values():
        for node_id, node in level.nodes.items():
            for code, text in (*refusals(node), *_foreign(node)):
                yield level.finding(node_id, code, text)
        yield from _labels(level)
        yield from _lanes(level)
        yield from _places(level)


def _ids(drawing: Drawing) -> Iterator[Finding]:
    parts = [(level, part.get("id", "")) for level in drawing.levels.values() for part in flow_nodes(level.node)]
    count = Counter(part_id for _, part_id in parts) + Counter(drawing.levels.keys())
    for level, part_id in parts:
        if count[part_id] > 1:
            yield level.finding(
                part_id, "duplicate_id", f"De id {part_id} komt vaker voor. Geef elk onderdeel van alle fasen een eigen id."
            )
        if part_id in level.nodes and (not NAME.fullmatch(part_id) or part_id in _ENGINE_IDS):
            yield level.finding(
                part_id, "id_form", f"De id {part_id or '(leeg)'} klopt niet. Gebruik Engelse kleine letters, cijfers en _."
            )


def _foreign(node: etree._Element) -> Iterator[tuple[str, str]]:
    found = [name for name in _CODE if node.get(f"{CAMUNDA}{name}") is not None]
    extensions = node.find(f"{BPMN}extensionElements")
    for child in () if extensions is None else extensions:
        name = etree.QName(child)
        if f"{{{name.namespace}}}" == CAMUNDA and name.localname != "properties":
            found.append(name.localname)
    for what in found:
        yield "foreign_code", f"camunda:{what} voeren wij niet uit. Haal het weg; gebruik eigenschappen of een formulier."


def _labels(level: Level) -> Iterator[Finding]:
    if not level.process.name:
        yield level.finding(level.process.id, "label_missing", "Dit proces heeft geen naam. Geef het een Nederlandse naam.")
    for element in level.process.elements.values():
        merges = element.kind in _MERGES and (len(element.outgoing) < 2 or element.kind is ElementKind.PARALLEL)  # noqa: PLR2004  # a choice has two ways
        if not element.name and not merges:
            yield level.finding(
                element.id, "label_missing", "Dit onderdeel heeft geen opschrift. Schrijf er in gewone woorden bij wat het is."
            )
        for flow_id in element.outgoing if element.kind is ElementKind.EXCLUSIVE and not merges else ():
            if not level.process.flows[flow_id].name:
                yield level.finding(
                    flow_id, "label_missing", "Deze pijl heeft geen opschrift. Schrijf erbij wanneer deze weg geldt."
                )


def _lanes(level: Level) -> Iterator[Finding]:
    for lane in level.node.iterfind(f"{BPMN}laneSet/{BPMN}lane"):
        name = " ".join(lane.get("name", "").split())
        if name not in LANES:
            text = f"De baan {name or '(zonder naam)'} kennen we niet. Kies uit: {', '.join(LANES)}."
            yield Finding(level.file, lane.get("id", ""), name, "unknown_lane", text)
        if lane.find(f"{BPMN}childLaneSet") is not None:
            yield Finding(
                level.file, lane.get("id", ""), name, "nested_lane", "Een baan in een baan kan niet. Zet de banen onder elkaar."
            )
    for node_id in level.nodes:
        lanes = level.lanes.get(node_id, ())
        if not lanes:
            yield level.finding(node_id, "no_lane", "Dit onderdeel ligt in geen baan. Sleep het in de baan van wie het doet.")
        elif len(lanes) > 1:
            yield level.finding(
                node_id, "two_lanes", f"Dit onderdeel ligt in twee banen: {' en '.join(lanes)}. Laat het in één baan."
            )


def _places(level: Level) -> Iterator[Finding]:
    root = level.node.getroottree().getroot()
    shapes = {shape.get("bpmnElement") for shape in root.iter(f"{BPMNDI}BPMNShape") if _has_place(shape)}
    edges = {edge.get("bpmnElement") for edge in root.iter(f"{BPMNDI}BPMNEdge") if len(edge.findall("{*}waypoint")) > 1}
    missing = [node_id for node_id in level.nodes if node_id not in shapes]
    missing += [flow_id for flow_id in level.process.flows if flow_id not in edges]
    for part_id in missing:
        yield level.finding(part_id, "no_drawing", "Dit onderdeel staat niet in de tekening. Teken het, of haal het weg.")


def _has_place(shape: etree._Element) -> bool:
    bounds = shape.find(f"{DC}Bounds")
    if bounds is None:
        return False
    try:
        return all(isfinite(float(bounds.get(name, "nan"))) for name in ("x", "y", "width", "height"))
    except ValueError:
        return False
