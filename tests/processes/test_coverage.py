"""Every step cites its source, and what the Handreiking asks of a procedure is drawn somewhere."""

import re

import pytest
import yaml

from app.domain.period import Unit, parse_period
from app.domain.procedure import Element, ElementKind
from tests.processes.product import PROCESSES, procedures

ROWS = range(1, 144)
WANTED = {
    "committee": {*range(51, 64), 121, 122, *range(132, 136)},
    "meldplicht": {*range(92, 109), 136},
    "meldcode": {*range(109, 120), *range(137, 141)},
    "complaint_route": {*range(1, 92), *range(141, 144)} - {26, 37, 40, 42, 46, 47, 52, *range(54, 60)},
    "parents": {*range(36, 41), 134},
    "measures": {27, 28, 121, 133, 134},
    "mediation": {4, 24, 25, 26},
    "referral": {15, 39, 41, 42, 43},
    "follow_up": {60, 86, 141},
    "handover": {*range(44, 51)},
}
#: How rehabilitation goes once it is agreed; no procedure draws it yet.
NOT_DRAWN = set(range(126, 132))
CITING = (ElementKind.USER_TASK, ElementKind.TIMER_BOUNDARY, ElementKind.TIMER_CATCH)
SOURCE = re.compile(r"(WPO|WVO 2020|Besluit verplichte meldcode) art\. [0-9.a-z]+|Handreiking [0-9]")
COVERAGE: dict[str, dict[int, list[str]]] = yaml.safe_load((PROCESSES / "coverage.yml").read_text(encoding="utf-8"))


def citing(key: str) -> list[Element]:
    return [e for process in procedures()[key].processes.values() for e in process.elements.values() if e.kind in CITING]


@pytest.mark.parametrize("key", procedures())
def test_every_step_and_timer_cites_its_source_and_rows(key: str) -> None:
    assert [e.id for e in citing(key) if not SOURCE.match(e.legal_basis)] == []
    assert [e.id for e in citing(key) if not e.checklist or not set(e.checklist) <= set(ROWS)] == []


@pytest.mark.parametrize("key", procedures())
def test_every_step_tells_what_to_do_and_nothing_outside(key: str) -> None:
    tasks = [e for e in citing(key) if e.kind is ElementKind.USER_TASK]
    assert [e.id for e in tasks if len(e.documentation) < 80] == []
    assert {e.neutral_title for e in tasks} == {"Een stap in een zaak wacht op je"}


@pytest.mark.parametrize("key", procedures())
def test_the_coverage_file_says_what_the_diagrams_say(key: str) -> None:
    drawn: dict[int, set[str]] = {}
    for element in citing(key):
        for row in element.checklist:
            drawn.setdefault(row, set()).add(element.id)
    assert {row: set(names) for row, names in COVERAGE[key].items()} == drawn


@pytest.mark.parametrize("key", procedures())
def test_what_a_procedure_must_serve_is_served(key: str) -> None:
    assert WANTED[key] - COVERAGE[key].keys() == set()


def test_every_row_is_served_by_some_procedure_but_those_not_drawn_yet() -> None:
    assert set(ROWS) - {row for rows in COVERAGE.values() for row in rows} == NOT_DRAWN


@pytest.mark.parametrize("key", procedures())
def test_every_term_of_hours_is_warned_of(key: str) -> None:
    hours = [e for e in citing(key) if e.term is not None and parse_period(e.term.period).unit is Unit.HOUR]
    assert [e.id for e in hours if e.term is not None and e.term.warn is None] == []
