"""Installations to throw away: few of them, gone when they are old, and shared by threads that do not see each other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.scenarios.reading import read
from app.scenarios.story import Scenario
from app.studio.stages import MOST_MOMENTS, MOST_STAGES, Prepared, Stages
from tests.processes.product import procedures
from tests.world import ROOT

BEGIN = """
title: Proef
source: Handreiking 5.8
procedure: committee
start: {element: start_with_adviser, person: sanne, school: De Linde, moment: 2026-09-07}
steps:
"""
CONSENT = "- {complete: file_consent, as: sanne, with: {file_consent: %s}}\n"


@pytest.fixture
def stages() -> Stages:
    return Stages()


def told(prepared: Prepared, scenario: Scenario) -> list[str]:
    with prepared.told(scenario) as playing:
        return [task.element_id for task in playing.cases[0].now.tasks]


def test_a_few_are_prepared_and_the_oldest_goes_when_nobody_uses_it(stages: Stages) -> None:
    folders: list[Path] = []
    for number in range(MOST_STAGES + 1):
        some = {key: replace(one, sha256=f"{number}") for key, one in procedures().items() if key == "committee"}
        with stages.prepared(some, ROOT / "processes", ROOT / "forms") as prepared:
            folders.append(prepared.stage.folder)
            with stages.prepared(some, ROOT / "processes", ROOT / "forms") as same:
                assert same is prepared
    assert [folder.exists() for folder in folders] == [False] + [True] * MOST_STAGES
    stages.close()
    assert not any(folder.exists() for folder in folders)


def test_threads_tell_their_own_stories_and_old_moments_go(stages: Stages) -> None:
    with stages.prepared(procedures(), ROOT / "processes", ROOT / "forms") as prepared:
        stories = [read(BEGIN + CONSENT % answer + f"- {{wait: P{days}D}}\n") for days in (1, 2) for answer in ("ja", "nee")]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda story: told(prepared, story), stories * 3))
        assert found == [told(prepared, story) for story in stories] * 3
        assert found[0] == ["explain_committee"]
        for days in range(3, MOST_MOMENTS + 6):
            told(prepared, read(BEGIN + CONSENT % "ja" + f"- {{wait: P{days}D}}\n"))
        assert len(list(prepared.stage.folder.glob("*.kept"))) == MOST_MOMENTS
    stages.close()
