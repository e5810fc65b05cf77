"""The page that checks a draft: what is found, why it matters, and the shortest example in words and on the drawing."""

import json
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo.play import Player
from app.services.studio import drafts
from app.studio.proving import prove_next
from tests.services.studio.acting import change
from tests.web.matrix import enter

KEY, MAIN = "mediation", "mediation.bpmn"
PAGE = f"/studio/{KEY}/controle"
OTHER = "/studio/committee/controle"


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def begun(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


def ask(browser: tuple[FlaskClient, str], page: str = PAGE) -> str:
    client, csrf = browser
    answer = client.post(page, data={"csrf_token": csrf}, follow_redirects=True)
    return str(answer.text)


def prove(player: Player) -> None:
    while prove_next(player.app):
        pass


def test_a_board_member_asks_and_sees_how_far_it_is(site: Flask, begun: Player) -> None:
    browser = enter(site, "marijke")
    assert "Doorloop alle wegen" in browser[0].get(PAGE).text
    page = ask(browser)
    assert "Het wordt nagekeken." in page
    assert "data-check-busy" in page
    assert "Doorloop alle wegen</button>" not in page
    prove(begun)
    page = browser[0].get(PAGE).text
    assert "situaties bekeken" in page
    assert "Geen fouten gevonden" in page
    assert "data-check-busy" not in page


def test_what_driving_finds_is_told_step_by_step_and_on_the_drawing_and_may_stay_for_a_reason(site: Flask, begun: Player) -> None:
    says, silent = "${still_wants != null and still_wants != 'ja'}", "${still_wants == 'nee_interne_route'}"
    change(begun, "committee.bpmn", says, silent, key="committee")
    browser = enter(site, "piet")
    ask(browser, OTHER)
    prove(begun)
    page = browser[0].get(OTHER).text
    assert "Kortste voorbeeld, 18 stappen" in page
    assert "<li>Begin: ‘Commissie schrijft het bestuur’</li>" in page
    shown = unescape(browser[0].get(f"{OTHER}?voorbeeld=1").text)
    marks, _ = json.JSONDecoder().raw_decode(shown.split('data-marks="')[1])
    assert marks["active"] == ["gw_outcome"]
    assert {"id": "start_at_board", "heat": 1, "text": "1"} in marks["heat"]
    inside = unescape(browser[0].get(f"{OTHER}?voorbeeld=1&niveau=committee_register").text)
    marks, _ = json.JSONDecoder().raw_decode(inside.split('data-marks="')[1])
    assert (marks["active"], marks["heat"][0]["id"]) == ([], "start_register")
    why = {"code": "unset", "file": "committee.bpmn", "element_id": "gw_outcome", "reason": "Wie wil, zegt het.", "terug": OTHER}
    told = browser[0].post("/studio/committee/reden", data={**why, "csrf_token": browser[1]}, follow_redirects=True).text
    assert '<b>Reden:</b> <span lang="nl">Wie wil, zegt het.' in told


def test_what_nobody_gets_is_an_error(site: Flask, begun: Player) -> None:
    change(begun, MAIN, "${both_willing == 'nee'}", "${possible_offence == 'ja'}", key=KEY)
    browser = enter(site, "piet")
    ask(browser)
    prove(begun)
    page = browser[0].get(PAGE).text
    assert "Hier komt de procedure nooit, wat er ook gebeurt." in page
    assert f"/studio/{KEY}/tekening?bestand={MAIN}" in page


def test_what_cannot_be_read_is_not_driven(site: Flask, begun: Player) -> None:
    change(begun, MAIN, "<bpmn:startEvent", "<bpmn:transaction/><bpmn:startEvent", key=KEY)
    browser = enter(site, "piet")
    page = browser[0].get(PAGE).text
    assert "Zolang hier iets staat, kan de procedure niet gepubliceerd worden." in page
    assert "Los eerst de fouten op." in page
    assert "Er zijn nog fouten." in ask(browser)
