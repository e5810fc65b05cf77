"""Diagrams in the style of other tools: every part is explained, and importing them loses nothing of what those tools wrote."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from lxml import etree

from app.engine.adopting import adopt, marked
from app.engine.explaining import Explanation, Verdict, explain
from app.engine.parse import main_of
from app.engine.xml import read_xml
from tests.interchange.elsewhere import BPMN, lost, opened

HERE = Path(__file__).parent / "diagrams"
#: Of one program's own export each, except what has no drawing and another encoding, which only we open as it is.
DIAGRAMS = sorted(path for path in HERE.iterdir() if path.suffix != ".yml")
EXPECTED = yaml.safe_load((HERE / "expected.yml").read_text(encoding="utf-8"))


def told(explanation: Explanation) -> dict[str, str]:
    """Each part with its verdict and the codes of what is said of it; arrows of which nothing is said are left out."""
    return {
        part.id: " ".join([part.verdict, *dict.fromkeys(note.code for note in part.notes)])
        for part in explanation.parts
        if part.notes or part.kind != "pijl"
    }


def test_at_least_six_tools_are_tried() -> None:
    assert len(DIAGRAMS) > 6
    assert set(EXPECTED) == {path.name for path in DIAGRAMS}


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.name)
def test_every_part_says_whether_it_runs_and_what_to_do(path: Path) -> None:
    explanation = explain(path.read_bytes())
    assert told(explanation) == EXPECTED[path.name]
    assert not explanation.runs
    for part in explanation.parts:
        assert part.kind
        assert bool(part.notes) or part.verdict is Verdict.RUNS
        assert all(note.text.endswith(".") and len(note.text) > 20 for note in part.notes), part.notes  # a sentence


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.name)
def test_importing_loses_nothing_and_mends_the_ids(path: Path) -> None:
    source = path.read_bytes()
    main = main_of(read_xml(source))
    assert main is not None
    adopted = adopt(source, main, "imported")
    # Only the platform may change: its fields are others, and our tools would hide what we read.
    gone = [part for part in _without_ids(lost(source, adopted)) if "executionPlatform" not in part[1]]
    assert gone == []
    assert main_of(read_xml(adopted)) == "imported"
    codes = {note.code for part in explain(adopted).parts for note in part.notes}
    assert not codes & {"id_form", "no_drawing", "loose_flow"}
    assert marked(adopted) == adopted
    assert adopt(adopted, "imported", "imported") == adopted


def test_what_was_imported_opens_elsewhere_and_is_written_again_whole(tmp_path: Path) -> None:
    files = []
    for path in DIAGRAMS:
        files.append(tmp_path / f"{path.stem}.bpmn")
        files[-1].write_bytes(adopt(path.read_bytes(), main_of(read_xml(path.read_bytes())) or "", "imported"))
    (tmp_path / "again").mkdir()
    done = opened(files, "--foreign", "--write", str(tmp_path / "again"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for number, path in enumerate(files):
        assert lost(path.read_bytes(), (tmp_path / "again" / f"{number}.bpmn").read_bytes()) == Counter(), path


def test_a_diagram_without_a_drawing_gets_one_with_every_part() -> None:
    adopted = read_xml(adopt((HERE / "without_drawing.xml").read_bytes(), "BezwaarBehandelen", "objection"))
    drawn = {shape.get("bpmnElement") for shape in adopted.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape")}
    assert {"p1", "p2", "l1", "l2", "begin", "vragen", "wachten", "beslissen", "einde", "Noot", "ontvangen"} <= drawn


def test_notes_and_words_of_a_file_in_another_encoding_stay() -> None:
    adopted = adopt((HERE / "without_drawing.xml").read_bytes(), "BezwaarBehandelen", "objection")
    assert b"reden \xc3\xa9\xc3\xa9n" in adopted
    assert b"<!-- Written by a program" in adopted


def _without_ids(parts: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """What is gone beside ids and what refers to them."""
    references = ("id", "sourceRef", "targetRef", "attachedToRef", "default", "processRef", "bpmnElement", "messageRef")
    held = tuple(f"{BPMN}{name}" for name in ("incoming", "outgoing", "flowNodeRef"))
    return [
        part
        for part in parts
        if not (len(part) == 3 and etree.QName(part[1]).localname in (*references, "dataObjectRef"))  # an attribute
        and not part[0].endswith(held)
    ]
