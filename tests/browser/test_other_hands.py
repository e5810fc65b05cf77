"""The adviser's part of a case without a mouse, without JavaScript, and on the smallest screen."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser import committee
from tests.browser.conftest import Sitter
from tests.browser.people import OnAPhone, Person, Typist

TODAY = date(2026, 9, 7)
SMALL, PHONE = {"width": 320, "height": 640}, {"width": 390, "height": 844}


def adviser_does_his_part(sanne: Person) -> str:
    """Up to the committee's answer, which hands the case to the board; gives the case's number."""
    number = committee.adviser_sends_the_letter(sanne.signs_in(), TODAY)
    committee.adviser_notes_that_the_committee_takes_it_on(sanne, TODAY, "Marijke de Vries")
    sanne.sees("Nu aan zet, bevoegd gezag: Stuur het verweer.")
    return number


def test_the_keyboard_is_enough(sit: Sitter) -> None:
    sanne = sit("sanne", kind=Typist)
    number = adviser_does_his_part(sanne)
    sanne.follows(number).follows("Dossier").presses("Open het dossier").sees(committee.COMPLAINT)


def test_nothing_needs_javascript_but_the_picture(sit: Sitter) -> None:
    sanne = sit("sanne", java_script_enabled=False)
    number = adviser_does_his_part(sanne)
    sanne.follows(number).sees("De tekening heeft JavaScript nodig. De lijst met stappen zegt hetzelfde.")
    plain = _steps(sanne.page)
    assert any(step.startswith("Stuur het verweer") for step in plain)
    drawn = sit("sanne").signs_in().goes_to(f"/zaken/{number}")
    expect(drawn.page.locator("[data-state=ready]")).to_be_visible()
    assert _steps(drawn.page) == plain


@pytest.mark.parametrize(("size", "scheme"), [(SMALL, "light"), (PHONE, "dark")], ids=["320 px", "390 px in the dark"])
def test_a_phone_is_enough(sit: Sitter, size: dict[str, int], scheme: str) -> None:
    sanne = sit("sanne", kind=OnAPhone, viewport=size, color_scheme=scheme, has_touch=True, is_mobile=True)
    number = adviser_does_his_part(sanne)
    for part in ("Diagram", "Dossier", "Termijnen", "Geschiedenis"):
        sanne.goes_to(f"/zaken/{number}").follows(part)


def _steps(page: Page) -> list[str]:
    return page.get_by_role("region", name="Stappen").get_by_role("listitem").all_inner_texts()
