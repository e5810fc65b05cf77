"""Being away in the pages: choosing a deputy, ticking cases, what the deputy sees, taking it back."""

from html import unescape

import pytest
from flask.testing import FlaskClient

from app.demo.play import Player
from app.services import tasks
from tests.services.away import key_of, leave
from tests.web.conftest import Browsers
from tests.web.forms import send

DAYS = {"first_day": "07-09-2026", "last_day": "14-09-2026"}


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def number(player: Player) -> str:
    return player.start("marijke", "committee", "start_at_board", "De Linde")


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_cases_are_ticked_left_and_taken_back(player: Player, browser_of: Browsers, number: str) -> None:
    marijke, els = browser_of("marijke"), browser_of("els")
    address = f"/afwezig?waarnemer={player.places.people['els']}"
    assert "/afwezig" in shown(marijke, "/profiel")
    assert key_of(player, number) not in shown(marijke, "/afwezig")
    assert f'value="{key_of(player, number)}"> ' not in shown(marijke, address)
    assert f'value="{key_of(player, number)}" checked' in shown(marijke, f"{address}&alles=ja")
    assert number not in shown(els, "/inbox?van=all")
    assert send(marijke, address, address, **DAYS, zaak=key_of(player, number)).status_code == 302
    assert "Els van Dam neemt voor je waar" in shown(marijke, "/afwezig")
    assert "namens Marijke de Vries" in shown(els, "/inbox")
    assert "Je neemt waar voor Marijke de Vries" in shown(els, f"/taken/{player.task(number, 'register_at_board')}")
    page = shown(els, "/afwezig")
    [end] = {part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/intrekken")}
    assert send(els, "/afwezig", end).status_code == 302
    assert number not in shown(els, "/inbox?van=all")
    assert els.get(f"/taken/{player.task(number, 'register_at_board')}").status_code == 404


def test_what_is_wrong_is_said_at_its_field_and_ticks_stay(player: Player, browser_of: Browsers, number: str) -> None:
    marijke = browser_of("marijke")
    address = f"/afwezig?waarnemer={player.places.people['els']}"
    wrong = {"first_day": "gisteren", "last_day": "14-09-2026"}
    answer = send(marijke, address, address, **wrong, zaak=key_of(player, number))
    assert answer.status_code == 422
    assert "Je afwezigheid is nog niet vastgelegd" in answer.text
    assert 'value="gisteren"' in answer.text
    assert f'value="{key_of(player, number)}" checked' in answer.text
    for raw in ({**DAYS, "zaak": "onzin"}, DAYS):
        assert send(marijke, address, address, **raw).status_code == 422
    assert send(marijke, "/afwezig?waarnemer=onzin&rol=onzin", "/afwezig", **DAYS).status_code == 302  # away, and nobody acts


def test_steps_and_history_say_for_whom_it_was_done(player: Player, browser_of: Browsers, number: str) -> None:
    leave(player, "marijke", "els", number)
    player.do("els", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    marijke = browser_of("marijke")
    for part in ("", "?deel=geschiedenis"):
        assert "Els van Dam namens Marijke de Vries" in shown(marijke, f"/zaken/{number}{part}")
    assert "Els van Dam namens Marijke de Vries" in shown(marijke, f"/zaken/{number}/tijdlijn")


def test_the_owner_sees_who_picked_up_a_task_for_him(player: Player, browser_of: Browsers, number: str) -> None:
    leave(player, "marijke", "els", number)
    task_id = player.task(number, "register_at_board")
    tasks.release(player.app, player.actor("marijke"), task_id)
    tasks.claim(player.app, player.actor("els"), task_id)
    assert "Els van Dam pakte deze taak namens jou op" in shown(browser_of("marijke"), f"/taken/{task_id}")
