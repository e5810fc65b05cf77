"""Single keys: they walk through a list, never while somebody types, and do nothing for whoever switched them off."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from app.web.guard import public
from tests.conftest import PageOpener
from tests.web.forms import send
from tests.web.rendering import render
from tests.web.serving import served


@pytest.fixture
def address(web: Flask) -> Iterator[str]:
    """Where made-up pages are served, with keys on (`/aan/…`) and off (`/uit/…`)."""

    @web.get("/voorbeeld/<choice>/<name>")
    @public
    def example(choice: str, name: str) -> str:
        return render(web, name, shortcuts=choice == "aan")

    with served(web) as base:
        yield f"{base}/voorbeeld"


@pytest.fixture
def inbox(address: str, new_page: PageOpener) -> Page:
    """The inbox of somebody whose keys are on."""
    page = new_page()
    page.goto(f"{address}/aan/inbox-group")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def place(page: Page) -> int:
    """Which row of the list has the focus; -1 for none."""
    found: int = page.evaluate("[...document.querySelectorAll('.row-title')].indexOf(document.activeElement)")
    return found


def test_j_and_k_walk_through_the_rows_and_stop_at_the_ends(inbox: Page) -> None:
    last = inbox.locator(".row-title").count() - 1
    press(inbox, "j")
    assert place(inbox) == 0
    press(inbox, "k")
    assert place(inbox) == 0
    press(inbox, *"j" * (last + 3))
    assert place(inbox) == last > 0
    press(inbox, "k")
    assert place(inbox) == last - 1
    outline = "getComputedStyle(document.activeElement, '::after').outlineWidth"
    assert inbox.evaluate(outline) == "3px"


def test_k_begins_at_the_last_row(inbox: Page) -> None:
    press(inbox, "k")
    assert place(inbox) == inbox.locator(".row-title").count() - 1


def test_enter_opens_the_row(inbox: Page) -> None:
    press(inbox, "j")
    where = inbox.locator(".row-title").first.get_attribute("href")
    with inbox.expect_request(f"**{where}"):
        press(inbox, "Enter")


def test_x_ticks_the_row_says_so_and_moves_nothing(inbox: Page) -> None:
    press(inbox, "j")
    tops = "[...document.querySelectorAll('.row')].map(row => row.getBoundingClientRect().top)"
    before = inbox.evaluate(tops)
    box, told = inbox.locator(".row-tick input").first, inbox.locator("[data-ticked]")
    title = inbox.locator(".row-title").first.inner_text()
    press(inbox, "x")
    expect(box).to_be_checked()
    expect(told).to_have_text(f"Aangevinkt: {title}")
    press(inbox, "x")
    expect(box).not_to_be_checked()
    expect(told).to_have_text(f"Niet meer aangevinkt: {title}")
    assert (place(inbox), inbox.evaluate(tops)) == (0, before)


def test_c_takes_what_is_free(inbox: Page) -> None:
    free = inbox.locator(".row", has=inbox.get_by_role("button", name="Pak op"))
    action = free.first.locator("form").get_attribute("action")
    free.first.locator(".row-title").focus()
    with inbox.expect_request(lambda request: request.method == "POST" and request.url.endswith(str(action))):
        press(inbox, "c")


def test_c_leads_to_giving_back_what_is_mine_and_gives_nothing_back_by_itself(address: str, new_page: PageOpener) -> None:
    page = new_page()
    page.goto(f"{address}/aan/task")
    press(page, "c")
    expect(page.get_by_role("button", name="Teruggeven aan het bevoegd gezag")).to_be_focused()
    page.goto(f"{address}/aan/inbox-views")
    page.locator(".row-title").nth(3).focus()
    press(page, "c")
    expect(page.get_by_role("button", name="Teruggeven")).to_be_focused()
    expect(page.locator(".row-tick input").nth(3)).to_be_checked()


def test_a_slash_leads_to_the_search_field_in_which_letters_are_letters(inbox: Page) -> None:
    inbox.set_viewport_size({"width": 390, "height": 844})
    press(inbox, "/")
    field = inbox.get_by_label("Zaaknummer")
    expect(field).to_be_focused()
    press(inbox, *"jkxc/?")
    expect(field).to_have_value("jkxc/?")
    expect(inbox.locator(".row-tick input:checked")).to_have_count(0)
    expect(inbox.get_by_role("dialog")).to_be_hidden()


def test_a_question_mark_shows_the_keys_and_escape_leads_back(inbox: Page) -> None:
    press(inbox, "j", "j", "?")
    dialog = inbox.get_by_role("dialog", name="Toetsen")
    expect(dialog).to_be_visible()
    press(inbox, "j", "x")
    press(inbox, "Escape")
    expect(dialog).to_be_hidden()
    assert place(inbox) == 1
    expect(inbox.locator(".row-tick input:checked")).to_have_count(0)


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_a_key_with_another_one_held_is_the_browsers(inbox: Page, held: str) -> None:
    press(inbox, f"{held}+j", f"{held}+x")
    assert place(inbox) == -1


def test_nobody_types_into_a_list_of_choices_or_a_text_by_mistake(address: str, new_page: PageOpener) -> None:
    page = new_page()
    page.goto(f"{address}/aan/case-comments")
    field = page.get_by_label("Je opmerking").first
    field.focus()
    press(page, *"?jc")
    expect(field).to_have_value("?jc")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_switched_off_no_key_does_anything(address: str, new_page: PageOpener) -> None:
    page = new_page()
    page.goto(f"{address}/uit/inbox-group")
    press(page, "j", "?", "x", "c", "/")
    assert place(page) == -1
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url == f"{address}/uit/inbox-group"


def test_the_choice_is_kept_and_the_keys_stand_on_a_page_of_their_own(visitor: FlaskClient) -> None:
    assert "data-keys" in visitor.get("/inbox").text
    assert "De toetsen staan voor jou aan." in visitor.get("/toetsen").text
    assert send(visitor, "/profiel", "/profiel/toetsen", toetsen="uit").location == "/profiel"
    profile = visitor.get("/profiel").text
    assert "De toetsen staan uit." in profile
    assert 'value="uit" checked' in profile
    assert "data-keys" not in visitor.get("/inbox").text
    assert "De toetsen staan voor jou uit." in visitor.get("/toetsen").text
    send(visitor, "/profiel", "/profiel/toetsen", toetsen="aan")
    assert "data-keys" in visitor.get("/inbox").text


def test_choosing_how_to_work_leaves_the_keys_as_they_are(visitor: FlaskClient) -> None:
    send(visitor, "/profiel", "/profiel/toetsen", toetsen="uit")
    send(visitor, "/profiel", "/profiel/werkwijze", start="inbox", daarna="case")
    assert "data-keys" not in visitor.get("/inbox").text
