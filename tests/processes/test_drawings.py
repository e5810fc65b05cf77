"""Diagrams are drawn as their tables say, and the drawings are a pleasure to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes.product import PROCESSES, ROOT, diagrams, named
from tools.drawing.checks import findings, findings_of
from tools.drawing.geometry import Box, Drawing
from tools.drawing.model import Diagram, read_diagram
from tools.drawing.read import read_drawing
from tools.drawing.table import table_path
from tools.drawing.write import redrawn

RESPONSE = PROCESSES / "committee" / "response.bpmn"
TREATMENT = PROCESSES / "committee" / "treatment.bpmn"
Spoil = Callable[[Drawing], None]


@pytest.mark.parametrize("path", diagrams(), ids=named)
def test_a_drawing_follows_from_its_table(path: Path) -> None:
    assert table_path(path).exists()
    assert redrawn(path) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", diagrams(), ids=named)
def test_a_drawing_is_easy_to_read(path: Path) -> None:
    assert findings(path) == []


@pytest.mark.parametrize("path", diagrams(), ids=named)
def test_a_diagram_has_a_picture(path: Path) -> None:
    name = "-".join(path.relative_to(PROCESSES).with_suffix("").parts)
    assert (ROOT / "docs" / "diagrams" / f"{name}.png").stat().st_size > 1000


def test_every_table_has_its_diagram() -> None:
    assert {table_path(path) for path in diagrams()} == set(PROCESSES.rglob("*.layout.yml"))


def move(name: str, right: float, down: float) -> Spoil:
    def spoil(drawing: Drawing) -> None:
        box = drawing.shapes[name]
        drawing.shapes[name] = Box(box.x + right, box.y + down, box.width, box.height)

    return spoil


def lay(name: str, on: str) -> Spoil:
    def spoil(drawing: Drawing) -> None:
        label, (x, y) = drawing.labels[name], (drawing.shapes[on].x, drawing.shapes[on].y)
        drawing.labels[name] = Box(x, y, label.width, label.height)

    return spoil


def cover(name: str, other: str) -> Spoil:
    """Lay a label on another one, or else on the flow from note_late."""

    def spoil(drawing: Drawing) -> None:
        label = drawing.labels[name]
        x, y = drawing.flows[f"note_late_to_{name}"][0]
        over = drawing.labels.get(other, Box(x + 10, y - 5, 0, 0))
        drawing.labels[name] = Box(over.x, over.y, label.width, label.height)

    return spoil


def bend(name: str, *points: tuple[float, float]) -> Spoil:
    """Draw the inner waypoints of a flow at these places, counted from its first."""

    def spoil(drawing: Drawing) -> None:
        line = drawing.flows[name]
        x, y = line[0]
        drawing.flows[name] = [line[0], *((x + right, y + down) for right, down in points), line[-1]]

    return spoil


def forget(name: str) -> Spoil:
    def spoil(drawing: Drawing) -> None:
        del drawing.shapes[name]

    return spoil


def narrow(name: str) -> Spoil:
    def spoil(drawing: Drawing) -> None:
        box = drawing.shapes[name]
        drawing.shapes[name] = Box(box.x, box.y, 40, box.height)

    return spoil


SPOILT: list[tuple[Path, Spoil, str]] = [
    (RESPONSE, forget("board_response"), "board_response is not drawn"),
    (RESPONSE, move("note_late", 0, 100), "note_soon overlaps note_late"),
    (RESPONSE, move("end_late", 0, 900), "end_late lies outside its lane"),
    (RESPONSE, move("end_late", 0, 9), "note_late_to_end_late does not reach the middle of a side"),
    (RESPONSE, narrow("measures_done"), "the text of measures_done does not fit"),
    (RESPONSE, lay("end_late", "note_soon"), "label of end_late lies on note_soon"),
    (RESPONSE, lay("end_late", "pool"), "label of end_late leaves its lane"),
    (RESPONSE, bend("note_late_to_end_late", (20, 9)), "note_late_to_end_late is slanted"),
    (RESPONSE, bend("note_late_to_end_late", (20, 0)), "note_late_to_end_late has a needless bend"),
    (RESPONSE, bend("note_late_to_end_late", (5, 0), (5, 9), (30, 9), (30, 0)), "note_late_to_end_late has more than two bends"),
    (RESPONSE, bend("note_late_to_end_late", (5, 0), (5, 9), (30, 9), (30, 0)), "note_late_to_end_late ends in a stub"),
    (RESPONSE, bend("note_late_to_end_late", (-20, 0)), "note_late_to_end_late runs from right to left"),
    (RESPONSE, bend("note_late_to_end_late", (-20, 0)), "note_late_to_end_late runs through its own end"),
    (RESPONSE, cover("end_late", "end_warned"), "label of end_warned lies on that of end_late"),
    (RESPONSE, cover("end_late", "its flow"), "label of end_late lies on note_late_to_end_late"),
    (RESPONSE, bend("timer_overdue_to_note_late", (0, 200)), "timer_warning_to_note_soon crosses timer_overdue_to_note_late"),
    (
        TREATMENT,
        bend("committee_answer_to_gw_committee_route", (0, 0), (300, 0)),
        "committee_answer_to_gw_committee_route runs through mediation",
    ),
    (
        TREATMENT,
        bend("start_treatment_to_gw_who_answers", (300, 0)),
        "start_treatment_to_gw_who_answers and gw_who_answers_to_committee_answer share a line",
    ),
]


def drawn(path: Path) -> tuple[Diagram, Drawing]:
    diagram = read_diagram(path)
    drawing = read_drawing(path, diagram)
    drawing.shapes["pool"] = drawing.pool
    return diagram, drawing


@pytest.mark.parametrize(("path", "spoil", "finding"), SPOILT, ids=[finding for _, _, finding in SPOILT])
def test_a_spoilt_drawing_is_found(path: Path, spoil: Spoil, finding: str) -> None:
    diagram, drawing = drawn(path)
    assert findings_of(diagram, drawing) == []
    spoil(drawing)
    assert finding in findings_of(diagram, drawing)
