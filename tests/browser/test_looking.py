"""What is published is looked at on a page of its own: without a draft, step by step, also where no drawing can be shown."""

from playwright.sync_api import expect

from tests.browser.conftest import Sitter
from tests.browser.test_modeler import barriers


def test_a_board_looks_at_what_is_published_step_by_step(sit: Sitter) -> None:
    marijke = sit("marijke", viewport={"width": 1280, "height": 900}).signs_in()
    page = marijke.goes_to("/studio/committee").page
    marijke.follows("Tekening")
    drawing = page.locator("[data-studio-modeler][data-state=ready]")
    expect(drawing).to_be_visible()
    page.get_by_text("Andere tekening", exact=True).click()
    page.get_by_role("navigation", name="Tekeningen van deze versie").get_by_role("link", name="Antwoord op het advies").click()
    expect(drawing).to_be_visible()
    about = page.locator("[data-part=properties]")
    page.get_by_role("link", name="Besluit over het advies", exact=True).click()
    for text in ("Bevoegd gezag", "4 weken", "Op welke dag kwam het advies binnen?", "WPO art. 14 lid 7", "Vertrouwenspersoon"):
        expect(about).to_contain_text(text)
    expect(page.locator("#stap-board_response")).to_contain_text("4 weken (Algemene termijnenwet)")
    assert barriers(page) == []
    about.get_by_role("link", name="Bekijk wat er gevraagd wordt").click()
    marijke.sees("Zoals in versie 1", "Wie het leest").follows("Terug naar de tekening")
    expect(about).to_contain_text("WPO art. 14 lid 7")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".vr-canvas")).to_be_hidden()
    marijke.sees("Besluit over het advies", "telt vanaf")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
