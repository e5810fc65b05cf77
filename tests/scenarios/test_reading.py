"""A scenario is read strictly: what it cannot mean is refused with its line, before anything is played."""

from pathlib import Path

import pytest

from app.scenarios.known import check
from app.scenarios.reading import read, read_file
from app.scenarios.story import Complete, ScenarioError
from tests.processes.product import procedures
from tests.scenarios.test_scenarios import BEGIN


def refusal(source: str) -> str:
    """Why a scenario is refused."""
    with pytest.raises(ScenarioError) as refused:
        check(read(source), procedures())
    return str(refused.value)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("- {complete: file_consent}", "regel 7: as ontbreekt. (stap 1: complete)"),
        ("- {complete: file_consent, as: sanne, met: {}}", "regel 7: met ken ik hier niet. Wel: complete, as, with, tick, at."),
        ("- {complete: file_consent, as: sanne, as: ruben}", "as staat er twee keer"),
        ("- {complete: file_consent, wait: P1D}", "stap 1: een stap is precies één van complete, start_beside"),
        ("- {doe: iets}", "stap 1: een stap is precies één van"),
        ("- wachten", "hier horen regels in de vorm naam: waarde"),
        ("- {complete: [file_consent], as: sanne}", "hier hoort één waarde"),
        ("- {complete: file_consent, as: }", "hier ontbreekt een waarde"),
        ("- {complete: file_consent, as: sanne, tick: {bestuur: [wim]}}", "bestuur is geen rol; kies uit adviser"),
        ("- {wait: morgen}", "morgen is geen dag of moment; schrijf 2026-11-27"),
        ("- {wait: 2026-02-30}", "2026-02-30 is geen dag of moment"),
        ("- {wait: P1X}", "P1X is geen geldige periode"),
        ("- {expect: {}}", "hier wordt niets verwacht"),
        ("- {expect: {open: file_consent}}", "hier hoort een lijst"),
        ("- {expect: {terms: [{task: explain_committee, state: klaar}]}}", "klaar is geen stand van een termijn"),
        ("- {expect: {events: [term.gone]}}", "term.gone is geen gebeurtenis; kies uit absence.ended"),
        ("- {absence: sanne, deputy: ruben, until: 2026-09-25}", "lanes ontbreekt"),
        ("- {absence: sanne, deputy: jan, lanes: [adviser], until: 2026-09-25}", "er is geen persoon jan"),
        ("- {absence: sanne, deputy: ruben, lanes: [klager], until: 2026-09-25}", "klager is geen rol"),
        ("- {absence: sanne, deputy: ruben, lanes: [adviser], until: 2026-09-25 10:00}", "schrijf alleen de dag"),
        ("- {absence_ends: sanne}", "as ontbreekt"),
        ("- {expect: {events: [task.completed file_consent namens jan]}}", "er is geen persoon jan"),
        ("- {correct_start: board_response, as: sanne, with: {}}", "hier hoort precies één datum"),
        ("- {refused: {complete: file_consent, as: sanne}}", "fields ontbreekt"),
        ("- {complete: nergens, as: sanne}", "regel 7, stap 1: er is geen stap nergens"),
        ("- {complete: file_consent, as: jan}", "er is geen persoon jan. Wel: ada, amira"),
        ("- {complete: file_consent, as: sanne, tick: {board: [jan]}}", "er is geen persoon jan"),
        ("- {complete: file_consent, as: sanne, with: {judgment: gegrond}}", "er is geen vraag van file_consent judgment"),
        ("- {start_beside: committee_phase, as: sanne}", "er is geen proces ernaast committee_phase"),
        ("- {announce: file_consent, as: sanne}", "er is geen bericht file_consent. Wel: ev_"),
        (
            "- {correct_start: board_response, as: sanne, with: {judgment: 2026-11-27}}",
            "er is geen begin van een termijn judgment",
        ),
        ("- {refused: {complete: nergens, as: sanne, fields: [x]}}", "er is geen stap nergens"),
        ("- {expect: {not_open: [file_concent]}}", "er is geen stap file_concent"),
        ("- {expect: {events: [task.opened nergens]}}", "er is geen element nergens"),
        ("- {expect: {mail: {post: [sanne]}}}", "er is geen bericht per mail post"),
        ("- {expect: {mail: {term_soon: [jan]}}}", "er is geen persoon jan"),
        ("- {expect: {ended: [file_consent]}}", "er is geen einde file_consent"),
        ("- {expect: {running: [nergens]}}", "er is geen proces nergens"),
        ("- {expect: {absent: [jan]}}", "er is geen persoon jan"),
    ],
)
def test_a_step_that_means_nothing_is_refused_with_its_line(step: str, said: str) -> None:
    assert said in refusal(BEGIN + step + "\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Proef\n", "", "title ontbreekt"),
        ("steps:\n", "stappen:\n", "stappen ken ik hier niet"),
        ("procedure: committee", "procedure: comite", "er is geen procedure comite. Wel: committee"),
        ("start_with_adviser", "start_phase", "er is geen begin start_phase. Wel: start_at_board, start_with_adviser"),
        ("person: sanne", "person: jan", "er is geen persoon jan"),
        ("De Linde", "De Berk", "er is geen school De Berk. Wel: De Brug"),
        ("moment: 2026-09-07", "moment: nu", "regel 5: nu is geen dag of moment"),
        ("title: Proef", "title: Proef: twee", "regel 2: dit is geen geldige YAML"),
    ],
)
def test_a_head_that_means_nothing_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert said in refusal(BEGIN.replace(old, new) + "- {wait: P1D}\n")


def test_an_empty_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    assert "leeg" in refusal("")
    with pytest.raises(ScenarioError, match="niet te lezen"):
        read_file(tmp_path / "none.yml")


def test_what_yaml_would_change_stays_as_it_was_written() -> None:
    scenario = read(BEGIN + "- {complete: file_consent, as: sanne, with: {a: 10:00, b: yes, c: 2026-12-28, d: 007}}\n")
    step = scenario.steps[0]
    assert isinstance(step, Complete)
    assert step.answers == {"a": "10:00", "b": "yes", "c": "2026-12-28", "d": "007"}
