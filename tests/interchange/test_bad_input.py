"""Files that mean harm, or are just broken: an explanation, little memory, and never a traceback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import catalogue
from app.domain.bundle_file import Bundle, write
from app.engine.explaining import explain
from app.studio.importing import look
from tests.engine.sheet import Node, Sheet, call, event, flows, task, timer
from tests.engine.sound import Sound
from tests.interchange.elsewhere import ROOT

MOST_KILOBYTES = 300 * 1024
SOUND = Sound().route.source()
SMALL = b'<bpmn:process id="x"><bpmn:task id="y"/></bpmn:process>'
HEAD = '<?xml version="1.0"?>'


def bomb() -> bytes:
    """Entities of entities: a few bytes that would be billions."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'{HEAD}<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><x a="&l9;">&l9;</x>'.encode()


def long(count: int, sort: str = "") -> bytes:
    """A chain of tasks, each a part, drawn from right to left; with `edge`, each has a timer that leads back."""
    nodes: dict[str, Node] = {"begin": event("startEvent")} | {f"t{n}": task(f"t{n}") for n in range(count)}
    arrows = [f"t{n} > t{n + 1}" for n in range(count - 1)]
    if sort == "edge":
        nodes |= {f"b{n}": timer("${day}", f"t{n}") for n in range(count)}
        arrows += [f"b{n} > t{n // 2}" for n in range(count)]
    return Sheet("long", dict(reversed(nodes.items())), flows("begin > t0", *arrows)).source()


def packed(files: dict[str, bytes], stories: dict[str, str] | None = None) -> bytes:
    return write(Bundle("p0", None, files, stories or {}))


def calling(count: int, last: str) -> bytes:
    """Phases that call one another, and the last one what is named."""
    files = {}
    for n in range(count):
        called = f"p{n + 1}" if n + 1 < count else last
        nodes = {f"b{n}": event("startEvent"), f"c{n}": call(called), f"e{n}": event("endEvent")}
        files[f"p{n}.bpmn" if n == 0 else f"p0/p{n}.bpmn"] = Sheet(f"p{n}", nodes, flows(f"b{n} > c{n}", f"c{n} > e{n}")).source()
    return packed(files)


def nested(depth: int) -> bytes:
    """A form of groups in groups."""
    return b'{"components":[' + b'{"type":"group","label":"x","components":[' * depth + b"]}" * depth + b"]}"


def crowded() -> bytes:
    """A form of as many wrong questions as fit."""
    return json.dumps({"id": "f", "type": "default", "schemaVersion": 1, "components": [{"type": "x"}] * 120_000}).encode()


#: By name: the file, and the code of what is said of the whole file (of a part: after a colon).
FILES: dict[str, tuple[bytes, str]] = {
    "broken": (SOUND[: len(SOUND) // 2], "xml"),
    "empty": (b"", "xml"),
    "bytes": (bytes(range(256)) * 100, "xml"),
    "bomb": (bomb(), "xml"),
    "outside": (f'{HEAD}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'.encode(), "xml"),
    "elsewhere": (f'{HEAD}<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><x/>'.encode(), "xml"),
    "large": (b"<x>" + b" " * 20_000_000 + b"</x>", "xml"),
    "many": (b"<x>" + b"<y/>" * 490_000 + b"</x>", "xml"),
    "deep": (b"<x>" * 400_000, "xml"),
    "wide": (b"<x " + b" ".join(b'a%d=""' % n for n in range(150_000)) + b"/>", "xml"),
    "parts": (long(2_500), "xml"),
    "long": (long(900), ":form_missing"),
    "edges": (long(480, "edge"), ":into_main"),
    "twice": (SOUND.replace(b'id="ask"', b'id="done"'), ":duplicate_id"),
    "utf16": (HEAD.replace("?>", ' encoding="UTF-16"?>').encode("utf-16") + SOUND.decode().encode("utf-16")[2:], ":call_unknown"),
    "latin": (HEAD.replace("?>", ' encoding="ISO-8859-1"?>').encode() + SOUND.replace(b"route", b"rout\xe9"), ":call_unknown"),
    "wrong_encoding": (HEAD.replace("?>", ' encoding="UTF-8"?>').encode() + SOUND.replace(b"Een", b"\xe9\xe9n"), "xml"),
    "odd_encoding": (HEAD.replace("?>", ' encoding="klingon"?>').encode() + SOUND, "xml"),
    "loop": (calling(3, "p0"), ":call_loop"),
    "deep_calls": (calling(200, "p0x"), ":call_deep"),
    "processes": (SOUND.replace(b"<bpmn:process", SMALL * 30 + b"<bpmn:process", 1), "processes_many"),
    "many_diagrams": (packed({"p0.bpmn": long(700)} | {f"p0/p{n}.bpmn": long(700) for n in range(9)}), "procedure_long"),
    "json": (packed({"p0.bpmn": SOUND, "forms/a.form": b"[" * 200_000}), "form_json"),
    "no_json": (packed({"p0.bpmn": SOUND, "forms/a.form": b"\xff\xfe"}), "form_json"),
    "nested_form": (packed({"p0.bpmn": SOUND, "forms/a.form": nested(400)}), "group_nested"),
    "crowded_form": (packed({"p0.bpmn": SOUND, "forms/f.form": crowded()}), "component_type"),
    "zip_of_nothing": (b"PK\x05\x06" + b"\0" * 18, "bundle"),
    "story": (packed({"p0.bpmn": SOUND}, {"a": "- " * 100_000}), "scenario"),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process with little room said of all these files."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _) in FILES.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-m", "tests.interchange.hostile", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own script
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(150)
@pytest.mark.parametrize("name", FILES)
def test_it_is_explained(told: dict[str, Any], name: str) -> None:
    said, code = told["told"][name], FILES[name][1]
    assert not said["runs"]
    assert code[1:] in said["noted"] if code.startswith(":") else code in said["codes"], said
    assert all(text.endswith((".", ")")) and "Traceback" not in text for text in said["texts"])
    zipped = FILES[name][0].startswith(b"PK") and name != "zip_of_nothing"
    assert said["drawn"] == (zipped or code.startswith(":"))


def test_all_of_it_together_takes_little_memory(told: dict[str, Any]) -> None:
    assert told["peak"] < MOST_KILOBYTES


def _spots(source: bytes) -> Iterator[int]:
    """Where an element or an attribute begins."""
    return (at for at, byte in enumerate(source) if byte in b'<" ')


OURS = [path.read_bytes() for path in sorted((ROOT / "processes" / "meldcode").glob("*.bpmn"))]
SPOTS = [list(_spots(source)) for source in OURS]
PIECES = [
    b"",
    b"<",
    b'"',
    b"subProcess",
    b"<bpmn:task/>",
    b'<bpmn:laneSet id="x"/>',
    b' id=""',
    b"&#0;",
    b"${",
    b"bpmn:task ",
    b"<!--",
]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_changed_in_our_own_diagrams_is_explained(data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(OURS) - 1))
    source = OURS[which]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(SPOTS[which]))
        end = at + data.draw(st.sampled_from([0, 1, 8, 60]))
        source = source[:at] + data.draw(st.sampled_from(PIECES)) + source[end:]
    explanation = explain(source)
    assert explanation.parts or explanation.rest
    _read_everywhere(source)


def _read_everywhere(source: bytes) -> None:
    """As it is imported, as it is checked while somebody draws, and as it is compared with another version."""
    look(source, "x.bpmn", {})
    for key in KEYS:
        catalogue.examine(key, {f"{key}.bpmn": source}, {})
        catalogue.sketch(key, {f"{key}.bpmn": source})


KEYS = ("meldcode_consult", "meldcode_decide")
NAMES = [
    b"userTask",
    b"endEvent",
    b"exclusiveGateway",
    b"laneSet",
    b"startEvent",
    b"documentation",
    b"serviceTask",
    b"flowNodeRef",
]
TAGS = [
    b"task",
    b"subProcess",
    b"startEvent",
    b"boundaryEvent",
    b"dataObject",
    b"lane",
    b"sequenceFlow",
    b"process",
    b"participant",
]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_an_element_turns_into_is_explained(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(OURS))
    for _ in range(data.draw(st.integers(1, 3))):
        old, new = data.draw(st.sampled_from(NAMES)), data.draw(st.sampled_from(TAGS))
        source = source.replace(b"bpmn:" + old, b"bpmn:" + new)
    assert explain(source).parts
    _read_everywhere(source)


KINDS = ["radio", "select", "number", "textarea", "textfield", "datetime", "group", "text", "button"]
WORDS = st.sampled_from(
    [*KINDS, "", "a", "fact", "sealed", '=a = "b"', "=((((", "past", "case", "adviser_file", "<b>", "date", "\ud800"]
)
SIMPLE = st.one_of(st.none(), st.booleans(), st.integers(-9, 10**30), st.floats(), WORDS)
SETTINGS = [
    "type",
    "key",
    "id",
    "label",
    "description",
    "values",
    "validate",
    "properties",
    "conditional",
    "components",
    "subtype",
]
DEEPER = ["hide", "store", "file", "audience", "when", "requiredWhen", "party", "required", "min", "max", "maxLength", "value"]
ANY = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SETTINGS, *DEEPER]), inner, max_size=8),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"type": st.sampled_from(KINDS)}, optional=dict.fromkeys(SETTINGS[1:], ANY)), max_size=4), ANY
)
def test_whatever_stands_in_a_form_is_explained(components: list[dict[str, object]], other: object) -> None:
    whole = {"id": "ask", "type": "default", "schemaVersion": 18, "components": components}
    for form in (whole, other if isinstance(other, dict) else whole | {"components": other}):
        files = {"route.bpmn": SOUND, "forms/ask.form": json.dumps(form).encode()}
        catalogue.examine("route", files, {})
        catalogue.sketch("route", files)
