"""Acute danger on a Saturday evening: the child-protection officer runs the meldcode on her phone, from the call to its end."""

from datetime import date, datetime

import pytest

from tests.browser import saturday
from tests.browser.conftest import Sitter
from tests.browser.people import OnAPhone, Person
from tests.browser.site import Site

SATURDAY, SUNDAY, WEDNESDAY = date(2026, 11, 14), date(2026, 11, 15), date(2026, 11, 18)
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_danger_comes_first_and_the_steps_follow_to_the_end(site: Site, sit: Sitter) -> None:
    amira = sit("amira", kind=OnAPhone, viewport=PHONE, has_touch=True, is_mobile=True)
    site.until(_at(site, SATURDAY, 20, 15))
    number = _the_signals_are_danger(amira.signs_in())
    site.until(_at(site, SATURDAY, 20, 30))
    _the_call_comes_first(amira)
    _the_report_is_due_on_sunday(amira)
    site.until(_at(site, SUNDAY, 17))
    assert site.told("een termijn loopt bijna af") == ["amira"]
    _she_reports_on_sunday(amira.signs_in())
    site.until(_at(site, WEDNESDAY, 10))
    saturday.she_looks_whether_it_is_safe(amira.signs_in())
    amira.sees("De procedure is afgelopen: Gemeld bij Veilig Thuis.")
    _everything_is_on_record(amira, number)


def _the_signals_are_danger(amira: Person) -> str:
    number = saturday.signals_come_in(amira)
    amira.looks_at("Alles").sees("Bel Veilig Thuis of 112", "vandaag, 21.15").does_not_see("Breng de signalen in kaart")
    return number


def _the_call_comes_first(amira: Person) -> None:
    amira.opens("Bel Veilig Thuis of 112").sees("Vandaag: uiterlijk zaterdag 14 november om 21.15 uur", "Streefdatum")
    calls = amira.page.get_by_role("link", name="Bel 112").or_(amira.page.get_by_role("link", name="Bel 0800-2000"))
    assert [link.get_attribute("href") for link in calls.all()] == ["tel:112", "tel:08002000"]
    assert all(link.is_visible() for link in calls.all())
    amira.does_not_see("Wie gaat dit doen?")
    saturday.she_calls(amira)
    amira.looks_at("Van mij").sees("Breng de signalen in kaart", "over 6 dagen", "vr 20 nov")


def _the_report_is_due_on_sunday(amira: Person) -> None:
    saturday.steps_one_to_three(amira)
    amira.looks_at("Alles").does_not_see("Praat met de ouders")
    saturday.steps_four_and_five(amira)
    amira.looks_at("Alles").sees("Meld bij Veilig Thuis", "morgen, 20.30", "zo 15 nov")


def _she_reports_on_sunday(amira: Person) -> None:
    amira.looks_at("Alles").sees("vandaag, 20.30")
    saturday.she_reports(amira)
    amira.looks_at("Alles").does_not_see("Kijk of het nu veilig is")


def _everything_is_on_record(amira: Person, number: str) -> None:
    amira.goes_to(f"/zaken/{number}").sees("Gesloten op 18 november 2026", "Gemeld bij Veilig Thuis")
    amira.follows("Termijnen").sees("Gehaald op 14 november 2026", "Gehaald op 15 november 2026")
    amira.follows("Dossier").presses("Open het dossier").sees(saturday.SIGNALS)


def _at(site: Site, day: date, hour: int, minute: int = 0) -> datetime:
    return site.player.on(day, hour).replace(minute=minute)
