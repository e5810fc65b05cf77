"""A process owner draws in the browser: fields of our dialect, findings at the element, saves that lose nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.services.studio import desks, drafts
from tests.browser.conftest import Sitter
from tests.browser.people import Person
from tests.browser.site import Site
from tests.browser.test_diagram import AXE
from tools.drawing.checks import findings

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
    # A browser complains of a refusal and of a lost connection too; both are told in words.
    told = re.compile("status of 409|ERR_FAILED")
    person.page.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" and not told.search(said.text) else None
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
    for unusable in ("", "-3", "6.5", "1000"):
        weeks.fill(unusable)
        weeks.press("Tab")
        expect(page.get_by_role("alert")).to_have_text("Vul een heel getal in van 1 tot en met 999, of kies 'Geen termijn'.")
        expect(weeks).to_have_value(unusable)
    expect(page.get_by_label("Wettelijke termijn")).to_be_checked()
    page.get_by_role("button", name="Geen termijn").press("Enter")
    expect(page.get_by_label("Wettelijke termijn")).not_to_be_checked()
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(weeks).to_have_value("4")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_label("Wettelijke termijn")).to_be_checked()
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
    wanted = page.locator("[data-part=findings]").get_by_role("button", name=re.compile(r"^task_\w+: Deze taak legt niets uit"))
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
    said = "Termijn. Wat bewaard is: 5 weken. Wat jij hebt: 6 weken."
    expect(dialog.get_by_text(said)).to_be_visible()
    newer = theirs.replace('value="P5W"', 'value="P7W"')
    drafts.save(app, site.player.actor("piet"), KEY, FILE, newer.encode(), number=1)
    dialog.get_by_role("button", name="Ga verder met wat bewaard is").click()
    # What was saved meanwhile is laid beside it anew.
    expect(dialog.get_by_text(said.replace("5", "7"))).to_be_visible()
    dialog.get_by_role("button", name="Ga verder met wat ik heb").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert 'value="P6W"' in kept(site)
    lines = drafts.saves(app, site.player.actor("piet"), KEY, FILE)
    assert [line.number for line in lines] == [3, 2, 1, 0]

    page.get_by_text("Meer", exact=True).click()
    page.get_by_role("button", name="Eerdere keren bewaard").click()
    page.get_by_role("button", name=re.compile("^Bekijk: Zoals het concept begon")).click()
    page.get_by_role("button", name="Zet deze terug").click()
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert 'value="P4W"' in kept(site)


FOREIGN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:b="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:c="http://www.omg.org/spec/DD/20100524/DC" xmlns:acme="urn:acme" targetNamespace="urn:acme">
 <process id="committee_response" name="Van elders" isExecutable="true">
 <scriptTask id="run_code" name="Reken iets uit" acme:colour="red"><script>1 + 1</script></scriptTask></process>
 <b:BPMNDiagram id="d"><b:BPMNPlane id="p" bpmnElement="committee_response"><b:BPMNShape id="s" bpmnElement="run_code">
 <c:Bounds x="0" y="0" width="100" height="80"/></b:BPMNShape></b:BPMNPlane></b:BPMNDiagram></definitions>"""


def test_a_file_of_elsewhere_comes_in_whole_with_what_is_wrong_in_it(piet: Person, site: Site, tmp_path: Path) -> None:
    page, before = piet.page, kept(site)
    chosen = page.get_by_label("Bestand met een diagram")
    for name, text, told in (
        ("kapot.bpmn", "<definitions>", "geen goede XML"),
        ("bom.bpmn", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "Haal de DOCTYPE weg"),
    ):
        (tmp_path / name).write_text(text)
        chosen.set_input_files(tmp_path / name)
        refused = page.get_by_role("dialog", name="Dit bestand kan niet")
        expect(refused).to_contain_text(told)
        refused.get_by_role("button", name="Sluit").click()
    assert kept(site) == before

    (tmp_path / "elders.bpmn").write_text(FOREIGN)
    chosen.set_input_files(tmp_path / "elders.bpmn")
    page.get_by_role("button", name="Vervang de tekening").click()
    expect(page.get_by_role("button", name=re.compile("Een scripttaak mag niet"))).to_be_visible()
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert 'acme:colour="red"' in kept(site)
    assert "<script>1 + 1</script>" in kept(site)


def test_the_drawing_speaks_dutch_and_has_no_barriers_for_owners_boards_and_phones(piet: Person, sit: Sitter) -> None:
    page = piet.page
    for part in ("Nog één week Op de rand", "Meld dat het te laat is Stap die vanzelf gaat", "ja Pijl"):
        page.get_by_role("button", name=part).first.press("Enter")
        expect(page.locator(".bio-properties-panel-header")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Besluit over het advies Taak voor iemand").press("Enter")
    page.locator(".djs-context-pad").get_by_title("Verander wat dit is").click()
    menu = page.locator(".djs-popup")
    expect(menu.get_by_text("Stap die vanzelf gaat")).to_be_visible()
    assert menu.locator(".entry").count() == 2
    page.keyboard.press("Escape")
    page.get_by_text("Meer", exact=True).click()
    page.get_by_role("button", name="Toetsen").click()
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_visible()
    expect(page.locator("[data-studio-modeler]")).to_have_attribute("data-unknown", "")
    expect(page.get_by_title("Powered by bpmn.io").first).to_be_visible()
    page.keyboard.press("Escape")

    marijke = opens(sit("marijke").signs_in())
    expect(marijke.page.locator("[data-part=properties]")).to_contain_text("Wettelijke termijn")
    expect(marijke.page.locator(".djs-palette")).to_have_count(0)
    expect(marijke.page.get_by_role("button", name="Bewaar nu")).to_have_count(0)
    assert barriers(marijke.page) == []

    piet.page.set_viewport_size({"width": 390, "height": 844})
    piet.sees("Tekenen lukt alleen op een groter scherm", "Geen bevindingen", "Besluit over het advies")
    expect(piet.page.locator(".vr-canvas")).to_be_hidden()
    assert piet.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Nothing scrolls inside the list of findings, and nothing of it lies outside its box.
    assert piet.page.evaluate(
        "(box => box.scrollHeight <= box.clientHeight)(document.querySelector('.vr-beside > .vr-side:last-child'))"
    )


def test_a_condition_is_read_and_added_to_in_words(piet: Person) -> None:
    page = piet.page
    page.get_by_role("button", name="ja Pijl").first.press("Enter")
    expect(page.locator(".vr-chosen")).to_have_text(re.compile("^.+ is Ja×$"))
    given = page.get_by_label("Gegeven", exact=True)
    expect(given.locator("optgroup[label='Noteer het advies'] option[value=advice_received_on]")).to_have_count(1)
    expect(given.locator("option[value=mediation_planned_on]")).to_have_count(0)
    given.select_option(value="takes_measures")
    page.get_by_label("Antwoord", exact=True).select_option(label="niets ingevuld")
    page.locator(".vr-compare").get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_label("Als formule")).to_have_value(re.compile(r" and takes_measures == null$"))
    page.get_by_role("button", name=re.compile("^Haal weg: .*: niet ingevuld$")).click()
    expect(page.get_by_label("Als formule")).to_have_value("takes_measures == 'ja'")
    assert barriers(page) == []


def test_without_a_connection_what_was_drawn_waits_and_is_offered_back(piet: Person, site: Site) -> None:
    page = piet.page
    page.route("**/bestanden/**", lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    page.get_by_label("Termijn: aantal").fill("6")
    page.get_by_label("Termijn: aantal").press("Tab")
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Nog niet bewaard. Er is geen verbinding.")
    [place, left] = page.evaluate("Object.entries(sessionStorage)[0]")
    assert "P6W" in left
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks whether to leave
    # Leaving saves what it can; so what is left is what a tab that was cut off would have.
    page.reload()
    page.evaluate("([place, left]) => sessionStorage.setItem(place, left)", [place, left.replace("P6W", "P8W")])
    page.reload()
    page.get_by_role("dialog", name="Er is iets dat nog niet bewaard was").get_by_role("button", name="Ga ermee verder").click()
    page.unroute("**/bestanden/**")
    page.get_by_role("button", name="Bewaar nu").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert 'value="P8W"' in kept(site)


def test_a_step_that_changes_hands_goes_to_its_lane_and_no_arrow_runs_through_another(
    piet: Person, site: Site, tmp_path: Path
) -> None:
    page, drawing = opens(piet, f"/studio/{KEY}/tekening?bestand={KEY}.bpmn&element=committee_case").page, tmp_path / "drawn.bpmn"
    role = page.get_by_label("Rol", exact=True)
    role.select_option(label="Bevoegd gezag")
    expect(role.locator("option:checked")).to_have_text("Bevoegd gezag")
    drawing.write_text(saved(piet, site, f"{KEY}.bpmn"), encoding="utf-8")
    assert re.search(r"<bpmn:lane [^>]*board.*?<bpmn:flowNodeRef>committee_case<.*?</bpmn:lane>", drawing.read_text(), re.DOTALL)
    assert [one for one in findings(drawing) if re.search("through|overlaps|out of", one)] == []

    page.get_by_role("button", name="Ongedaan maken").click()
    expect(role.locator("option:checked")).to_have_text("Vertrouwenspersoon")
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_disabled()


def test_the_timers_of_a_statutory_term_are_drawn_in_one_step_and_their_words_follow_the_term(piet: Person, site: Site) -> None:
    page = opens(piet, f"/studio/{KEY}/tekening?bestand={KEY}/formal.bpmn&element=submit_defence").page
    before, told = len(drawn_parts(page)), page.locator("[data-part=findings] li", has_text="heeft geen getekende")
    for name, value in (("Termijn: aantal", "4"), ("Waarschuw zo lang vooraf: aantal", "5")):
        page.get_by_label(name).fill(value)
        page.get_by_label(name).press("Tab")
    page.get_by_label("Termijn: eenheid").select_option(label="weken")
    page.get_by_label("Hoe wordt geteld").select_option(label="Volgens de Algemene termijnenwet")
    page.get_by_label("Wettelijke termijn").check()
    expect(told).to_have_count(2)
    page.get_by_role("button", name="Teken de timers van deze termijn", exact=True).press("Enter")
    expect(told).to_have_count(0)
    expect(page.locator("[data-part=properties]")).to_be_focused()
    assert len(drawn_parts(page)) == before + 10
    page.get_by_role("button", name="Ongedaan maken").click()
    assert len(drawn_parts(page)) == before
    page.get_by_role("button", name="Opnieuw").click()

    page.get_by_role("button", name="Nog vijf dagen Op de rand").click()
    page.get_by_label("Opschrift", exact=True).fill("Bijna te laat")
    page.get_by_role("button", name="Stuur het verweer Taak voor iemand").click()
    page.get_by_label("Termijn: aantal").fill("6")
    page.get_by_label("Waarschuw zo lang vooraf: aantal").fill("7")
    page.get_by_label("Waarschuw zo lang vooraf: aantal").press("Tab")
    expect(page.get_by_role("button", name="Zes weken voorbij Op de rand")).to_be_visible()
    expect(page.get_by_role("button", name="Bijna te laat Op de rand")).to_be_visible()
    # What names the task in this drawing follows its id.
    page.get_by_label("Korte naam").fill("send_defence")
    page.get_by_label("Korte naam").press("Tab")
    expect(page.get_by_label("Korte naam")).to_have_value("send_defence")
    text = saved(piet, site, f"{KEY}/formal.bpmn")
    assert all(f"${{{which}.send_defence}}" in text for which in ("warn", "deadline"))
    assert text.count('name="about" value="send_defence"') == 2
    assert 'name="about" value="submit_defence"' not in text


DROP = """([text, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const place = document.querySelector(".vr-canvas") ?? document.querySelector("main");
  for (const kind of ["dragenter", "dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


def test_a_file_that_is_dropped_is_explained_and_what_is_broken_is_not_stored(piet: Person, site: Site) -> None:
    page, before = piet.page, kept(site)
    page.evaluate(DROP, ["<definitions>", "kapot.bpmn"])
    refused = page.get_by_role("dialog", name="Dit bestand kan niet")
    expect(refused).to_contain_text("geen goede XML")
    refused.get_by_role("button", name="Sluit").click()
    page.evaluate(DROP, [FOREIGN, "elders.bpmn"])
    asked = page.get_by_role("dialog", name="Deze tekening vervangen?")
    expect(asked).to_contain_text("elders.bpmn")
    asked.get_by_role("button", name="Toch niet").click()
    app, actor = site.player.app, site.player.actor("piet")
    assert (kept(site), [line.number for line in drafts.saves(app, actor, KEY, FILE)]) == (before, [0])

    for text, told in (("<definitions>", "Dit bestand kunnen we niet gebruiken"), (FOREIGN, "Een scripttaak mag niet")):
        piet.goes_to("/studio/importeren")
        with page.expect_navigation():
            page.evaluate(DROP, [text, "elders.bpmn"])
        piet.sees("Dit gebeurt er met elders.bpmn", told)
    assert [line.key for line in desks.procedures(app, actor) if line.draft] == [KEY]


def drawn_parts(page: Page) -> list[str]:
    """The words of all parts, from left to right."""
    page.wait_for_timeout(400)  # the list follows a moment after the drawing
    return page.locator("[data-part=parts] li").all_inner_texts()


def saved(person: Person, site: Site, file: str) -> str:
    """What is kept of a drawing after it was saved by hand."""
    person.page.get_by_role("button", name="Bewaar nu").click()
    expect(state(person.page)).to_contain_text("Bewaard om")
    return drafts.read(site.player.app, site.player.actor("piet"), KEY).files[file].decode()


def barriers(page: Page) -> list[str]:
    """What axe finds on the page as it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(found => found.violations.map(one => one.id + one.nodes[0].html.slice(0, 200)))"
    )
    return found
