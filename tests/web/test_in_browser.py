"""Every page in a real browser: nothing for axe to find, nothing wider than the screen, and forms that work without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.web.guard import public
from tests.conftest import PageOpener
from tests.web.rendering import PAGES, render
from tests.web.serving import served

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SCREENS = {
    "a wide screen": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "a wide screen in the dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "a phone in the dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "a small phone": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
}


@pytest.fixture
def address(web: Flask) -> Iterator[str]:
    @web.get("/voorbeeld/<name>")
    @public
    def example(name: str) -> str:
        return render(web, name)

    @public
    def no_drawing(**_address: str) -> tuple[str, int]:
        return "", 404

    web.view_functions["case.diagram"] = no_drawing
    web.view_functions["compliance.drawing"] = no_drawing
    with served(web) as base:
        yield f"{base}/voorbeeld"


def findings(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [f"{violation['id']}: {node['html'][:200]}" for violation in found["violations"] for node in violation["nodes"]]


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_sticks_out(address: str, new_page: PageOpener, screen: str) -> None:
    page = new_page(**SCREENS[screen])
    for name in PAGES:
        page.goto(f"{address}/{name}")
        assert findings(page) == [], name
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.evaluate("innerWidth"), name


def test_a_dependent_question_shows_under_its_choice_without_a_script(address: str, new_page: PageOpener) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/task")
    expect(page.get_by_label("Soort maatregel")).to_be_visible()
    page.get_by_role("group", name="Neemt het bestuur maatregelen?").get_by_label("Nee").check()
    expect(page.get_by_label("Soort maatregel")).to_be_hidden()


def test_errors_take_the_focus_and_lead_to_their_field(address: str, new_page: PageOpener) -> None:
    page = new_page()
    page.goto(f"{address}/task-errors")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#veld-complainant_told_on")).to_be_focused()


def test_the_first_tab_leads_past_the_menu(address: str, new_page: PageOpener) -> None:
    page = new_page()
    page.goto(f"{address}/inbox")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_twelve_tasks_fit_on_a_wide_screen(address: str, new_page: PageOpener) -> None:
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/inbox")
    rows = page.locator("li.row")
    top, height = rows.first.bounding_box(), rows.nth(2).bounding_box()
    assert top is not None
    assert height is not None
    assert top["y"] + 12 * height["height"] + 3 * 10 <= 800


def test_what_may_be_done_with_ticked_tasks_shows_when_one_is_without_a_script(address: str, new_page: PageOpener) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{address}/inbox")
    expect(page.get_by_role("button", name="Uitstellen")).to_be_hidden()
    page.get_by_role("checkbox", name="Kies: Kijk samen terug, 2026-7KQ4").check()
    expect(page.get_by_role("button", name="Uitstellen")).to_be_in_viewport()


def test_the_filter_of_the_inbox_is_open_on_a_wide_screen_without_a_script(address: str, new_page: PageOpener) -> None:
    page = new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page.goto(f"{address}/inbox")
    expect(page.get_by_label("Zaaknummer")).to_be_visible()
    expect(page.get_by_text("Filter en zoek")).to_be_hidden()
