"""Turns meaning and table into a drawing: rows and columns become px, flows are routed, labels are placed."""

from collections.abc import Iterable
from typing import Final

from tools.drawing.geometry import Box, Drawing
from tools.drawing.labels import place_labels
from tools.drawing.model import Diagram, Node
from tools.drawing.routes import route, sides_of
from tools.drawing.table import Table

ORIGIN: Final = 160, 80
HEADER: Final = 30
MARGIN: Final = 10
_WIDE, _NARROW = 150, 110
_TALL, _LOW = 110, 90
_EXTRA: Final = 25


def draw(diagram: Diagram, table: Table) -> Drawing:
    """The drawing of a diagram. Raises KeyError for an element without a place in the table."""
    left = ORIGIN[0] + 2 * HEADER
    columns = _columns(diagram, table, left + MARGIN)
    drawing = Drawing(pool=Box(*ORIGIN, 0, 0))
    y = float(ORIGIN[1])
    for lane, _ in diagram.lanes:
        nodes = [node for node in diagram.nodes.values() if node.lane == lane and node.host is None]
        y = _draw_lane(drawing, diagram, table, nodes=nodes, columns=columns, lane=(lane, y))
    right = max(x + wide / 2 for x, wide in columns.values()) + MARGIN
    drawing.pool = Box(*ORIGIN, right - ORIGIN[0], y - ORIGIN[1])
    for lane, box in drawing.lanes.items():
        drawing.lanes[lane] = Box(box.x, box.y, right - box.x, box.height)
    for name, (edge, corner) in table.edges.items():
        drawing.shapes[name] = _on_edge(drawing.shapes[diagram.nodes[name].host or ""], edge, corner)
    for arrow in diagram.arrows:
        drawing.flows[arrow.id] = route(diagram, table, drawing.shapes, arrow)
    place_labels(diagram, table, drawing)
    return drawing


def _columns(diagram: Diagram, table: Table, left: float) -> dict[float, tuple[float, float]]:
    """Centre and width of every column, by its key."""
    placed: dict[float, tuple[float, float]] = {}
    for key in sorted({column for _, column in table.cells.values()}):
        nodes = [diagram.nodes[name] for name, cell in table.cells.items() if cell[1] == key]
        wide = _NARROW if all(node.event for node in nodes) else _WIDE
        placed[key] = left + wide / 2, wide
        left += wide
    return placed


def _draw_lane(
    drawing: Drawing,
    diagram: Diagram,
    table: Table,
    *,
    nodes: list[Node],
    columns: dict[float, tuple[float, float]],
    lane: tuple[str, float],
) -> float:
    """Place the shapes of one lane from its upper edge down; the y of its lower edge."""
    name, top = lane
    y = top + MARGIN
    for row in sorted({table.cells[node.id][0] for node in nodes}):
        here = [node for node in nodes if table.cells[node.id][0] == row]
        above, below = _extra(diagram, table, {node.id for node in here})
        tall = _LOW if all(node.event for node in here) else _TALL
        y += above
        for node in here:
            wide, high = table.widths.get(node.id, node.size[0]) if node.activity else node.size[0], node.size[1]
            x = columns[table.cells[node.id][1]][0]
            drawing.shapes[node.id] = Box(x - wide / 2, y + (tall - high) / 2, wide, high)
        y += tall + below
    drawing.lanes[name] = Box(ORIGIN[0] + HEADER, top, 0, y + MARGIN - top)
    return y + MARGIN


def _extra(diagram: Diagram, table: Table, row: set[str]) -> tuple[int, int]:
    """Room above and below a row for its boundary events and for flows that loop back."""
    used = {edge for name, (edge, _) in table.edges.items() if diagram.nodes[name].host in row}
    used.update(_loops(diagram, table, row))
    return _EXTRA * ("top" in used), _EXTRA * ("bottom" in used)


def _loops(diagram: Diagram, table: Table, row: set[str]) -> Iterable[str]:
    for arrow in diagram.arrows:
        leaves, enters = sides_of(diagram, table, arrow)
        if leaves == enters and arrow.source in row and arrow.target in row:
            yield leaves


def _on_edge(host: Box, edge: str, corner: str) -> Box:
    x = host.x + host.width * (0.2 if corner == "left" else 0.8)
    y = host.y if edge == "top" else host.bottom
    return Box(x - 18, y - 18, 36, 36)
