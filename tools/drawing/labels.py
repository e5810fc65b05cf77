"""Where names go that do not fit inside their shape: beside events, gateways and flows."""

from typing import Final

from tools.drawing.geometry import Box, Drawing, Point
from tools.drawing.model import Arrow, Diagram, Node
from tools.drawing.routes import sides_of
from tools.drawing.table import Table
from tools.drawing.text import LABEL_SIZE, tight, width

ROOM: Final = 90
_GAP: Final = 6
_CORNER: Final = 5
_STROKE: Final = 15


def place_labels(diagram: Diagram, table: Table, drawing: Drawing) -> None:
    """Add the label of every named event, gateway and flow to the drawing."""
    for node in diagram.nodes.values():
        if node.name and not node.activity:
            size = tight(node.name, _room(table, node.id, node.name))
            spot = table.labels.get(node.id) or _usual(diagram, table, node)
            drawing.labels[node.id] = _beside(drawing.shapes[node.id], spot, size)
    for arrow in diagram.arrows:
        if arrow.name:
            size = tight(arrow.name, _room(table, arrow.id, arrow.name))
            points, spot = drawing.flows[arrow.id], table.labels.get(arrow.id, "")
            drawing.labels[arrow.id] = _along(points, size, spot=spot, start=_STROKE if arrow.default else _CORNER)


def _room(table: Table, name: str, text: str) -> int:
    longest = max(width(word, LABEL_SIZE) for word in text.split())
    return table.widths.get(name, max(ROOM, int(longest) + 2))


def _usual(diagram: Diagram, table: Table, node: Node) -> str:
    used = {side for arrow in diagram.arrows for side in _touched(diagram, table, arrow, node.id)}
    if node.host is not None:
        edge, corner = table.edges[node.id]
        return f"{'above' if edge == 'top' else 'below'} {corner}"
    if node.event:
        return "below" if "bottom" not in used else "right"
    if "top" not in used:
        return "above"
    return "below" if "bottom" not in used else "above left"


def _touched(diagram: Diagram, table: Table, arrow: Arrow, name: str) -> list[str]:
    leaves, enters = sides_of(diagram, table, arrow)
    return [side for end, side in ((arrow.source, leaves), (arrow.target, enters)) if end == name]


def _beside(shape: Box, spot: str, size: tuple[int, int]) -> Box:
    wide, high = size
    cx, cy = shape.centre
    x, y = cx - wide / 2, cy - high / 2
    if "left" in spot:
        x = shape.x - wide - _GAP if spot == "left" else cx - wide - _GAP
    if "right" in spot:
        x = shape.right + _GAP if spot == "right" else cx + _GAP
    if shape.width == 36 and " " in spot:  # noqa: PLR2004  # a boundary event: clear of its circle
        x += -12 if "left" in spot else 12
    if "above" in spot:
        y = shape.y - high - 4
    if "below" in spot:
        y = shape.bottom + 4
    return Box(round(x), round(y), wide, high)


def _along(points: list[Point], size: tuple[int, int], *, spot: str, start: int) -> Box:
    """On the flow's own leg: after the first corner when there is one, never on a trunk that it may share."""
    wide, high = size
    (x1, y1), (x2, y2) = points[0], points[1]
    if x1 == x2 and len(points) > 2:  # noqa: PLR2004  # it bends
        (x1, y1), (x2, y2) = points[1], points[2]
        start = _CORNER
    if y1 == y2:
        y = y1 + 3 if spot == "below" else y1 - high - 2
        return Box(round(x1 + start) if x2 > x1 else round(x1 - wide - start), round(y), wide, high)
    y = y1 + _GAP if y2 > y1 else y1 - high - _GAP
    return Box(round(x1 + _GAP), round(y), wide, high)
