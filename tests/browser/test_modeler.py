"""A process owner draws in the browser: fields of our dialect, findings at the element, saves that lose nothing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from app.services.studio import drafts
from tests.browser.conftest import Sitter
from tests.browser.people import Person
from tests.browser.site import Site

KEY, FILE = "committee", "committee/response.bpmn"
DRAWING = f"/studio/{KEY}/tekening?bestand={FILE}&element=board_response"


@pytest.fixture
def complaints(sit: Sitter, site: Site) -> Iterator[list[str]]:
    """What the browser complains of; nothing, at the end."""
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
def piet(sit: Sitter, site: Site, complaints: list[str]) -> Person:
    drafts.begin(site.player.app, site.player.actor("piet"), KEY)
    person = sit("piet", viewport={"width": 1280, "height": 900}).signs_in()
    refused = "status of 409"  # a browser complains of that too
    person.page.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" and refused not in said.text else None
    )
    person.page.on("pageerror", lambda error: complaints.append(str(error)))
    return opens(person)


def opens(person: Person, address: str = DRAWING) -> Person:
    person.goes_to(address)
    expect(person.page.locator("[data-studio-modeler][data-state=ready][data-findings=ready]")).to_be_visible()
    return person


def state(page: Page) -> Locator:
    return page.locator("[data-part=state]")


def group(page: Page, name: str) -> None:
    """Open a part of the panel that is closed at first."""
    page.locator(".bio-properties-panel-group-header", has_text=name).click()


def kept(site: Site) -> str:
    return drafts.read(site.player.app, site.player.actor("piet"), KEY).files[FILE].decode()


def test_a_term_is_changed_and_kept(piet: Person, site: Site) -> None:
    page = piet.page
    weeks = page.get_by_label("Termijn: aantal")
    expect(weeks).to_have_value("4")
    weeks.fill("6")
    weeks.press("Tab")
    expect(state(page)).to_have_text("Nog niet bewaard")
    expect(state(page)).to_contain_text("Bewaard om", timeout=10_000)
    assert '<camunda:property name="deadline" value="P6W" />' in kept(site)

    opens(piet)
    expect(page.get_by_label("Termijn: aantal")).to_have_value("6")
    expect(state(page)).to_contain_text("door Piet Vos")
    page.get_by_label("Termijn: aantal").fill("4")
    page.get_by_label("Termijn: aantal").press("Tab")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_label("Termijn: aantal")).to_have_value("6")
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Bewaard om")


def test_a_step_is_added_without_a_mouse_and_its_findings_come_and_go(piet: Person, site: Site) -> None:
    page = piet.page
    page.get_by_role("button", name="Meld dat het te laat is Stap die vanzelf gaat").press("Enter")
    page.get_by_role("button", name="Voeg toe", exact=True).first.press("Enter")
    wanted = page.locator("[data-part=findings]").get_by_role("button", name=re.compile("Deze taak legt niets uit"))
    expect(wanted).to_be_visible()
    expect(page.locator(".bjsl-icon-error").first).to_be_visible()

    page.get_by_label("Opschrift", exact=True).fill("Bel de klager")
    page.get_by_label("Wat moet iemand doen").fill("Bel de klager en zeg wanneer het antwoord komt.")
    expect(wanted).to_have_count(0)
    page.get_by_label("Formulier", exact=True).select_option(label="Nieuw formulier voor deze taak")
    expect(page.get_by_role("link", name="Open dit formulier")).to_be_visible()
    group(page, "Bron en uitleg")
    page.get_by_label("Bron", exact=True).fill("Handreiking 5.8.1")
    page.get_by_label("Rijen van de checklist").fill("132")
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Bewaard om")

    text = kept(site)
    step = re.search(r'<bpmn:userTask id="(task_[a-z0-9]+)" name="Bel de klager"[^>]*>', text)
    assert step is not None
    assert 'camunda:candidateGroups="board"' in step[0]
    assert f'camunda:formRef="{step[1]}" camunda:formRefBinding="deployment"' in step[0]
    assert f"forms/{step[1]}.form" in drafts.read(site.player.app, site.player.actor("piet"), KEY).files


def test_who_saves_second_is_told_compares_and_chooses(piet: Person, site: Site) -> None:
    page, app = piet.page, site.player.app
    theirs = kept(site).replace('value="P4W"', 'value="P5W"')
    drafts.save(app, site.player.actor("piet"), KEY, FILE, theirs.encode(), number=0)
    page.get_by_label("Termijn: aantal").fill("6")
    page.get_by_label("Termijn: aantal").press("Tab")
    page.get_by_role("button", name="Bewaar nu").click()
    dialog = page.get_by_role("dialog", name="Iemand anders bewaarde dit net")
    expect(dialog).to_contain_text("Piet Vos bewaarde dit bestand net voor jou")
    expect(dialog.get_by_text("Besluit over het advies: veranderd")).to_be_visible()
    dialog.get_by_role("button", name="Ga verder met wat ik heb").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert 'value="P6W"' in kept(site)
    lines = drafts.saves(app, site.player.actor("piet"), KEY, FILE)
    assert [line.number for line in lines] == [2, 1, 0]

    page.get_by_text("Meer", exact=True).click()
    page.get_by_role("button", name="Eerdere keren bewaard").click()
    page.get_by_role("button", name=re.compile("^Bekijk: Zoals het concept begon")).click()
    page.get_by_role("button", name="Zet deze terug").click()
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert 'value="P4W"' in kept(site)
