"""Proofs are run by a process of its own, which can do no harm; what it finds counts for exactly these files."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.play import Player
from app.services.studio import drafts, proofs, stories
from app.studio.proving import prove_next, run_alone
from app.studio.rehearsal import Folders
from tests.services.studio.acting import change

SCENARIOS = Path(__file__).parents[2] / "scenarios"
KEY, MAIN = "mediation", "mediation.bpmn"


@pytest.fixture
def backend() -> str:
    """A worker's process knows no database."""
    return "sqlite"


@pytest.fixture
def begun(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


def driven(player: Player) -> proofs.Proof | None:
    return proofs.read(player.app, player.actor("marijke"), KEY).driven


def test_what_was_asked_is_run_once_and_stands_beside_these_files(begun: Player) -> None:
    assert driven(begun) is None
    for part in ("piet", "marijke", "piet"):
        proofs.ask(begun.app, begun.actor(part), KEY)
    assert driven(begun) is not None
    assert [prove_next(begun.app) for _ in range(3)] == [True, True, False]
    done = driven(begun)
    assert done is not None
    assert done.finished_at is not None
    assert done.result is not None
    assert (done.result["findings"], done.result["complete"], done.result["states"] > 0) == ([], True, True)
    change(begun, MAIN, 'name="Bemiddeling"', 'name="Bemiddeling door een ander"', key=KEY)
    assert driven(begun) is None


def test_a_process_that_takes_too_long_or_breaks_is_explained(begun: Player, tmp_path: Path) -> None:
    proofs.ask(begun.app, begun.actor("piet"), KEY)
    work = proofs.claim(begun.app)
    assert work is not None
    folders = Folders(tmp_path, tmp_path)
    late = run_alone(replace(work, kind="driven"), 0.01, folders)
    assert (late["findings"], late["complete"]) == ([], False)
    assert late["undecided"][0].startswith("Het nakijken duurde te lang en is gestopt.")
    broken = run_alone(replace(work, kind="played", files={MAIN: b"<no"}, stories={"one": "title: x"}), 60, folders)
    assert [(one["name"], one["passed"]) for one in broken["stories"]] == [("one", False)]
    assert "onverwacht gestopt" in broken["stories"][0]["failures"][0]


def test_kept_stories_are_played_on_the_draft(begun: Player) -> None:
    piet, key = begun.actor("piet"), "committee"
    drafts.begin(begun.app, piet, key)
    stories.keep(begun.app, piet, key, "withdrawn", (SCENARIOS / "committee_withdrawn.yml").read_text())
    proofs.ask(begun.app, piet, key)
    while prove_next(begun.app):
        pass
    played = proofs.read(begun.app, begun.actor("marijke"), key).played
    assert played is not None
    assert played.result is not None
    assert [(one["name"], one["passed"], one["failures"]) for one in played.result["stories"]] == [("withdrawn", True, [])]
    # Another story asks for another proof.
    stories.drop(begun.app, piet, key, "withdrawn")
    assert proofs.read(begun.app, piet, key).played is None
