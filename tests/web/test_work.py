"""Working a real case in the pages: start, draft, complete, pick up, give back, open a file, correct a term, withdraw."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import expect

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.roles import Role
from app.services import case_page
from tests.conftest import PageOpener
from tests.services.committee import receive_advice, send_letter
from tests.web.conftest import Browsers
from tests.web.forms import DAY, INBOX, send, sign_in, token
from tests.web.serving import served

ANSWERS = {"veld-file_consent": "ja", "veld-consent_on": "07-09-2026", "veld-may_contact": "ja"}
STORY = "De klager vertelt een verhaal met <b>haken</b>."


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def start(client: FlaskClient, player: Player) -> str:
    """Start a case as an adviser; gives the address of its first task."""
    school = str(player.places.schools["De Linde"])
    return str(send(client, "/zaken/start", manier="committee.start_with_adviser", school=school).location)


def number_on(client: FlaskClient, task: str) -> str:
    found = re.search(r"/zaken/(\d{4}-\w{4})", client.get(task).text)
    assert found is not None
    return found[1]


def test_an_adviser_starts_a_case_and_completes_its_first_task(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    task = start(sanne, player)
    assert "Mag jij een dossier bijhouden?" in sanne.get(task).text
    done = send(sanne, task, **ANSWERS)
    assert done.location == "/inbox"
    inbox = sanne.get("/inbox").text
    assert "Klaar: Vraag toestemming voor een dossier" in inbox
    assert "Voor jou:" in inbox


def test_what_cannot_stand_is_said_and_what_was_typed_stays(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    task = start(sanne, player)
    refused = send(
        sanne, task, **{**ANSWERS, "veld-may_contact": "", "veld-consent_on": "32-13-2026", "veld-safe_contact": STORY}
    )
    assert refused.status_code == 422
    assert "De taak is nog niet afgerond" in refused.text
    assert 'value="32-13-2026"' in refused.text
    assert "De klager vertelt een verhaal met &lt;b&gt;haken&lt;/b&gt;." in refused.text


def test_a_choice_of_school_that_is_not_his_starts_nothing(browser_of: Browsers, player: Player) -> None:
    elsewhere = str(player.places.schools["De Wissel"])
    answer = send(browser_of("sanne"), "/zaken/start", manier="committee.start_with_adviser", school=elsewhere)
    assert answer.status_code == 422


def test_a_draft_comes_back_to_its_author(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    task = start(sanne, player)
    kept = sanne.post(
        f"{task}/concept",
        data={"csrf_token": token(sanne, task), "veld-file_consent": "ja", "veld-safe_contact": STORY},
        headers={"X-Requested-With": "autosave"},
    )
    assert kept.status_code == 204
    assert "De klager vertelt een verhaal" in sanne.get(task).text


def test_a_second_completion_tells_who_was_first_and_keeps_what_was_typed(browser_of: Browsers, player: Player) -> None:
    here, there = browser_of("sanne"), browser_of("sanne")
    task = start(here, player)
    late = {"csrf_token": token(there, task), **ANSWERS, "veld-safe_contact": STORY}
    send(here, task, **ANSWERS)
    told = there.post(task, data=late)
    assert told.status_code == 409
    assert "al afgerond door Sanne Bakker" in told.text
    assert "Dat was vandaag om 10.00 uur." in told.text
    assert "De klager vertelt een verhaal" in told.text


def test_a_task_of_the_group_is_picked_up_and_given_back(browser_of: Browsers, player: Player) -> None:
    receive_advice(player)
    marijke = browser_of("marijke")
    page = "/inbox?van=group"
    action = re.findall(r'action="(/taken/[^"]+/oppakken)\?van=group"', marijke.get(page).text)[-1]
    assert send(marijke, page, action).location == action.removesuffix("/oppakken")
    task = action.removesuffix("/oppakken")
    assert "Teruggeven aan het bevoegd gezag" in marijke.get(task).text
    assert "Marijke de Vries is met deze taak bezig." in browser_of("kemal").get(task).text
    assert send(marijke, task, f"{task}/teruggeven").location == "/inbox"
    assert "Deze taak is nog van niemand" in marijke.get(task).text


def test_a_task_is_passed_on_to_a_colleague(browser_of: Browsers, player: Player) -> None:
    number = receive_advice(player)
    task = f"/taken/{player.task(number, 'board_response')}"
    marijke, kemal = browser_of("marijke"), browser_of("kemal")
    send(marijke, task, f"{task}/oppakken")
    assert "Geef de taak aan een collega" in marijke.get(task).text
    colleague = str(player.places.people["kemal"])
    assert send(marijke, task, f"{task}/overgeven", collega=colleague).location == INBOX
    assert "Kemal Aydin heeft de taak nu" in marijke.get(INBOX).text
    assert "Kemal Aydin is met deze taak bezig." in marijke.get(task).text
    assert "Besluit over het advies" in kemal.get(INBOX).text
    assert send(kemal, task, f"{task}/overgeven", collega=str(player.places.people["wim"])).status_code == 403


def test_a_form_says_why_it_asks_no_text(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    task = start(sanne, player)
    assert "Je schrijft hier niets op over personen" not in sanne.get(task).text
    number = number_on(sanne, task)
    send(sanne, task, **{**ANSWERS, "veld-file_consent": "nee", "veld-consent_on": ""})
    following = f"/taken/{player.task(number, 'explain_committee')}"
    assert "want de klager wil geen dossier" in sanne.get(following).text


def test_a_contact_is_noted_at_the_start_of_the_day_and_deleted_again(browser_of: Browsers, player: Player) -> None:
    sanne, ruben = browser_of("sanne"), browser_of("ruben")
    school = str(player.places.schools["De Linde"])
    typed = {"kind": "signaal", "on": f"{player.clock.at:%d-%m-%Y}", "minutes": "25", "school": school}
    refused = send(sanne, DAY, "/contacten", **{**typed, "minutes": "veel"})
    assert (refused.status_code, 'value="veel"' in refused.text) == (422, True)
    assert send(sanne, DAY, "/contacten", **typed).location == DAY
    assert "Het contact is genoteerd." in sanne.get(DAY).text
    page = sanne.get("/contacten").text
    assert "1 contact, 25 minuten" in page
    assert "Geen contacten in deze maand" in ruben.get("/contacten").text
    [action] = re.findall(r'action="(/contacten/[^"]+/verwijderen)"', page)
    assert send(ruben, "/contacten", action).status_code == 404
    assert send(sanne, "/contacten", action).location == "/contacten"
    assert "Geen contacten in deze maand" in sanne.get("/contacten").text


def test_a_search_stands_in_the_address_and_finds_a_part_of_a_number(browser_of: Browsers, player: Player) -> None:
    number, other = send_letter(player), send_letter(player)
    sanne = browser_of("sanne")
    listed = sanne.get(f"/inbox?van=all&volgorde=newest&zaak={number[-4:].lower()}").text
    assert (number in listed, other in listed, 'value="newest" selected' in listed) == (True, False, True)
    nowhere = sanne.get("/inbox?zaak=QQQQ").text
    assert "Zoek in alle taken" in nowhere
    assert "zaak=QQQQ" in nowhere
    assert sanne.get("/inbox?volgorde=nonsense&wanneer=nooit&pagina=x&school=y").status_code == 200


def test_opening_a_file_takes_a_press_of_a_button_and_is_recorded(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    task = start(sanne, player)
    number = number_on(sanne, task)
    send(sanne, task, **ANSWERS, **{"veld-safe_contact": STORY})
    case = f"/zaken/{number}?deel=dossier"
    file = f"/zaken/{number}/dossier/vertrouwenspersoon"
    assert STORY.partition("<")[0] not in sanne.get(case).text
    assert sanne.get(file).location == case
    assert "De klager vertelt een verhaal met &lt;b&gt;haken&lt;/b&gt;." in send(sanne, case, file).text
    assert "Het dossier van de vertrouwenspersoon is gelezen." in sanne.get(f"/zaken/{number}?deel=geschiedenis").text


def test_a_withdrawal_is_confirmed_before_it_is_told(browser_of: Browsers, player: Player) -> None:
    number = send_letter(player)
    sanne = browser_of("sanne")
    procedure = case_page.show(player.app, player.actor("sanne"), number, None).procedure_id
    confirm = f"/zaken/{number}/{procedure}/bericht/ev_withdrawn"
    assert "Je kunt dit niet terugdraaien." in sanne.get(confirm).text
    opened = send(sanne, confirm).location
    assert "Noteer het intrekken" in sanne.get(opened).text
    assert sanne.get(f"/zaken/{number}/{procedure}/bericht/ev_nonsense").status_code == 404


def test_a_start_is_corrected_and_the_case_shows_both_dates(browser_of: Browsers, player: Player) -> None:
    number = receive_advice(player)
    marijke = browser_of("marijke")
    terms = marijke.get(f"/zaken/{number}?deel=termijnen").text
    page = next(iter(re.findall(r'href="(/termijnen/[^"]+)"', terms)))
    received = player.clock.at.date() - timedelta(days=2)
    typed = {"veld-advice_received_on": f"{received:%d-%m-%Y}", "veld-reason": "De brief kwam eerder binnen."}
    assert send(marijke, page, **{**typed, "veld-reason": ""}).status_code == 422
    assert send(marijke, page, **typed).location == f"/zaken/{number}?deel=termijnen"
    assert "begindatum verbeterd, laatste dag van" in marijke.get(f"/zaken/{number}?deel=termijnen").text


def test_a_lane_without_handlers_asks_who_will_do_it(browser_of: Browsers, player: Player) -> None:
    number = send_letter(player)
    sanne = browser_of("sanne")
    task = f"/taken/{player.task(number, 'committee_answer')}"
    if "Pak op" in sanne.get(task).text:
        send(sanne, task, f"{task}/oppakken")
    day = f"{player.clock.at:%d-%m-%Y}"
    answers = {"veld-answer_on": day, "veld-committee_route": "formeel", "veld-complainant_agrees": "ja"}
    refused = send(sanne, task, **answers)
    assert refused.status_code == 422
    assert "Kies wie dit gaat doen: het bevoegd gezag" in refused.text
    ticked = str(player.places.people["kemal"])
    assert send(sanne, task, **answers, **{f"behandelaar-{Role.BOARD}": ticked}).location == "/inbox"


def test_the_drawing_of_a_level_comes_as_bpmn(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    number = number_on(sanne, start(sanne, player))
    source = re.findall(r'data-diagram-src="([^"]+)"', sanne.get(f"/zaken/{number}").text)[0]
    drawing = sanne.get(source)
    assert drawing.mimetype == "application/xml"
    assert b"BPMNDiagram" in drawing.data


def test_pages_speak_the_language_of_the_profile(browser_of: Browsers) -> None:
    sanne = browser_of("sanne")
    send(sanne, "/profiel", "/profiel/taal", language="en")
    assert "All pages are in this language now." in sanne.get("/profiel").text
    assert '<html lang="en" ' in sanne.get("/inbox").text


def test_a_new_password_and_a_new_recovery_code_replace_the_old(browser_of: Browsers, site: Flask) -> None:
    sanne = browser_of("sanne")
    assert (
        send(sanne, "/profiel", "/profiel/wachtwoord", old="verkeerd woord hier", new="een nieuwe lange zin").status_code == 422
    )
    assert send(sanne, "/profiel", "/profiel/wachtwoord", old=PASSWORD, new="een nieuwe lange zin").location == "/profiel"
    assert "Je ziet hem maar één keer" in send(sanne, "/profiel", "/profiel/herstelcode", password="een nieuwe lange zin").text
    assert sign_in(site.test_client(), email_of("sanne"), "een nieuwe lange zin").location == DAY


def test_whoever_does_not_handle_a_case_does_not_learn_that_it_exists(browser_of: Browsers, player: Player) -> None:
    number = send_letter(player)
    procedure = case_page.show(player.app, player.actor("sanne"), number, None).procedure_id
    task = player.task(number, "committee_answer")
    pages = [f"/zaken/{number}", f"/taken/{task}", f"/zaken/{number}/{procedure}/committee.bpmn"]
    posts = [f"/taken/{task}/oppakken", f"/taken/{task}", f"/zaken/{number}/dossier/vertrouwenspersoon"]
    assert all(browser_of("sanne").get(page).status_code == 200 for page in pages[:2])
    for part in ("ruben", "otto", "bram", "marijke", "joost", "piet", "ada", "fleur"):
        client = browser_of(part)
        csrf = token(client, "/profiel")
        assert [client.get(page).status_code for page in pages] == [404, 404, 404], part
        assert [client.post(post, data={"csrf_token": csrf}).status_code for post in posts] == [404, 404, 404], part
        for listing in ("/inbox?van=all", "/zaken", f"/inbox?van=all&zaak={number}"):
            assert f"/zaken/{number}" not in client.get(listing).text, part
            assert str(task) not in client.get(listing).text, part


def test_what_is_typed_is_kept_on_a_fixed_beat(site: Flask, player: Player, new_page: PageOpener) -> None:
    with served(site) as base:
        page = new_page()
        page.clock.install()
        page.goto(f"{base}/inloggen")
        page.get_by_label("E-mailadres").fill(email_of("sanne"))
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("link", name="Start een zaak").click()
        page.get_by_role("radio").first.check()
        page.get_by_label("School").select_option(label="De Linde")
        page.get_by_role("button", name="Start").click()
        expect(page.get_by_role("heading", name="Het dossier")).to_be_hidden()
        page.get_by_role("group", name="Mag jij een dossier bijhouden?").get_by_label("Ja").check()
        page.get_by_label("Naam van de klager").fill("Iemand met een zeepaardje")
        page.clock.fast_forward(16_000)
        expect(page.get_by_text("Concept bewaard om")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Naam van de klager")).to_have_value("Iemand met een zeepaardje")
