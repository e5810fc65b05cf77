"""A scenario that is written reads as the same scenario."""

import re
from pathlib import Path

import pytest

from app.scenarios.reading import read, read_file
from app.scenarios.story import Scenario
from app.scenarios.writing import write
from tests.scenarios.test_scenarios import STORIES

OTHER = """
title: "Alles, wat: er [verder] nog is"
source: "# geen commentaar"
procedure: committee
start: {element: start_with_adviser, person: sanne, school: De Linde, moment: 2026-09-07 09:30}
steps:
  - {wait: P5W}
  - {wait: PT4H}
  - {ask_replacement: sanne, as: marijke, at: 2026-09-08}
  - {absence: sanne, deputy: ruben, lanes: [adviser, board], from: 2026-09-09, until: 2026-09-25, at: 2026-09-08 12:00}
  - {absence_ends: sanne, as: ruben, at: 2026-09-10}
  - {expect: {events: [task.completed file_consent namens sanne]}}
  - {complete: file_consent, as: sanne, with: {file_consent: "ja, 'zeker' #1", note: "regel een\n\n  regel twee"}}
"""


def without_lines(scenario: Scenario) -> str:
    """All of a scenario but the lines on which it stands."""
    return re.sub(r"Where\(line=\d+", "Where(", repr(scenario))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_that_is_written_reads_as_the_same_story(path: Path) -> None:
    assert without_lines(read(write(read_file(path)))) == without_lines(read_file(path))


def test_what_would_mean_something_to_yaml_is_written_so_that_it_does_not() -> None:
    assert without_lines(read(write(read(OTHER)))) == without_lines(read(OTHER))
    assert "moment: 2026-09-07 09:30" in write(read(OTHER)).replace("'", "")
