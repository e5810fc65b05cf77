"""The pages on which a case changes hands: choosing entries, reading what was shared, asking for a replacement."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.roles import Role
from app.services import tokens
from tests.services.handing.play import NOTE, STORY, ask, begin, draw, key_holders, named, texts
from tests.web.api.conftest import Program, last_day
from tests.web.forms import send, sign_in


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def cast(player: Player) -> Player:
    """Players of the two procedures of these tests."""
    return draw(player)


def browser(site: Flask, part: str) -> FlaskClient:
    client = site.test_client()
    assert sign_in(client, email_of(part), PASSWORD).status_code == 302
    return client


def asked(cast: Player) -> tuple[str, str]:
    """A case that Sanne is about to hand over: its number, and the address of her task."""
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    return number, f"/taken/{cast.task(number, 'give_file')}"


def boxes(page: str) -> dict[str, str]:
    """The value of each check box for an entry, by what it says."""
    found = re.findall(r'name="stuk" id="stuk-\d+" value="([0-9a-f-]+)">\s*<label[^>]*><span lang="nl">([^<]+)</span>', page)
    return {step: value for value, step in found}


def test_entries_are_chosen_by_step_and_the_page_says_what_happens_to_the_rest(site: Flask, cast: Player) -> None:
    number, address = asked(cast)
    sanne = browser(site, "sanne")
    page = sanne.get(address).text
    assert list(boxes(page)) == ["Vraag toestemming", "Kies wat nu gebeurt"]
    assert "kan daarna niemand meer lezen" in page
    assert STORY not in page
    assert NOTE not in page
    answer = send(sanne, address, **{"veld-consent_written": "ja", "stuk": boxes(page)["Kies wat nu gebeurt"]})
    assert answer.status_code == 302
    assert texts(cast, "ruben", number) == [NOTE]
    assert [sanne.get(path).status_code for path in (address, f"/zaken/{number}")] == [404, 404]


def test_the_page_says_where_a_text_goes_that_may_be_shared_and_one_successor_is_chosen(site: Flask, cast: Player) -> None:
    number = begin(cast)
    sanne = browser(site, "sanne")
    page = sanne.get(f"/taken/{cast.task(number, 'choose_next')}").text
    assert page.count("staat hij ook in het dossier van de schoolleiding") == 1
    assert len(re.findall(r'type="radio" name="behandelaar-successor"', page)) == 2
    assert 'type="checkbox" name="behandelaar-school_leader"' in page


def test_what_was_ticked_is_still_ticked_when_an_answer_was_missing(site: Flask, cast: Player) -> None:
    _, address = asked(cast)
    sanne = browser(site, "sanne")
    chosen = boxes(sanne.get(address).text)["Vraag toestemming"]
    answer = send(sanne, address, stuk=chosen)
    assert answer.status_code == 422
    assert re.findall(r'name="stuk" id="stuk-\d+" value="([0-9a-f-]+)" checked', answer.text) == [chosen]


def test_what_was_ticked_is_still_ticked_in_a_draft(site: Flask, cast: Player) -> None:
    _, address = asked(cast)
    sanne = browser(site, "sanne")
    chosen = boxes(sanne.get(address).text)["Kies wat nu gebeurt"]
    assert send(sanne, address, f"{address}/concept", stuk=chosen).status_code == 302
    kept = sanne.get(address).text
    assert re.findall(r'name="stuk" id="stuk-\d+" value="([0-9a-f-]+)" checked', kept) == [chosen]
    assert list(boxes(kept)) == ["Vraag toestemming"]


def test_an_entry_that_is_not_there_is_refused_in_words(site: Flask, cast: Player) -> None:
    number, address = asked(cast)
    wrong = {"veld-consent_written": "ja", "stuk": "00000000-0000-0000-0000-000000000001"}
    answer = send(browser(site, "sanne"), address, **wrong)
    assert answer.status_code == 422
    assert "Deze stukken staan niet meer in het dossier" in answer.text
    assert key_holders(cast, number) == {"sanne"}


def test_a_program_that_hands_over_is_refused_in_words(site: Flask, cast: Player) -> None:
    number, address = asked(cast)
    made = tokens.create_on_host(cast.app, email_of("sanne"), scope=tokens.WRITE, last_day=last_day(cast))
    answer = Program(site, made).post(f"/tasks/{address.rpartition('/')[2]}/complete", {"answers": {"consent_written": "ja"}})
    assert (answer.status_code, "programma" in answer.text) == (403, True)
    assert key_holders(cast, number) == {"sanne"}


def test_the_receiver_sees_who_shared_a_text(site: Flask, cast: Player) -> None:
    number = begin(cast)
    cast.do(
        "sanne", number, "choose_next", tick={Role.SCHOOL_LEADER: ("joost",)}, next_move="delen", shared_text="Voor de directeur."
    )
    page = send(browser(site, "joost"), f"/zaken/{number}?deel=dossier", f"/zaken/{number}/dossier/schoolleiding").text
    assert "Gedeeld door Sanne Bakker" in page
    assert "Voor de directeur." in page
    history = browser(site, "sanne").get(f"/zaken/{number}?deel=geschiedenis").text
    assert "Er is een tekst gedeeld met wie het dossier van de schoolleiding leest." in history


def test_a_board_member_asks_for_a_replacement_and_is_told_bands_alone(site: Flask, cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    marijke = browser(site, "marijke")
    assert 'href="/vervanging"' in marijke.get("/inbox").text
    page = marijke.get("/vervanging").text
    assert all(name in page for name in ("Sanne Bakker", "Otto Visser"))
    assert "Bram Postma" not in page
    raw = {"veld-adviser": cast.places.people["sanne"].hex, "veld-absent_since": "03-09-2026", "veld-certain": "ja"}
    told = send(marijke, "/vervanging", **raw)
    assert (told.status_code, told.text.count("0-4 zaken"), number in told.text) == (200, 2, False)
    assert "Wijs de klager op een andere vertrouwenspersoon" in told.text
    assert number in browser(site, "ruben").get("/inbox").text
    assert send(marijke, "/vervanging", **{**raw, "veld-absent_since": "03-09-2030"}).status_code == 422


def test_nobody_else_finds_the_way_there(site: Flask, cast: Player) -> None:
    assert "/vervanging" not in browser(site, "sanne").get("/inbox").text
