"""The command `veilige-route simulate`, as a person and as a program use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from app.cli import main
from tests.world import ROOT

STORY = ROOT / "tests" / "scenarios" / "committee_withdrawn.yml"


def changed(folder: Path, old: str, new: str) -> Path:
    """The story with one thing written otherwise."""
    source = STORY.read_text(encoding="utf-8")
    assert old in source
    path = folder / "story.yml"
    path.write_text(source.replace(old, new), encoding="utf-8")
    return path


def test_the_installed_command_tells_a_story_without_a_secret_a_database_or_a_place(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("veilige-route")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([command, "simulate", STORY], capture_output=True, text=True, check=True, cwd=tmp_path, env=env)  # noqa: S603 - our own command
    told = done.stdout.splitlines()
    assert told[0] == "Klager trekt de klacht in terwijl het bestuur het verweer schrijft"
    assert "maandag 21 september 2026" in told
    assert "         De taak is vervallen: Stuur het verweer [submit_defence]." in told
    assert "         aan Kemal Aydin, Marijke de Vries" in told or "         aan Marijke de Vries, Kemal Aydin" in told
    assert told[-1] == "Alles ging zoals verwacht."
    assert list(tmp_path.iterdir()) == []


def test_a_story_that_goes_otherwise_ends_with_1_and_says_what_was_there(tmp_path: Path) -> None:
    path = changed(tmp_path, "ended: [end_withdrawn]", "ended: [end_done]")
    result = CliRunner().invoke(main, ["simulate", str(path)])
    assert result.exit_code == 1
    assert "NIET ZOALS VERWACHT" in result.output
    assert "verwacht einde end_done; bereikt: end_withdrawn; er loopt: niets." in result.output
    assert result.output.splitlines()[-1] == "Niet zoals verwacht: 1 keer."


def test_json_tells_each_story_with_its_failures_and_its_timeline(tmp_path: Path) -> None:
    path = changed(tmp_path, "ended: [end_withdrawn]", "ended: [end_done]")
    result = CliRunner().invoke(main, ["simulate", "--json", str(STORY), str(path)])
    assert result.exit_code == 1
    good, bad = json.loads(result.stdout)
    assert (good["passed"], good["failures"], bad["passed"]) == (True, [], False)
    assert [(f["step"], f["kind"]) for f in bad["failures"]] == [(11, "failed")]
    mail = [entry for entry in good["timeline"] if entry["kind"] == "mail"]
    assert {entry["to"] for entry in mail} >= {"marijke", "kemal"}
    withdrawn = next(e for e in good["timeline"] if e["kind"] == "task.completed" and e["element"] == "withdraw")
    assert withdrawn["answers"] == {"withdrawn_on": "2026-09-20", "withdraw_reason": "te_zwaar"}
    assert (withdrawn["at"], withdrawn["who"]) == ("2026-09-21T10:00+02:00", "Sanne Bakker")


def test_wrong_use_ends_with_2_and_names_file_and_line(tmp_path: Path) -> None:
    path = changed(tmp_path, "as: sanne, at: 2026-09-21", "as: jan, at: 2026-09-21")
    result = CliRunner().invoke(main, ["simulate", str(STORY), str(path)])
    assert result.exit_code == 2
    assert f"{path}: regel" in result.stderr
    assert "er is geen persoon jan" in result.stderr
    assert result.stdout == ""
    assert CliRunner().invoke(main, ["simulate"]).exit_code == 2


def test_a_story_that_goes_back_in_time_is_wrong_use(tmp_path: Path) -> None:
    path = changed(tmp_path, "at: 2026-09-21", "at: 2026-09-01")
    result = CliRunner().invoke(main, ["simulate", str(path)])
    assert result.exit_code == 2
    assert "2026-09-01 ligt vóór het moment waarop het verhaal nu is" in result.stderr


def test_procedures_that_are_not_whole_are_explained(tmp_path: Path) -> None:
    (tmp_path / "committee.bpmn").write_text("<geen-diagram/>", encoding="utf-8")
    result = CliRunner().invoke(main, ["simulate", "--processes", str(tmp_path), str(STORY)])
    assert result.exit_code == 1
    assert "committee.bpmn" in result.stderr
