"""A whole day of an adviser who has no mouse: single keys, several tasks at once, putting off, a comment, a view, a contact."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.domain.roles import Role
from tests.browser.people import Typist
from tests.browser.site import Site
from tests.conftest import PageOpener

CONSENT, NEXT = "Vraag toestemming voor een dossier", "Noteer het antwoord"
REASON, COMMENT, VIEW = "Eerst de ouder bellen.", "Let op: de ouder belt liever ’s avonds.", "Deze zaak"
#: Pressing Enter clicks too, but only a hand on a mouse or a screen presses down: then the page breaks, and with it the test.
_NO_HAND_ON_A_MOUSE = 'addEventListener("pointerdown", () => { throw new Error("the mouse was used"); }, true);'


@pytest.fixture
def sanne(site: Site, new_page: PageOpener) -> Typist:
    """The adviser at a keyboard alone. Four complaints wait for her or Ruben: the board registered them, one after the other.

    What opens at one moment stands in no order, and what her first task opens would come in between.
    """
    for _ in range(4):
        site.until(site.player.clock.at + timedelta(minutes=1))
        number = site.player.start("marijke", "committee", "start_at_board", "De Linde")
        tick = {Role.ADVISER: ("sanne", "ruben")}
        site.player.do("marijke", number, "register_at_board", tick=tick, adviser_takes_part="ja", conflict_of_interest="nee")
    site.until(site.player.clock.at + timedelta(minutes=1))
    page = new_page()
    page.add_init_script(_NO_HAND_ON_A_MOUSE)
    return Typist(page, site.address, "sanne").signs_in()


def presses_keys(person: Typist, *keys: str) -> None:
    """Press single keys that stay on the page."""
    for key in keys:
        person.page.keyboard.press(key)


def goes_by(person: Typist, key: str) -> None:
    """Press a key that leads to another page."""
    with person.page.expect_navigation():
        person.page.keyboard.press(key)


def does_one_task_and_lands_at_the_next(sanne: Typist) -> str:
    sanne.looks_at("Van mijn groep")
    presses_keys(sanne, "j", "j", "k")
    goes_by(sanne, "Enter")
    sanne.is_at(CONSENT).sees("Deze taak is nog van niemand")
    goes_by(sanne, "c")
    number = sanne.case_number()
    sanne.completes(
        {
            "Mag jij een dossier bijhouden?": "Ja",
            "Op welke dag gaf de klager toestemming?": "07-09-2026",
            "Mag je contact opnemen met de klager?": "Ja",
            "Wat is de klacht, in de woorden van de klager?": "De ouder vertelt over kwallen.",
        }
    )
    sanne.is_at(CONSENT).sees("Deze taak is nog van niemand")
    return number


def puts_this_one_off(sanne: Typist) -> None:
    goes_by(sanne, "c")
    sanne.presses("Stel deze taak uit").fills({"Tot welke dag?": "10-09-2026", "Waarom?": REASON}).presses("Stel uit")
    sanne.sees("Uitgesteld tot").looks_at("Uitgesteld").sees(REASON)


def hands_two_over(sanne: Typist) -> None:
    sanne.looks_at("Van mijn groep")
    for step in range(2):
        presses_keys(sanne, "j", "x")
        expect(sanne.page.get_by_role("checkbox").nth(step)).to_be_checked()
    sanne.presses("Oppakken").sees("Bij 2 taken is het gelukt.")
    sanne.looks_at("Van mij")
    presses_keys(sanne, "j", "x", "j", "x")
    sanne.presses("Overgeven").is_at("Taken overgeven").sees("Ruben Smit")
    sanne.presses("Geef over").sees("Bij 2 taken is het gelukt.", "Je collega krijgt bericht.")


def comments(sanne: Typist, number: str) -> None:
    sanne.follows("Zaken")
    presses_keys(sanne, "j")
    sanne.follows(number).follows("Dossier").fills({"Je opmerking": COMMENT}).presses("Bewaar je opmerking")
    sanne.sees("Je opmerking is bewaard.").presses("Open het dossier").sees("kwallen", COMMENT)


def starts_at_her_own_view(sanne: Typist, number: str) -> None:
    sanne.looks_at("Alles")
    presses_keys(sanne, "/")
    expect(sanne.page.get_by_label("Zaaknummer")).to_be_focused()
    sanne.page.keyboard.type(number)
    goes_by(sanne, "Enter")
    sanne.sees(NEXT).follows("Bewaar deze weergave").fills({"Naam, als hij alleen voor jou is": VIEW}).presses("Bewaar")
    sanne.follows("Sanne Bakker")
    sanne.pick(sanne.page.get_by_label("Waar begin je na het inloggen?"), "Weergave")
    sanne.presses("Zo werk ik").presses("Uitloggen").signs_in()
    expect(sanne.page).to_have_url(re.compile(rf"/inbox\?.*zaak={number}"))


def switches_the_keys_off(sanne: Typist) -> None:
    keys = sanne.page.get_by_role("dialog", name="Toetsen")
    presses_keys(sanne, "?")
    expect(keys).to_be_visible()
    presses_keys(sanne, "Escape")
    expect(keys).to_be_hidden()
    presses_keys(sanne, "?")
    sanne.follows("Zet de toetsen aan of uit op je profiel")
    sanne.choose(sanne.page.get_by_role("radio", name="Toetsen uit"))
    sanne.presses("Kies").sees("De toetsen staan uit.").looks_at("Alles")
    presses_keys(sanne, "j", "x", "?", "/")
    expect(sanne.page.get_by_role("main")).to_contain_text(NEXT)
    assert sanne.page.evaluate("document.activeElement === document.body")
    expect(sanne.page.locator("dialog[open], .row :checked")).to_have_count(0)


def test_the_keyboard_is_enough_for_a_whole_day(sanne: Typist) -> None:
    sanne.fills({"Waar ging het over?": "vraag"}).presses("Noteer").sees("Het contact is genoteerd.")
    number = does_one_task_and_lands_at_the_next(sanne)
    puts_this_one_off(sanne)
    hands_two_over(sanne)
    comments(sanne, number)
    starts_at_her_own_view(sanne, number)
    switches_the_keys_off(sanne)
