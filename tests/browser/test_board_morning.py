"""A board member's morning: what is due, what is late and where, and the figures for the meeting, on paper and in files."""

import csv
import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from app.domain.roles import Role
from tests.browser.conftest import Sitter
from tests.browser.people import Person
from tests.browser.site import Site
from tests.services.committee import LAST_DAY, receive_advice

#: The texts of a table, row by row.
_CELLS = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))"
MONDAY = LAST_DAY.replace(year=2027, month=1, day=4)


@pytest.fixture
def late(site: Site) -> str:
    """The number of a case whose answer is a week late; of another school, the board answered in time."""
    player = site.player
    number = receive_advice(player, tick={Role.BOARD: ("marijke",)})
    other = player.start("marijke", "committee", "start_at_board", "Het Anker")
    player.do("marijke", other, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    player.do("marijke", other, "board_committee_answer", committee_route="formeel", complainant_agrees="niet_van_toepassing")
    player.do("marijke", other, "submit_defence", defence_due_on=player.clock.at.date())
    player.do("marijke", other, "advice_received", judgment="ongegrond")
    player.do("marijke", other, "board_response", takes_measures="nee")
    site.until(player.on(MONDAY, 8))
    return number


def table(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name=name, exact=True)


def goes_to_the_figures(person: Person) -> Page:
    person.signs_in().follows("Naleving").is_at("Naleving")
    return person.page


def download(page: Page, link: Locator) -> bytes:
    with page.expect_download() as coming:
        link.click()
    return Path(coming.value.path()).read_bytes()


def file(page: Page, kind: str) -> bytes:
    return download(page, page.get_by_role("link", name=kind, exact=True).first)


def test_from_the_inbox_over_a_late_term_to_its_case_and_back(sit: Sitter, late: str) -> None:
    marijke = sit("marijke").signs_in().sees("7 dagen te laat", "Besluit over het advies")
    marijke.follows("Naleving").is_at("Naleving").sees("Stichting De Kring", "Cijfers van 4 januari 2027 om 08.00 uur")
    where = table(marijke.page, "Wat nu te laat is")
    expect(where.get_by_role("row").nth(1)).to_contain_text("Bevoegd gezag")
    marijke.press(where.get_by_role("link", name="1"))
    marijke.is_at("Nu te laat: 1").sees("7 dagen te laat", "Besluit over het advies", "De Linde")
    marijke.follows(late).is_at(f"Zaak {late}")
    marijke.page.go_back()
    marijke.is_at("Nu te laat: 1").follows("Terug naar Naleving").is_at("Naleving")


def test_a_school_is_chosen_and_every_number_follows(sit: Sitter, late: str) -> None:
    marijke = sit("marijke", java_script_enabled=False)
    page = goes_to_the_figures(marijke)
    marijke.sees("1 van 2 wettelijke termijnen")
    marijke.pick(page.get_by_role("combobox", name="School"), "Het Anker")
    marijke.presses("Toon").sees("School: Het Anker", "1 van 1 wettelijke termijnen", "100%")
    expect(page.get_by_text("Nu is geen enkele termijn te laat.")).to_be_visible()
    expect(page.get_by_role("img", name="Wettelijke termijnen per maand.")).to_contain_text("1 op tijd")
    marijke.follows("Op tijd in twaalf maanden").is_at("Op tijd: 1").does_not_see(late)


def test_the_drawing_shows_where_it_waits(sit: Sitter, late: str) -> None:
    marijke = sit("marijke")
    page = goes_to_the_figures(marijke)
    marijke.press(table(page, "Per procedure").get_by_role("link", name="Klachtencommissie"))
    expect(page.locator("[data-state=ready]")).to_be_visible()
    expect(page.locator(".vr-heat-text").first).to_contain_text("1 te laat")
    marijke.press(page.get_by_role("navigation", name="Onderdelen").get_by_role("link", name="Antwoord op het advies"))
    row = table(page, "Waar het wacht").get_by_role("row", name="Besluit over het advies")
    marijke.press(row.get_by_role("link").first)
    marijke.is_at("Open stappen: 1").sees(late)


def test_the_files_hold_what_the_page_shows(sit: Sitter, late: str) -> None:
    marijke = sit("marijke")
    page = goes_to_the_figures(marijke)
    text = file(page, "PDF")
    pdf = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(text)).pages)
    for said in ("Stichting De Kring", "Cijfers van 4 januari 2027 om 08.00 uur", "Per school", "Het Anker"):
        assert said in pdf, said
    with ZipFile(io.BytesIO(file(page, "Excel"))) as book:
        assert b"Het Anker" in book.read("xl/sharedStrings.xml")
    rows = download(page, page.get_by_role("link", name=re.compile("^CSV.*Per school$"))).decode("utf-8-sig")
    shown = table(page, "Per school").evaluate(_CELLS)
    read = list(csv.reader(io.StringIO(rows), delimiter=";"))
    assert [row[0] for row in read] == [row[0] for row in shown] == ["School", "De Linde", "Het Anker"]
    assert [row[2:] for row in read[1:]] == [row[2:] for row in shown[1:]]


def test_on_paper_there_is_no_menu_and_everything_is_open(sit: Sitter, late: str) -> None:
    page = goes_to_the_figures(sit("marijke"))
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.get_by_role("button", name="Toon")).to_be_hidden()
    expect(page.get_by_text("Stichting De Kring. Cijfers van 4 januari 2027").first).to_be_visible()
    expect(table(page, "Hoe lang stappen duren")).to_be_visible()
    expect(page.get_by_text("Hier tellen alleen stappen van het bestuur")).to_be_visible()
