"""The form editor: a question is added, made confidential and saved; the preview shows it; nothing of a form is lost in it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.domain.form_file import read_form
from app.services.studio import drafts
from tests.browser.conftest import Sitter
from tests.browser.site import Site
from tests.conftest import PageOpener

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
KEY, FORM = "committee", "board_response"
FILE = f"forms/{FORM}.form"
ASKED = "Hoe gaat het nu met de leerling?"
#: Bundles what it is given as the editor itself is bundled.
_BUNDLE = """
import { build } from "esbuild";
import { onePreact } from "./tools/one_preact.mjs";
const [entry, target] = process.argv.slice(1);
await build({ entryPoints: [entry], outfile: target, bundle: true, format: "iife", plugins: [onePreact], logLevel: "error" });
"""

Opened = Callable[[], Page]


@pytest.fixture
def opened(site: Site, sit: Sitter) -> Opened:
    """The editor of one form, in the browser of the process owner."""
    player = site.player
    drafts.begin(player.app, player.actor("piet"), KEY)

    def open_it() -> Page:
        page = sit("piet").signs_in().goes_to(f"/studio/{KEY}/formulier/{FORM}").page
        expect(page.locator("[data-form-editor][data-state=ready]")).to_be_visible()
        return page

    return open_it


def saved(site: Site) -> dict[str, Any]:
    """The form as it is kept now."""
    content: dict[str, Any] = json.loads(drafts.read(site.player.app, site.player.actor("piet"), KEY).files[FILE])
    return content


def preview(page: Page) -> Locator:
    """The part of the page that shows the form as users will meet it."""
    return page.get_by_role("region", name="Zo zien gebruikers het")


def told_saved(page: Page) -> None:
    """Wait until the page says that all was saved."""
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^Bewaard om \d\d?\.\d\d\.$"))).to_be_visible()


def without_barriers(page: Page) -> None:
    """No violation of axe in light or dark, nothing wider than a phone, and the mark of bpmn.io in view."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.get_by_title("Powered by bpmn.io")).to_be_visible()


def test_a_question_is_added_made_confidential_and_shown_as_users_will_see_it(site: Site, opened: Opened) -> None:
    page = opened()
    page.get_by_role("button", name="Keuze", exact=True).press("Enter")
    expect(page.get_by_label("Opschrift")).to_be_focused()
    page.get_by_label("Opschrift").fill(ASKED)
    expect(page.get_by_text("Dit lezen: het bevoegd gezag.").last).to_be_visible()
    page.get_by_label("Wie ziet het").select_option(label="Alleen in cijfers")
    panel = page.get_by_role("region", name="Instellingen van de vraag")
    expect(panel.get_by_text("Niemand ziet dit bij een zaak")).to_be_visible()
    page.get_by_label("Vertrouwelijk", exact=True).check()
    assert page.get_by_label("In welk dossier").locator("option").all_inner_texts() == [
        "Zoals de rol van deze taak: Dossier van het bevoegd gezag",
        "Dossier van het bevoegd gezag",
        "Dossier van de meldcode",
    ]
    page.get_by_label("In welk dossier").select_option(label="Dossier van de meldcode")
    expect(panel.get_by_text("Dit lezen: de aandachtsfunctionaris.")).to_be_visible()
    expect(preview(page).get_by_label(ASKED)).to_be_visible()
    expect(preview(page).get_by_text("Alleen de aandachtsfunctionaris kan dit lezen.")).to_be_visible()
    told_saved(page)
    added = saved(site)["components"][-1]
    assert (added["type"], added["label"]) == ("textarea", ASKED)
    assert added["properties"] == {"store": "sealed", "file": "meldcode_file"}


def test_what_is_wrong_stands_at_the_question_and_is_undone(opened: Opened) -> None:
    page = opened()
    card = page.locator("[data-id=field_takes_measures].fjs-element")
    card.press("Enter")
    page.get_by_label("Opschrift").fill("")
    expect(card.get_by_text("Hier ontbreekt een opschrift.")).to_be_visible()
    findings = page.get_by_role("region", name="Bevindingen")
    expect(findings.get_by_role("listitem").first).to_be_visible()
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(findings.get_by_text("Geen bevindingen. Dit formulier kan zo.")).to_be_visible()
    expect(card.get_by_text("Neem je maatregelen?")).to_be_visible()
    without_barriers(page)


def test_whoever_saved_first_is_named_and_nothing_is_lost(site: Site, opened: Opened) -> None:
    page = opened()
    first, second = (
        page.locator(".fjs-element", has_text=words).last for words in ("Neem je maatregelen?", "Wat is het besluit")
    )
    before = drafts.read(site.player.app, site.player.actor("piet"), KEY).files[FILE]
    other = before.replace(b"Neem je maatregelen?", b"Komen er maatregelen?")
    drafts.save(site.player.app, site.player.actor("piet"), KEY, FILE, other, number=0)
    second.press("Enter")
    page.get_by_label("Uitleg eronder").fill("In gewone woorden.")
    told = page.get_by_role("region", name="Iemand was je voor")
    expect(told.get_by_text("Piet Vos bewaarde dit formulier om 10.00")).to_be_visible()
    expect(told.get_by_text("Anders dan bij jou: Komen er maatregelen?; Wat is het besluit en waarom?.")).to_be_visible()
    told.get_by_role("button", name="Bewaar mijn versie erover").click()
    told_saved(page)
    expect(first).to_be_visible()
    assert "In gewone woorden." in json.dumps(saved(site))
    assert drafts.saved(site.player.app, site.player.actor("piet"), KEY, FILE, 1) == other


def test_nothing_of_any_form_is_lost_in_the_editor(new_page: PageOpener, tmp_path: Path) -> None:
    target = tmp_path / "round_trip.js"
    script = ROOT / "tests/browser/scripts/round_trip.js"
    node = ["tools/node.sh", "node", "--input-type=module", "-e", _BUNDLE, str(script), str(target)]
    subprocess.run(node, check=True, cwd=ROOT)  # noqa: S603 - our own program
    page = new_page()
    page.set_content("<!doctype html><html lang=nl><title>Formulieren</title><body></body></html>")
    page.add_script_tag(path=target)
    forms = sorted((ROOT / "forms").glob("*/*.form"))
    assert len(forms) > 100
    for path in forms:
        source = path.read_text(encoding="utf-8")
        back = json.loads(page.evaluate("roundTrip", source))
        before = json.loads(source)
        assert read_form(back, path.name) == read_form(before, path.name), path
        assert {**back, "schemaVersion": 0} == {**before, "schemaVersion": 0}, path
