"""Reads the drawing that a .bpmn file holds, whoever made it: the generator or somebody in a modeler."""

from pathlib import Path
from typing import Final

from lxml import etree

from tools.drawing.geometry import Box, Drawing
from tools.drawing.model import Diagram

_DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
_WAY: Final = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"


def read_drawing(path: Path, diagram: Diagram) -> Drawing:
    """The drawing in the file; what is not drawn is absent. Raises ValueError when not even the pool is drawn."""
    root = etree.parse(path).getroot()
    boxes, drawing = {}, Drawing(pool=Box(0, 0, 0, 0))
    for shape in root.iter(f"{_DI}BPMNShape"):
        name = shape.get("bpmnElement", "")
        boxes[name] = _bounds(shape, path)
        _read_label(shape, name, drawing, path)
    for edge in root.iter(f"{_DI}BPMNEdge"):
        name = edge.get("bpmnElement", "")
        drawing.flows[name] = [(float(point.get("x", "0")), float(point.get("y", "0"))) for point in edge.iter(_WAY)]
        _read_label(edge, name, drawing, path)
    if diagram.pool not in boxes:
        raise ValueError(f"{path}: the pool is not drawn")
    drawing.pool = boxes.pop(diagram.pool)
    drawing.lanes = {lane: boxes.pop(lane) for lane, _ in diagram.lanes if lane in boxes}
    drawing.shapes = boxes
    return drawing


def _read_label(element: etree._Element, name: str, drawing: Drawing, path: Path) -> None:
    label = element.find(f"{_DI}BPMNLabel")
    if label is not None:
        drawing.labels[name] = _bounds(label, path)


def _bounds(element: etree._Element, path: Path) -> Box:
    found = element.find(f"{_DC}Bounds")
    if found is None:
        raise ValueError(f"{path}: {element.get('bpmnElement') or element.tag} has no bounds")
    return Box(*(float(found.get(side, "0")) for side in ("x", "y", "width", "height")))
