"""How a flow runs from one shape to another, with two bends at most."""

from collections.abc import Mapping
from typing import Final

from tools.drawing.geometry import Box, Point
from tools.drawing.model import Arrow, Diagram, Node
from tools.drawing.table import Table

_BEFORE: Final = 20
_LOOP: Final = 25


def sides_of(diagram: Diagram, table: Table, arrow: Arrow) -> tuple[str, str]:
    """The sides where a flow leaves and enters: the table's, else the usual ones."""
    if arrow.id in table.flows:
        return table.flows[arrow.id]
    source, target = diagram.nodes[arrow.source], diagram.nodes[arrow.target]
    if source.host is not None:
        return table.edges[source.id][0], "left"
    row, column = table.cells[source.id]
    to_row, to_column = table.cells[target.id]
    down = (_lane(diagram, target), to_row) > (_lane(diagram, source), row)
    if source.lane == target.lane and row == to_row:
        return ("right", "left") if to_column > column else ("top", "top")
    if column == to_column:
        return ("bottom", "top") if down else ("top", "bottom")
    return ("bottom" if down else "top", "left") if source.gateway else ("right", "left")


def route(diagram: Diagram, table: Table, shapes: Mapping[str, Box], arrow: Arrow) -> list[Point]:
    """The waypoints of a flow."""
    leaves, enters = sides_of(diagram, table, arrow)
    start, end = shapes[arrow.source].side(leaves), shapes[arrow.target].side(enters)
    return [start, *_bends(start, end, leaves, enters), end]


def _bends(start: Point, end: Point, leaves: str, enters: str) -> list[Point]:
    (x1, y1), (x2, y2) = start, end
    flat, level = leaves in ("left", "right"), enters in ("left", "right")
    if flat and level:
        x = x2 - _BEFORE if enters == "left" else x2 + _BEFORE
        return [] if y1 == y2 else [(x, y1), (x, y2)]
    if not flat and not level:
        return [] if x1 == x2 and leaves != enters else _over(start, end, leaves, enters)
    return [(x2, y1)] if flat else [(x1, y2)]


def _over(start: Point, end: Point, leaves: str, enters: str) -> list[Point]:
    (x1, y1), (x2, y2) = start, end
    if leaves == enters:
        y = min(y1, y2) - _LOOP if leaves == "top" else max(y1, y2) + _LOOP
    else:
        y = y2 - _BEFORE if enters == "top" else y2 + _BEFORE
    return [(x1, y), (x2, y)]


def _lane(diagram: Diagram, node: Node) -> int:
    return [lane for lane, _ in diagram.lanes].index(node.lane)
