"""Writes the drawing into the .bpmn; what the diagram means stays as it is, byte for byte."""

import re
from pathlib import Path
from typing import Final

from tools.drawing.geometry import Box, Drawing
from tools.drawing.layout import draw
from tools.drawing.model import Diagram, read_diagram
from tools.drawing.table import read_table, table_path

_OLD: Final = re.compile(r"[ \t]*<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>\n", re.DOTALL)
_END: Final = "</bpmn:definitions>"


def redrawn(path: Path) -> str:
    """The text of a .bpmn file with its drawing made anew from its table."""
    diagram = read_diagram(path)
    drawing = draw(diagram, read_table(table_path(path)))
    text = _OLD.sub("", path.read_text(encoding="utf-8"))
    head, end, tail = text.rpartition(_END)
    return f"{head}{_interchange(diagram, drawing)}{end}{tail}"


def _interchange(diagram: Diagram, drawing: Drawing) -> str:
    plane = diagram.collaboration
    lines = [
        f'  <bpmndi:BPMNDiagram id="diagram_{diagram.process}">',
        f'    <bpmndi:BPMNPlane id="plane_{diagram.process}" bpmnElement="{plane}">',
        *_shape(diagram.pool, drawing.pool, 'isHorizontal="true"'),
    ]
    for lane, box in drawing.lanes.items():
        lines += _shape(lane, box, 'isHorizontal="true"')
    for name, node in diagram.nodes.items():
        marker = 'isMarkerVisible="true"' if node.kind == "exclusiveGateway" else ""
        lines += _shape(name, drawing.shapes[name], marker, drawing.labels.get(name))
    for name, points in drawing.flows.items():
        lines.append(f'      <bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">')
        lines += [f'        <di:waypoint x="{x:.0f}" y="{y:.0f}" />' for x, y in points]
        lines += [*_label(drawing.labels.get(name)), "      </bpmndi:BPMNEdge>"]
    return "\n".join([*lines, "    </bpmndi:BPMNPlane>", "  </bpmndi:BPMNDiagram>", ""])


def _shape(name: str, box: Box, setting: str = "", label: Box | None = None) -> list[str]:
    start = " ".join(filter(None, [f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}"', setting]))
    return [f"      {start}>", f"        {_bounds(box)}", *_label(label), "      </bpmndi:BPMNShape>"]


def _label(box: Box | None) -> list[str]:
    return [] if box is None else ["        <bpmndi:BPMNLabel>", f"          {_bounds(box)}", "        </bpmndi:BPMNLabel>"]


def _bounds(box: Box) -> str:
    return f'<dc:Bounds x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}" />'
