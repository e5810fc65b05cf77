"""The pages that move running procedures: who may, what they say, and that they name no case."""

import pytest
from flask import Flask

from app.demo.play import Player
from app.services.moving import plans
from tests.services.committee import receive_advice
from tests.services.moved import SIX_WEEKS, plan, publish_version, version_of, work_on
from tests.services.test_moving import DEFENCE
from tests.web.conftest import Browsers
from tests.web.forms import token
from tests.web.matrix import asked, enter, rows_of
from tests.web.studio.moving_table import COLUMNS, TABLE

ROWS = rows_of(TABLE)


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def dropped(player: Player) -> dict[str, object]:
    """A plan of the process owner that was thrown away, so that nothing can be done with it."""
    plan_id = plan(player, publish_version(player, *SIX_WEEKS))
    plans.drop(player.app, player.actor("piet"), "committee", plan_id)
    return {"key": "committee", "plan_id": plan_id}


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, dropped: dict[str, object], column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in ROWS:
            told, answer = asked(browser, row, row.address(site, dropped), part)
            assert told == row.expected(place, part), (part, row)
            answer.close()


def test_from_choosing_versions_to_moving_and_back(player: Player, browser_of: Browsers) -> None:
    number = receive_advice(player)
    version = publish_version(player, *SIX_WEEKS)
    drawer, board = browser_of("piet"), browser_of("marijke")
    where = "/studio/committee/verhuizen"
    assert f"versie {version} (gepubliceerd), 0 lopen" in drawer.get(where).text
    assert "Elk onderdeel" in drawer.get(f"{where}/nieuw?from=1&to={version}").text
    raw = {"from": "1", "to": str(version), "terms": "recompute", "why": "De wet geeft meer tijd."}
    made = drawer.post(f"{where}/nieuw", data={"csrf_token": token(drawer, "/profiel"), **raw})
    shown = made.location
    assert "Wordt geprobeerd" in drawer.get(shown).text
    work_on(player)
    tried = drawer.get(shown).text
    assert "Kan verhuizen: <b>1</b>" in tried
    assert "de laatste dag komt 11 dagen later" in tried
    assert "Laat ze verhuizen" not in tried
    board.post(f"{shown}/begin", data={"csrf_token": token(board, "/profiel")})
    work_on(player)
    done = board.get(shown).text
    assert (version_of(player, number), "Verhuisd: <b>1</b>" in done, "Marijke de Vries" in done) == (version, True, True)
    assert not any(secret in page for page in (tried, done) for secret in (number, "De Linde", "Sanne", "27-11", "2027"))
    board.post(f"{shown}/terug", data={"csrf_token": token(board, "/profiel")})
    work_on(player)
    undone = board.get(shown).text
    assert (version_of(player, number), "Verhuisd, teruggezet: <b>1</b>" in undone) == (1, True)
    assert "de laatste dag komt 11 dagen later" in undone


def test_what_is_missing_in_the_new_version_is_chosen_on_the_page(player: Player, browser_of: Browsers) -> None:
    version = publish_version(player, *DEFENCE)
    drawer = browser_of("piet")
    page = drawer.get(f"/studio/committee/verhuizen/nieuw?from=1&to={version}").text
    assert 'name="map_submit_defence"' in page
    assert '<option value="send_defence">' in page
    raw = {"from": "1", "to": str(version), "terms": "keep", "why": "", "map_submit_defence": "hearing"}
    refused = drawer.post("/studio/committee/verhuizen/nieuw", data={"csrf_token": token(drawer, "/profiel"), **raw})
    assert refused.status_code == 422
    assert refused.text.count("veld-map_submit_defence-error") == 2
    assert refused.text.count("veld-why-error") == 2
