"""The command `veilige-route check`, and the catalogue behind it, on folders with and without mistakes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.catalogue import CatalogueError, load
from app.cli import main
from tests.engine.sheet import event, message, service
from tests.engine.sound import Sound

ROOT = Path(__file__).parents[2]
CHOICE: dict[str, object] = {
    "type": "radio",
    "values": [{"value": "ja", "label": "Ja"}, {"value": "nee", "label": "Nee"}],
    "properties": {"store": "fact"},
}
DAY: dict[str, object] = {"type": "datetime", "subtype": "date", "properties": {"store": "fact"}}
FORMS: dict[str, list[dict[str, object]]] = {
    "ask": [
        CHOICE | {"key": "wanted", "label": "Wil je dit?", "validate": {"required": True}},
        CHOICE | {"key": "may_contact", "label": "Mag er contact zijn?"},
        DAY | {"key": "known_on", "label": "Wanneer?"},
    ],
    "answer": [DAY | {"key": "told_on", "label": "Wanneer?"}],
    "extend": [DAY | {"key": "extended_to", "label": "Tot?"}, DAY | {"key": "notified_on", "label": "Wanneer?"}],
}


def put(form_id: str, components: list[dict[str, object]], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"id": form_id, "type": "default", "schemaVersion": 18, "components": components}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound procedure and its forms."""
    lay(Sound(), tmp_path)
    for form_id, components in FORMS.items():
        put(form_id, components, tmp_path / "forms" / "route" / f"{form_id}.form")
    return tmp_path


def lay(sound: Sound, root: Path) -> None:
    for name, source in sound.sources().items():
        path = root / "processes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source)


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments, str(root / "processes")])


def found(root: Path) -> set[tuple[str, str]]:
    result = check(root, "--json")
    assert result.exit_code == 1
    return {(one["file"], one["code"]) for one in json.loads(result.output)}


def test_a_sound_folder_is_fine(folder: Path) -> None:
    result = check(folder)
    assert (result.exit_code, result.output) == (0, "Alle diagrammen en formulieren kloppen.\n")
    assert (check(folder, "--json").exit_code, json.loads(check(folder, "--json").output)) == (0, [])
    assert list(load(folder / "processes", folder / "forms").procedures) == ["route"]


def test_each_mistake_is_a_line_with_file_element_name_and_sentence(folder: Path) -> None:
    spoiled = Sound()
    spoiled.route.nodes["ask"].name = "Vraag het"
    spoiled.route.nodes["ask"].documentation = ""
    lay(spoiled, folder)
    result = check(folder)
    sentence = "Deze taak legt niets uit. Schrijf erbij wat iemand moet doen."
    assert (result.exit_code, result.output) == (1, f"route.bpmn:ask:Vraag het: {sentence}\n")
    with pytest.raises(CatalogueError, match="Deze taak legt niets uit"):
        load(folder / "processes", folder / "forms")


def test_files_that_nobody_uses_are_named(folder: Path) -> None:
    lay(Sound(more={"route/loose.bpmn": Sound().phase.source().replace(b'id="phase"', b'id="loose"')}), folder)
    put("loose", FORMS["answer"], folder / "forms" / "route" / "loose.form")
    assert found(folder) == {("route/loose.bpmn", "unused_file"), ("forms/loose.form", "unused_file")}


def test_a_form_is_named_after_its_task(folder: Path) -> None:
    (folder / "forms" / "route" / "ask.form").rename(folder / "forms" / "route" / "first.form")
    assert ("forms/first.form", "form_name") in found(folder)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\x00", '"form"', "[]", "null"])
def test_a_form_that_is_no_form_is_explained(folder: Path, text: str) -> None:
    (folder / "forms" / "route" / "ask.form").write_text(text)
    assert ("forms/ask.form", "form_json") in found(folder)


def test_a_fact_means_the_same_in_every_procedure(folder: Path) -> None:
    other = Sound().longer
    other.id = "other"
    other.properties = {}
    other.nodes = {node: part for node, part in other.nodes.items() if node != "apply"}
    other.flows = {name: flow for name, flow in other.flows.items() if "apply" not in name}
    other.flows["to_end"] = type(other.flows["want_longer_extend"])("extend", "longer_done")
    (folder / "processes" / "other.bpmn").write_bytes(other.source())
    put("extend", [CHOICE | {"key": "extended_to", "label": "Tot?"}], folder / "forms" / "other" / "extend.form")
    assert found(folder) == {("forms/extend.form", "fact_two_kinds")}


@pytest.mark.parametrize(
    ("key", "start", "whole"), [("route", "begin", True), ("route", "ask", False), ("nothing", "begin", False)]
)
def test_a_started_procedure_and_its_start_exist(folder: Path, key: str, start: str, whole: bool) -> None:
    sound = Sound()
    sound.route.nodes["note_stop"] = service("start_procedure", procedure=key, start=start)
    lay(sound, folder)
    result = check(folder, "--json")
    assert [one["code"] for one in json.loads(result.output)] == ([] if whole else ["start_unknown"])


@pytest.mark.parametrize(
    ("key", "told", "whole"), [("route", "stopped", True), ("route", "nothing", False), ("nothing", "stopped", False)]
)
def test_a_message_that_is_sent_is_waited_for_somewhere(folder: Path, key: str, told: str, whole: bool) -> None:
    sound = Sound()
    sound.route.nodes["note_stop"] = service("send_message", procedure=key, message=told)
    lay(sound, folder)
    result = check(folder, "--json")
    assert [one["code"] for one in json.loads(result.output)] == ([] if whole else ["message_nowhere"])


@pytest.mark.parametrize(("given", "whole"), [("may_contact", True), ("may_contact, nothing", False)])
def test_facts_that_go_along_with_a_message_are_inputs_there(folder: Path, given: str, whole: bool) -> None:
    sound = Sound()
    sound.route.nodes["note_stop"] = service("send_message", procedure="route", message="stopped", gives=given)
    lay(sound, folder)
    result = check(folder, "--json")
    assert [one["code"] for one in json.loads(result.output)] == ([] if whole else ["gives_unknown"])


@pytest.mark.parametrize(("own_case", "warned"), [({}, False), ({"own_case": "same"}, True), (None, True)])
def test_whoever_waits_for_what_nobody_starts_is_warned(folder: Path, own_case: dict[str, str] | None, warned: bool) -> None:
    sound = Sound()
    sound.route.messages["m_done"] = "step_done"
    sound.route.nodes["waits"] = message("intermediateCatchEvent", "m_done")
    del sound.route.flows["answering_done"]
    sound.arrows(sound.route, "answering > waits", "waits > done")
    if own_case is not None:
        sound.route.nodes["note_stop"] = service("start_procedure", procedure="route", start="begin", **own_case)
    lay(sound, folder)
    result = check(folder, "--json")
    assert (result.exit_code, [one["code"] for one in json.loads(result.output)]) == (0, ["step_done_idle"] if warned else [])


def test_wrong_use_exits_with_2(tmp_path: Path) -> None:
    assert check(tmp_path).exit_code == 2
    (tmp_path / "processes").mkdir()
    assert check(tmp_path).exit_code == 2


def test_it_needs_no_secret_and_no_database() -> None:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = [sys.executable, "-c", "from app.cli import main; main()", "check", "processes"]
    done = subprocess.run(code, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    assert (done.returncode, done.stderr) == (0, "")


def test_a_start_event_more_is_still_one_catalogue(folder: Path) -> None:
    sound = Sound()
    sound.route.nodes["again"] = event("startEvent")
    sound.arrows(sound.route, "again > ask")
    lay(sound, folder)
    assert [one.id for one in load(folder / "processes", folder / "forms").procedures["route"].starts()] == ["begin", "again"]
