"""Lays the parts of a diagram without a drawing in rows, so that it can be opened; somebody arranges them from there.

Sizes are in pixels, as bpmn.io draws them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from app.engine.xml import BPMN, BPMNDI, DC, DI

_COLUMN: Final = 150
_ROW: Final = 120
_LEFT: Final = 60
_TITLE: Final = 30
_TASK: Final = (100, 80)
_SMALL: Final[Mapping[str, tuple[int, int]]] = {"Event": (36, 36), "Gateway": (50, 50), "Reference": (36, 50)}
#: Children of a process that have no place of their own.
_PLACELESS: Final = frozenset(
    {"documentation", "extensionElements", "laneSet", "sequenceFlow", "association", "dataObject", "property", "ioSpecification"}
)


class _Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Plane:
    element: etree._Element

    def shape(self, part: etree._Element, box: _Box) -> None:
        shape = etree.SubElement(self.element, f"{BPMNDI}BPMNShape", id=f"{part.get('id')}_di", bpmnElement=part.get("id", ""))
        etree.SubElement(shape, f"{DC}Bounds", {name: f"{value:g}" for name, value in box._asdict().items()})

    def edge(self, flow: etree._Element, ends: Iterable[tuple[float, float]]) -> None:
        edge = etree.SubElement(self.element, f"{BPMNDI}BPMNEdge", id=f"{flow.get('id')}_di", bpmnElement=flow.get("id", ""))
        for x, y in ends:
            etree.SubElement(edge, f"{DI}waypoint", x=f"{x:g}", y=f"{y:g}")


def lay_out(root: etree._Element) -> None:
    """Add a drawing with every process, its lanes and its parts; any that is there already without shapes goes."""
    for empty in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(empty)
    pools = {pool.get("processRef"): pool for pool in root.iterfind(f"{BPMN}collaboration/{BPMN}participant")}
    processes = root.findall(f"{BPMN}process")
    drawn = root.find(f"{BPMN}collaboration") if pools else processes[0] if processes else None
    if drawn is None:
        return
    diagram = etree.SubElement(root, f"{BPMNDI}BPMNDiagram", id="drawing")
    plane = _Plane(etree.SubElement(diagram, f"{BPMNDI}BPMNPlane", id="drawing_plane", bpmnElement=drawn.get("id", "")))
    top = 80.0
    for process in processes:
        top = _process(plane, process, pools.get(process.get("id")), top) + 40
    for pool in pools.values():
        if pool.get("processRef") is None:
            plane.shape(pool, _Box(0, top, 600, 60))
            top += 100


def _process(plane: _Plane, process: etree._Element, pool: etree._Element | None, top: float) -> float:
    """Draws one process below `top`; gives where it ends."""
    parts = {str(part.get("id")): part for part in process.iterchildren(f"{BPMN}*") if _has_place(part)}
    depth = _depths(process, parts)
    boxes: dict[str, _Box] = {}
    bottom, bands = top, []
    for lane, members in _bands(process, parts):
        rows: dict[int, int] = {}
        for part_id in members:
            row = rows[depth[part_id]] = rows.get(depth[part_id], -1) + 1
            boxes[part_id] = _placed(parts[part_id], _LEFT + _TITLE + depth[part_id] * _COLUMN, bottom + row * _ROW)
        height = _ROW * (max(rows.values(), default=0) + 1)
        bands.append((lane, bottom, height))
        bottom += height
    width = _COLUMN * (max(depth.values(), default=0) + 1) + _LEFT
    if pool is not None:
        plane.shape(pool, _Box(0, top, width + _TITLE, bottom - top))
    for lane, at, height in bands:
        if lane is not None:
            plane.shape(lane, _Box(_TITLE, at, width, height))
    _draw(plane, process, parts, boxes)
    return bottom


def _draw(plane: _Plane, process: etree._Element, parts: Mapping[str, etree._Element], boxes: dict[str, _Box]) -> None:
    for part_id, part in parts.items():
        host = boxes.get(part.get("attachedToRef", ""))
        if host is not None:
            boxes[part_id] = _Box(host.x + host.width - 40, host.y + host.height - 18, 36, 36)
        plane.shape(part, boxes[part_id])
    for flow in process.iterchildren(f"{BPMN}sequenceFlow", f"{BPMN}association"):
        source, target = boxes.get(flow.get("sourceRef", "")), boxes.get(flow.get("targetRef", ""))
        if source is not None and target is not None:
            start = (source.x + source.width, source.y + source.height / 2)
            plane.edge(flow, (start, (target.x, target.y + target.height / 2)))


def _bands(process: etree._Element, parts: Mapping[str, etree._Element]) -> Iterator[tuple[etree._Element | None, list[str]]]:
    """The innermost lanes with what lies in them, and then what lies in none."""
    left = dict.fromkeys(parts)
    for lane in process.iterfind(f"{BPMN}laneSet//{BPMN}lane"):
        if lane.find(f"{BPMN}childLaneSet") is None:
            members = [name for one in lane.iterfind(f"{BPMN}flowNodeRef") if (name := (one.text or "").strip()) in left]
            yield lane, list(dict.fromkeys(members))
            for name in members:
                left.pop(name, None)
    if left:
        yield None, list(left)


def _depths(process: etree._Element, parts: Mapping[str, etree._Element]) -> dict[str, int]:
    """How many arrows each part lies behind a beginning."""
    after: dict[str, list[str]] = {}
    reached = set()
    for flow in process.iterfind(f"{BPMN}sequenceFlow"):
        after.setdefault(flow.get("sourceRef", ""), []).append(flow.get("targetRef", ""))
        reached.add(flow.get("targetRef", ""))
    for part_id, part in parts.items():
        if part.get("attachedToRef") is not None:
            after.setdefault(part.get("attachedToRef", ""), []).extend(after.get(part_id, []))
    depth = {part_id: 0 for part_id in parts if part_id not in reached}
    waiting = list(depth)
    for part_id in waiting:
        for name in after.get(part_id, ()):
            if name in parts and name not in depth:
                depth[name] = depth[part_id] + 1
                waiting.append(name)
    return {part_id: depth.get(part_id, 0) for part_id in parts}


def _placed(part: etree._Element, x: float, y: float) -> _Box:
    tag = etree.QName(part).localname
    width, height = next((size for end, size in _SMALL.items() if tag.endswith(end)), _TASK)
    return _Box(x + (_TASK[0] - width) / 2, y + (_ROW - height) / 2, width, height)


def _has_place(part: etree._Element) -> bool:
    return bool(part.get("id")) and etree.QName(part).localname not in _PLACELESS
