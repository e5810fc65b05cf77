"""Adviser and board bring a committee case from the letter to the evaluation: over Christmas, extended once, late once."""

from datetime import date

import pytest

from tests.browser import committee
from tests.browser.committee import ADVICE_ON, COMPLAINT, DECISION
from tests.browser.conftest import Sitter
from tests.browser.people import Person
from tests.browser.site import Site

STARTED, DECIDED = date(2026, 9, 7), date(2027, 1, 25)
EXTENDED_ON, EXTENDED_TO = date(2026, 12, 22), date(2027, 1, 22)
FOLLOW_UP = date(2027, 4, 12)


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_case_goes_from_letter_to_evaluation(site: Site, sit: Sitter) -> None:
    sanne, marijke = sit("sanne"), sit("marijke")
    site.until(site.player.on(STARTED))
    number = committee.adviser_sends_the_letter(sanne.signs_in(), STARTED)
    _the_committee_takes_it_on(site, sanne, marijke)
    _four_weeks_end_after_christmas(site, marijke, number)
    _the_board_extends(site, marijke)
    _the_board_is_late(site, sanne, marijke, number)
    _the_board_decides(site, marijke, number)
    _the_adviser_looks_back(site, sanne, number)
    _files_open_for_their_readers_alone(sanne, marijke, number)


def _the_committee_takes_it_on(site: Site, sanne: Person, marijke: Person) -> None:
    today = date(2026, 9, 21)
    site.until(site.player.on(today))
    committee.adviser_notes_that_the_committee_takes_it_on(sanne.signs_in(), today, "Marijke de Vries", "Kemal Aydin")
    committee.board_defends_itself(marijke.signs_in(), today)
    site.until(site.player.on(date(2026, 10, 12)))
    committee.adviser_is_at_the_hearing(sanne.signs_in(), date(2026, 10, 12))


def _four_weeks_end_after_christmas(site: Site, marijke: Person, number: str) -> None:
    site.until(site.player.on(ADVICE_ON))
    committee.board_receives_the_advice(marijke.signs_in(), ADVICE_ON)
    marijke.looks_at("Alles").sees("over 31 dagen", "ma 28 dec", "wettelijk", number)
    marijke.opens("Besluit over het advies").sees("Nog 31 dagen: uiterlijk maandag 28 december", "uiterlijk 28 dec")
    marijke.sees("27 november 2026", "Alleen Kemal Aydin en Marijke de Vries kunnen dit lezen.")


def _the_board_extends(site: Site, marijke: Person) -> None:
    site.until(site.player.on(EXTENDED_ON))
    marijke.signs_in().opens("Besluit over het advies").sees("Nog 6 dagen: uiterlijk maandag 28 december")
    committee.board_extends_the_term(marijke, EXTENDED_ON, EXTENDED_TO)
    marijke.opens("Besluit over het advies").sees("Nog 31 dagen: verlengd tot vrijdag 22 januari", "verlengd tot 22 jan")
    assert site.told("een termijn is verlengd") == ["kemal", "sanne"]


def _the_board_is_late(site: Site, sanne: Person, marijke: Person, number: str) -> None:
    site.until(site.player.on(DECIDED))
    assert site.told("een termijn is voorbij") == ["kemal", "marijke", "sanne"]
    marijke.signs_in().looks_at("Van mij").sees("3 dagen te laat", "vr 22 jan")
    marijke.opens("Besluit over het advies").sees("3 dagen te laat: het moest uiterlijk vrijdag 22 januari")
    sanne.signs_in().goes_to(f"/zaken/{number}").sees("3 dagen te laat: het moest uiterlijk vrijdag 22 januari")


def _the_board_decides(site: Site, marijke: Person, number: str) -> None:
    committee.board_decides(marijke, DECIDED, date(2027, 3, 1))
    marijke.goes_to(f"/zaken/{number}").follows("Termijnen")
    marijke.sees("Klaar op 25 januari 2027: dat is na vrijdag 22 januari", "verlengd van 28 december 2026 tot 22 januari 2027")
    site.until(site.player.on(date(2027, 2, 26)))
    marijke.signs_in().opens("Voer de maatregelen uit").completes(
        {"Zijn de maatregelen uitgevoerd?": "Ja", "Op welke dag waren ze klaar?": "26-02-2027"}
    )


def _the_adviser_looks_back(site: Site, sanne: Person, number: str) -> None:
    sanne.signs_in().opens("Vraag of nazorg gewenst is").completes(
        {"Wil de klager nazorg?": "Ja", "Welke dag spreken jullie af?": committee.typed(FOLLOW_UP)}
    )
    sanne.goes_to(f"/zaken/{number}").sees("Wacht", "12 apr")
    site.until(site.player.on(FOLLOW_UP))
    committee.adviser_looks_back(sanne.signs_in(), FOLLOW_UP)
    sanne.sees("De procedure is afgelopen: Afgerond.").goes_to(f"/zaken/{number}")
    sanne.sees("Gesloten op 12 april 2027", "Klaar op 12 april 2027", "Einde van de procedure")


def _files_open_for_their_readers_alone(sanne: Person, marijke: Person, number: str) -> None:
    sanne.follows("Dossier").presses("Open het dossier").sees(COMPLAINT).does_not_see(DECISION)
    marijke.signs_in().goes_to(f"/zaken/{number}").follows("Dossier").presses("Open het dossier")
    marijke.is_at("Dossier van het bevoegd gezag").sees(DECISION).does_not_see(COMPLAINT)
