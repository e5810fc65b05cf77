"""`veilige-route check --driven`: what only driving finds, as a user of the command reads it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from tests.cli.test_check import FORMS, lay, put
from tests.engine.sound import Sound


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A procedure that waits for a day that need not be given."""
    for name, fields in FORMS.items():
        put(name, fields, tmp_path / "forms" / "route" / f"{name}.form")
    lay(Sound(), tmp_path)
    return tmp_path / "processes"


def test_a_day_that_never_comes_is_found_with_its_example(folder: Path) -> None:
    result = check(folder, "--driven")
    lines = result.output.splitlines()
    assert (result.exit_code, lines[0]) == (0, "Alle diagrammen en formulieren kloppen.")
    assert lines[1].startswith("route: doorgereden, ")
    assert lines[2].startswith(
        "route/phase.bpmn:wait:Opschrift: (waarschuwing) Vanaf hier komt de procedure nooit meer bij een einde."
    )
    assert lines[3:5] == ["    1. Begin: ‘Opschrift’", "    2. Taak ‘Opschrift’, met antwoord: Wil je dit? → Ja"]
    assert check(folder).output == "Alle diagrammen en formulieren kloppen.\n"


def test_without_a_message_that_breaks_it_off_it_is_an_error(folder: Path) -> None:
    spoiled = Sound()
    for name in ("ev_stop", "note_stop", "stopped"):
        del spoiled.route.nodes[name]
    spoiled.route.flows = {name: flow for name, flow in spoiled.route.flows.items() if "stop" not in name}
    spoiled.route.messages = {}
    lay(spoiled, folder.parent)
    result = check(folder, "route", "--driven", "--json")
    said = json.loads(result.output)
    (found,) = said["driven"]["route"]["findings"]
    assert (result.exit_code, said["findings"]) == (1, [])
    assert (found["code"], found["element"], found["severity"]) == ("trap", "wait", "error")
    assert [step["element"] for step in found["path"]][-1] == "answer"


def test_what_is_not_there_is_said(folder: Path) -> None:
    result = check(folder, "nothing", "--driven")
    assert (result.exit_code, "De procedure nothing is er niet. Kies uit: route." in result.output) == (2, True)
    assert check("nowhere").exit_code == 2


def test_what_has_errors_is_not_driven(folder: Path) -> None:
    spoiled = Sound()
    spoiled.route.nodes["ask"].documentation = ""
    lay(spoiled, folder.parent)
    result = check(folder, "--driven", "--json")
    said = json.loads(result.output)
    assert (result.exit_code, [one["code"] for one in said["findings"]], said["driven"]) == (1, ["documentation_missing"], {})
