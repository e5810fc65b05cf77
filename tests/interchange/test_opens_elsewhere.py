"""Our diagrams in Camunda Modeler and bpmn.io: no warning when they open, and nothing lost when they are written again."""

from pathlib import Path

from tests.interchange.elsewhere import ROOT, lost, opened

OURS = sorted((ROOT / "processes").rglob("*.bpmn"))


def test_every_diagram_opens_without_a_warning_and_is_written_again_whole(tmp_path: Path) -> None:
    done = opened(OURS, "--write", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    gone = {path.name: lost(path.read_bytes(), (tmp_path / f"{at}.bpmn").read_bytes()) for at, path in enumerate(OURS)}
    assert {name: parts for name, parts in gone.items() if parts} == {}


def test_a_diagram_without_version_or_time_to_live_is_named(tmp_path: Path) -> None:
    source = (ROOT / "processes" / "follow_up.bpmn").read_text()
    (tmp_path / "version.bpmn").write_text(source.replace(' modeler:executionPlatformVersion="7.24.0"', ""))
    (tmp_path / "live.bpmn").write_text(source.replace(' camunda:historyTimeToLive="P180D"', ""))
    (tmp_path / "loose.bpmn").write_text(source.replace('targetRef="gw_kept"', 'targetRef="nowhere"'))
    said = opened(sorted(tmp_path.glob("*.bpmn")))
    assert said.returncode == 1
    assert all(words in said.stdout for words in ("executionPlatformVersion is missing", "history-time-to-live", "<nowhere>"))
