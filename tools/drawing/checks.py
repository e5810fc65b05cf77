"""What makes a drawing hard to read, found in its geometry."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final

from tools.drawing import lines
from tools.drawing.geometry import Box, Drawing
from tools.drawing.lines import Segment
from tools.drawing.model import Arrow, Diagram, Node, read_diagram
from tools.drawing.read import read_drawing
from tools.drawing.text import LABEL_SIZE, LINE, TASK_SIZE, width, wrap

_STUB: Final = 14
_APART: Final = 10
_BENDS: Final = 2
_TASK_PADDING: Final = 14
_TASK_EDGE: Final = 8
_SIGN_WIDE, _SIGN_LOW = 21, 22


@dataclass(frozen=True, slots=True)
class _Picture:
    diagram: Diagram
    drawing: Drawing

    def arrows(self) -> Iterator[tuple[Arrow, list[Segment]]]:
        for arrow in self.diagram.arrows:
            yield arrow, list(pairwise(self.drawing.flows.get(arrow.id, [])))

    def shapes(self) -> Iterator[tuple[Node, Box]]:
        for name, box in self.drawing.shapes.items():
            if name in self.diagram.nodes:
                yield self.diagram.nodes[name], box


def findings(path: Path) -> list[str]:
    """Everything wrong with the drawing in a file, each naming the elements. Raises ValueError for a file that is not ours."""
    diagram = read_diagram(path)
    return findings_of(diagram, read_drawing(path, diagram))


def findings_of(diagram: Diagram, drawing: Drawing) -> list[str]:
    """As `findings`, of a drawing in memory."""
    missing = list(_missing(diagram, drawing))
    if missing:
        return missing
    picture = _Picture(diagram, drawing)
    return [found for check in _CHECKS for found in check(picture)]


def _missing(diagram: Diagram, drawing: Drawing) -> Iterator[str]:
    drawn = {*drawing.shapes, *drawing.flows, *drawing.lanes}
    wanted = [*diagram.nodes, *(arrow.id for arrow in diagram.arrows), *(lane for lane, _ in diagram.lanes)]
    yield from (f"{name} is not drawn" for name in wanted if name not in drawn)
    outside = [node.id for node in diagram.nodes.values() if node.name and not node.activity]
    named = [*outside, *(arrow.id for arrow in diagram.arrows if arrow.name)]
    yield from (f"{name} has no label" for name in named if name not in drawing.labels)
    yield from (f"{name} has no line" for name, points in drawing.flows.items() if len(points) < _BENDS)


def _crossings(picture: _Picture) -> Iterator[str]:
    for (one, mine), (other, theirs) in combinations(picture.arrows(), 2):
        related = one.source == other.source or one.target == other.target
        pairs = [(a, b) for a in mine for b in theirs]
        if any(lines.cross(a, b) for a, b in pairs):
            yield f"{one.id} crosses {other.id}"
        if not related and any(lines.share(a, b) for a, b in pairs):
            yield f"{one.id} and {other.id} share a line"


def _through(picture: _Picture) -> Iterator[str]:
    for arrow, segments in picture.arrows():
        ends = {arrow.source, arrow.target, picture.diagram.nodes[arrow.source].host}
        for node, box in picture.shapes():
            if node.id not in ends and any(lines.enters(segment, box) for segment in segments):
                yield f"{arrow.id} runs through {node.id}"
        own = [picture.drawing.shapes[arrow.source], picture.drawing.shapes[arrow.target]]
        if any(lines.enters(segment, box) for segment in segments for box in own):
            yield f"{arrow.id} runs through its own end"


def _overlaps(picture: _Picture) -> Iterator[str]:
    for (one, box), (other, place) in combinations(picture.shapes(), 2):
        attached = one.host == other.id or other.host == one.id
        if not attached and box.overlaps(place, gap=0 if one.host or other.host else _APART):
            yield f"{one.id} overlaps {other.id}"


def _labels(picture: _Picture) -> Iterator[str]:
    drawing = picture.drawing
    for name, label in drawing.labels.items():
        yield from (f"label of {name} lies on {node.id}" for node, box in picture.shapes() if label.overlaps(box))
        crossed = (arrow.id for arrow, segments in picture.arrows() if any(lines.enters(s, label) for s in segments))
        yield from (f"label of {name} lies on {flow}" for flow in crossed)
        if not any(box.holds(label) for box in drawing.lanes.values()):
            yield f"label of {name} leaves its lane"
    for (name, label), (other, place) in combinations(drawing.labels.items(), 2):
        if label.overlaps(place):
            yield f"label of {name} lies on that of {other}"


def _texts(picture: _Picture) -> Iterator[str]:
    for node, box in picture.shapes():
        if node.activity and not _fits(node.name, box):
            yield f"the text of {node.id} does not fit"
    names = {arrow.id: arrow.name for arrow in picture.diagram.arrows} | {node.id: node.name for node, _ in picture.shapes()}
    for name, label in picture.drawing.labels.items():
        written = wrap(names.get(name, ""), label.width, LABEL_SIZE)
        if len(written) * LABEL_SIZE * LINE > label.height + 1 or " ".join(written) != names.get(name, ""):
            yield f"the label of {name} does not fit"


def _fits(text: str, task: Box) -> bool:
    """Whether no word is cut, and no line meets the sign in the upper left corner or the edge."""
    written = wrap(text, task.width - _TASK_PADDING, TASK_SIZE)
    top = (task.height - len(written) * TASK_SIZE * LINE) / 2
    beside_sign = [line for n, line in enumerate(written) if top + n * TASK_SIZE * LINE < _SIGN_LOW]
    clear = all((task.width - width(line, TASK_SIZE)) / 2 >= _SIGN_WIDE for line in beside_sign)
    return " ".join(written) == text and top > _TASK_EDGE and clear


def _lanes(picture: _Picture) -> Iterator[str]:
    lanes = picture.drawing.lanes
    yield from (f"{node.id} lies outside its lane" for node, box in picture.shapes() if not lanes[node.lane].holds(box))
    yield from (f"{name} lies outside the pool" for name, box in lanes.items() if not picture.drawing.pool.holds(box))


def _flows(picture: _Picture) -> Iterator[str]:
    for arrow, segments in picture.arrows():
        source, target = picture.drawing.shapes[arrow.source], picture.drawing.shapes[arrow.target]
        if target.x >= source.right and any(b[0] < a[0] for a, b in segments):
            yield f"{arrow.id} runs from right to left"
        if any(a[0] != b[0] and a[1] != b[1] for a, b in segments):
            yield f"{arrow.id} is slanted"
        if min(lines.length(segments[0]), lines.length(segments[-1])) < _STUB:
            yield f"{arrow.id} ends in a stub"
        if len(segments) > _BENDS + 1:
            yield f"{arrow.id} has more than two bends"
        if any(lines.goes_on(a, b) for a, b in pairwise(segments)):
            yield f"{arrow.id} has a needless bend"
        if not (lines.docks(segments[0][0], source) and lines.docks(segments[-1][1], target)):
            yield f"{arrow.id} does not reach the middle of a side"


_CHECKS: Final[tuple[Callable[[_Picture], Iterator[str]], ...]] = (
    _crossings,
    _through,
    _overlaps,
    _labels,
    _texts,
    _lanes,
    _flows,
)
