"""People leave and change on pages; somebody is ticked for a lane that nobody is left in."""

from datetime import timedelta

import pytest
from flask import Flask

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.roles import Role
from tests.services.administration import acting
from tests.services.handing.play import begin, draw
from tests.services.test_lost_roles import lead
from tests.web.forms import send
from tests.web.test_changing_hands import browser


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def test_an_administrator_lets_a_head_leave_and_the_adviser_finds_somebody_for_his_step(site: Flask, player: Player) -> None:
    cast = draw(player)
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("joost",)})
    lead(cast, number, "otto")
    cast.clock.at += timedelta(minutes=1)
    ada, joost = browser(site, "ada"), browser(site, "joost")
    person = f"/beheer/{acting.board(cast)}/mensen/{cast.places.people['joost']}"
    page = ada.get(f"{person}/vertrek").text
    assert "Daarna kan hier nog één ander de dossiers" in page
    assert number not in page
    assert send(ada, f"{person}/vertrek").location == person
    assert joost.get("/inbox").status_code == 302
    assert "Haal terug" in ada.get(person).text
    board = ada.get(f"/beheer/{acting.board(cast)}").text
    assert "De Linde: 1 stap voor schoolleiding wacht op niemand" in board
    assert number not in board

    sanne = browser(site, "sanne")
    asks = sanne.get(f"/zaken/{number}").text.partition("/behandelaars/school_leader")[0].rpartition('href="')[2]
    address = f"{asks}/behandelaars/school_leader"
    for part in ("otto", "ruben", "marijke", "ada"):
        assert browser(site, part).get(address).status_code == 404, part
    assert sanne.get(f"{asks}/behandelaars/no_role").status_code == 404
    assert "Otto Visser" in sanne.get(address).text
    wrong = send(sanne, address)
    assert (wrong.status_code, "Kies minstens één persoon" in wrong.text) == (422, True)
    chosen = send(sanne, address, **{"behandelaar-school_leader": str(cast.places.people["otto"])})
    assert chosen.status_code == 302
    assert browser(site, "otto").get(f"/taken/{cast.task(number, 'ask_leader')}").status_code == 200
    assert "wacht op niemand" not in ada.get(f"/beheer/{acting.board(cast)}").text


def test_what_was_typed_wrong_stays_beside_what_to_do(site: Flask, player: Player) -> None:
    ada, board = browser(site, "ada"), acting.board(player)
    person = f"/beheer/{board}/mensen/{player.places.people['joost']}"
    answer = send(ada, f"{person}/wijzigen", name="Joost Bos", email=email_of("marijke"))
    assert answer.status_code == 422
    assert "Er is al iemand met dit e-mailadres" in answer.text
    assert 'value="Joost Bos"' in answer.text
    assert send(ada, f"{person}/wijzigen", name="Joost Bos", email="bos@school.example").location == person
    assert "bos@school.example" in ada.get(person).text
    assert send(ada, f"/beheer/{board}/naam", name=acting.NOORDERLICHT).status_code == 422
    assert send(ada, f"/beheer/{board}/naam", name="De Ring").status_code == 302
    assert "Naam van het bestuur gewijzigd" in ada.get(f"/beheer/{board}/logboek").text


def test_nobody_is_offered_to_let_himself_leave(site: Flask, player: Player) -> None:
    ada, address = browser(site, "ada"), f"/beheer/{acting.board(player)}/mensen/{player.places.people['ada']}/vertrek"
    page = ada.get(address).text
    assert "Dit ben jij zelf" in page
    assert "Laat nu vertrekken" not in page
    assert send(ada, address).status_code == 409
