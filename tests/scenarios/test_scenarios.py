"""The practice examples as stories on both databases, and what a story says when it is not so."""

import re
from pathlib import Path

import pytest

from app.demo import kept
from app.demo.play import Player
from app.domain.procedure import Begins
from app.scenarios.known import check
from app.scenarios.playing import Answered, Played, play
from app.scenarios.present import Mail
from app.scenarios.reading import read, read_file
from app.scenarios.story import ScenarioError
from app.scenarios.timeline import lines
from tests.processes.product import procedures
from tests.world import ROOT

STORIES = sorted(Path(__file__).parent.glob("*.yml"))
BEGIN = """
title: Proef
source: Handreiking 5.8
procedure: committee
start: {element: start_with_adviser, person: sanne, school: De Linde, moment: 2026-09-07}
steps:
"""
CONSENT = "- {complete: file_consent, as: sanne, with: {file_consent: ja}}\n"


def tell(player: Player, steps: str) -> Played:
    """Play these steps after the start of a committee case."""
    scenario = read(BEGIN + steps)
    check(scenario, procedures())
    return play(player, scenario)


def failures(player: Player, steps: str) -> list[str]:
    """What was not as expected."""
    return [failure.text for failure in tell(player, steps).failures]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_goes_as_it_is_told(path: Path, player: Player) -> None:
    scenario = read_file(path)
    check(scenario, procedures())
    played = play(player, scenario)
    assert [f"{failure.where}: {failure.text}" for failure in played.failures] == []
    assert any(not isinstance(entry, Answered | Mail) for entry in played.entries)


def test_the_example_in_the_documentation_goes_as_it_is_told(player: Player) -> None:
    example = re.search(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    assert play(player, read(example[1])).failures == ()


@pytest.mark.parametrize("path", sorted(kept.FOLDER.glob("*/*.yml")), ids=lambda path: path.stem)
def test_a_story_that_the_demo_keeps_goes_as_it_is_told(path: Path, player: Player) -> None:
    scenario = read_file(path)
    check(scenario, procedures())
    assert (scenario.procedure, play(player, scenario).failures) == (path.parent.name, ())


def test_there_are_stories_of_every_procedure_that_begins_a_case() -> None:
    begin = {key for key, procedure in procedures().items() if any(start.begins is Begins.CASE for start in procedure.starts())}
    assert {read_file(path).procedure for path in STORIES} == begin


@pytest.mark.parametrize(
    ("expected", "instead"),
    [
        (
            "open: [{task: choose_guide}]",
            "verwacht open: choose_guide; er staat open: explain_committee (adviser, uiterlijk 2026-09-21)",
        ),
        ("open: [{task: explain_committee, role: board}]", "er staat open: explain_committee (adviser, uiterlijk 2026-09-21)"),
        ("open: [{task: explain_committee, due: 2026-09-22}]", "uiterlijk 2026-09-22; er staat open: explain_committee (adviser"),
        ("open: [{task: explain_committee, due: none}]", "zonder termijn; er staat open: explain_committee (adviser, uiterlijk"),
        ("not_open: [explain_committee]", "verwacht dat explain_committee niet openstaat; wel open: explain_committee (adviser"),
        ("terms: [{task: explain_committee, state: met}]", "explain_committee met; er is: explain_committee running 2026-09-21"),
        ("terms: [{task: explain_committee, last_day: 2026-09-22}]", "er is: explain_committee running 2026-09-21"),
        ("terms: [{task: board_response}]", "verwacht termijn: board_response; termijnen zijn er van: explain_committee"),
        (
            "events: [task.opened explain_committee, task.completed]",
            "op volgorde: task.completed file_consent; task.opened explain_committee",
        ),
        ("mail: {task_opened: [sanne]}", "verwacht mail task_opened aan: sanne; die ging aan: niets; alle nieuwe mail: niets"),
        ("ended: [end_done]", "verwacht einde end_done; bereikt: niets; er loopt: committee"),
        ("running: []", "verwacht dat loopt: niets; er loopt: committee"),
        (
            "absent: [ruben, sanne]",
            "verwacht dat sanne niets ziet; er is: de pagina van de zaak, een taak in de takenlijst, de lijst met zaken",
        ),
    ],
)
def test_a_wrong_expectation_shows_what_was_there_instead(player: Player, expected: str, instead: str) -> None:
    found = failures(player, f"{CONSENT}- expect: {{{expected}}}\n")
    assert len(found) == 1
    assert instead in found[0]


def test_a_right_expectation_after_a_wrong_one_is_held(player: Player) -> None:
    played = tell(
        player, f"{CONSENT}- expect: {{not_open: [explain_committee]}}\n- expect: {{open: [{{task: explain_committee}}]}}\n"
    )
    assert [str(failure.where) for failure in played.failures] == ["regel 8, stap 2"]
    assert "Niet zoals verwacht: 1 keer." in list(lines(played))


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("- {complete: choose_guide, as: sanne}\n", "choose_guide staat niet open; er staat open: file_consent (adviser)"),
        ("- {complete: file_consent, as: marijke}\n", "marijke kan dit niet: Deze pagina bestaat niet"),
        ("- {complete: file_consent, as: sanne, with: {file_consent: zeker}}\n", "sanne kan dit niet: file_consent ("),
        ("- {start_beside: committee_extend_term, as: sanne}\n", "sanne kan dit niet: Je mag dit bekijken, maar niet doen."),
        (
            "- {correct_start: board_response, as: sanne, with: {advice_received_on: 2026-09-01}}\n",
            "board_response heeft geen termijn",
        ),
        ("- {announce: ev_withdrawn, as: marijke}\n", "marijke kan dit niet: Deze pagina bestaat niet"),
        (
            "- refused: {complete: file_consent, as: sanne, with: {file_consent: ja}, fields: [may_contact]}\n",
            "verwacht dat file_consent geweigerd wordt om: may_contact; geweigerd werd: niets",
        ),
        (
            "- refused: {complete: file_consent, as: sanne, with: {file_consent: ''}, fields: [may_contact]}\n",
            "geweigerd wordt om: may_contact; geweigerd werd: file_consent (",
        ),
    ],
)
def test_a_step_that_cannot_be_taken_ends_the_story(player: Player, steps: str, said: str) -> None:
    found = failures(player, f"{steps}- expect: {{not_open: [file_consent]}}\n")
    assert len(found) == 1
    assert said in found[0]


def test_a_refusal_that_was_expected_changes_nothing(player: Player) -> None:
    refused = "- refused: {complete: file_consent, as: sanne, with: {file_consent: ''}, fields: [file_consent]}\n"
    assert failures(player, f"{refused}{CONSENT}- expect: {{open: [{{task: explain_committee}}]}}\n") == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("- wait: 2026-09-06\n", "regel 8, stap 2: 2026-09-06 ligt vóór het moment waarop het verhaal nu is"),
        ("- wait: 2026-09-07 09:59\n", "ligt vóór het moment waarop het verhaal nu is, 2026-09-07 10:00"),
        ("- {complete: explain_committee, as: sanne, with: {explained_on: gisteren}}\n", "gisteren is geen dag"),
    ],
)
def test_a_story_that_cannot_be_played_says_where(player: Player, step: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        tell(player, CONSENT + step)
    assert said in str(refused.value)


def test_a_period_of_waiting_ends_at_the_same_hour_over_the_change_of_the_clock(player: Player) -> None:
    tell(player, CONSENT + "- wait: P8W\n- wait: PT2H\n")
    assert player.clock.at == player.on(player.clock.at.date(), 12)
    assert f"{player.clock.at:%Y-%m-%d}" == "2026-11-02"
