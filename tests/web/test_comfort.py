"""The inbox's comfort in the pages, without a script: views, several tasks at once, putting off, going on to the next task."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from app.clock import local_day
from app.demo.play import Player
from app.services import tasks
from tests.services.committee import BOARD, LAST_DAY, receive_advice
from tests.web.conftest import Browsers
from tests.web.forms import DAY, INBOX, send, token

TITLE = "Besluit over het advies"
CONSENT = {"veld-file_consent": "ja", "veld-consent_on": "07-09-2026", "veld-may_contact": "ja"}


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def ids(player: Player) -> list[UUID]:
    """Two tasks of the board's group, with a term of law until LAST_DAY; Marijke and Kemal handle them."""
    return [player.task(receive_advice(player, tick=BOARD), "board_response") for _ in range(2)]


def together(client: FlaskClient, action: str, ids: list[UUID], where: str = "?van=group", **typed: str) -> tuple[int, str]:
    """Tick these tasks and press a button; gives the status and the page."""
    sent = {"csrf_token": token(client, f"/inbox{where}"), "doe": action, "taak": [str(one) for one in ids], **typed}
    answer = client.post(f"/taken/samen{where}", data=sent)
    return answer.status_code, answer.text


def starts(player: Player, number: int) -> list[str]:
    """So many new cases of Sanne's, a minute after each other; gives the addresses of their first tasks, the newest first."""
    found: list[str] = []
    for _ in range(number):
        case = player.start("sanne", "committee", "start_with_adviser", "De Linde")
        found.insert(0, f"/taken/{player.task(case, 'file_consent')}")
        player.clock.at += timedelta(minutes=1)
    return found


def test_several_are_picked_up_and_each_is_told(browser_of: Browsers, player: Player, ids: list[UUID]) -> None:
    marijke = browser_of("marijke")
    tasks.claim(player.app, player.actor("kemal"), ids[0])
    status, page = together(marijke, "claim", ids)
    assert (status, "Bij 1 taak is het gelukt." in page, "Bij 1 taak niet: daar is niets veranderd." in page) == (200, True, True)
    assert "Kemal Aydin heeft deze taak al opgepakt." in page
    assert f"/taken/{ids[1]}" in marijke.get("/inbox?van=mine").text
    assert 'href="/inbox?van=group"' in page


def test_nothing_ticked_or_no_such_button_is_said_over_the_list(browser_of: Browsers, ids: list[UUID]) -> None:
    marijke = browser_of("marijke")
    status, page = together(marijke, "claim", [])
    assert (status, "Vink eerst een of meer taken aan." in page) == (422, True)
    status, page = together(marijke, "burn", ids[:1])
    assert (status, "Kies wat je met de taken wilt doen." in page) == (422, True)
    assert re.findall(r'value="([^"]+)" aria-label="[^"]+" checked', page) == [str(ids[0])]
    assert page.count(' name="taak"') == 2


def test_several_are_handed_over_after_a_colleague_was_chosen(browser_of: Browsers, player: Player, ids: list[UUID]) -> None:
    marijke, kemal = browser_of("marijke"), str(player.places.people["kemal"])
    together(marijke, "claim", ids)
    status, page = together(marijke, "pass_on", ids, "?van=mine")
    assert (status, "Wie gaat verder?" in page, kemal in page, page.count(' name="taak"')) == (200, True, True, 2)
    status, page = together(marijke, "pass_on", ids, "?van=mine", zeker="ja")
    assert (status, "Kies een collega." in page) == (422, True)
    status, page = together(marijke, "pass_on", ids, "?van=mine", zeker="ja", collega=kemal)
    assert (status, "Bij 2 taken is het gelukt." in page) == (200, True)
    shown = browser_of("kemal").get("/inbox?van=mine").text
    assert all(str(one) in shown for one in ids)


def test_a_task_is_put_off_with_a_reason_and_taken_back(browser_of: Browsers, player: Player, ids: list[UUID]) -> None:
    marijke, day = browser_of("marijke"), local_day(player.clock.at) + timedelta(days=3)
    _, asks = together(marijke, "put_off", ids)
    assert "Uiterlijk 28-12-2026: dan eindigt een wettelijke termijn." in asks
    typed = {"zeker": "ja", "tot": f"{day:%d-%m-%Y}", "reden": "Wacht op <Fatima>"}
    status, page = together(marijke, "put_off", ids, **typed)
    assert (status, "Bij 2 taken is het gelukt." in page) == (200, True)
    assert TITLE not in marijke.get("/inbox?van=group").text
    shown = marijke.get("/inbox?van=put_off").text
    assert (shown.count("Wacht op &lt;Fatima&gt;"), "Uitgesteld" in shown) == (2, True)
    assert "Fatima" not in browser_of("kemal").get("/inbox?van=all").text
    back = f"/taken/{ids[0]}/terughalen?van=put_off"
    assert send(marijke, "/inbox?van=put_off", back).location == "/inbox?van=put_off"
    assert str(ids[0]) in marijke.get("/inbox?van=group").text


def test_what_cannot_wait_so_long_is_said_at_the_field(browser_of: Browsers, ids: list[UUID]) -> None:
    marijke, late = browser_of("marijke"), f"{LAST_DAY + timedelta(days=1):%d-%m-%Y}"
    status, page = together(marijke, "put_off", ids[:1], zeker="ja", tot=late, reden="Later")
    assert (status, page.count("De wettelijke termijn eindigt op 28-12-2026"), 'value="Later"' in page) == (422, 2, True)
    status, page = together(marijke, "put_off", ids, zeker="ja", tot="morgen", reden="Later")
    assert (status, f'value="{ids[1]}"' in page, 'value="morgen"' in page) == (422, True, True)
    status, page = together(marijke, "put_off", ids, zeker="ja", tot=late)
    assert (status, "Bij 2 taken niet: daar is niets veranderd." in page) == (200, True)


def test_completing_leads_through_the_list_and_back_to_it_at_its_end(browser_of: Browsers, player: Player) -> None:
    sanne, list_of_mine = browser_of("sanne"), "?van=mine&volgorde=newest"
    first, second = starts(player, 2)
    assert f"{first}?van=mine&amp;volgorde=newest" in sanne.get(f"/inbox{list_of_mine}").text
    answer = send(sanne, f"{first}{list_of_mine}", **CONSENT)
    assert answer.location == f"{second}{list_of_mine}"
    assert "Klaar: Vraag toestemming voor een dossier" in sanne.get(answer.location).text
    assert send(sanne, f"{second}{list_of_mine}", **CONSENT).location == f"/inbox{list_of_mine}"


def test_completing_a_task_that_came_from_no_list_leads_to_the_inbox(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    first, _ = starts(player, 2)
    assert send(sanne, first, **CONSENT).location == INBOX


def test_the_list_of_the_day_ends_with_what_is_due_tonight(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    first, _ = starts(player, 2)
    assert "Terug naar vandaag" in sanne.get(f"{first}?lijst=vandaag").text
    assert send(sanne, f"{first}?lijst=vandaag", **CONSENT).location == DAY


@pytest.mark.parametrize(("choice", "leads_to"), [("case", "/zaken/"), ("inbox", "/inbox?van=mine"), ("next", "/taken/")])
def test_where_a_completed_task_leads_is_a_choice(browser_of: Browsers, player: Player, choice: str, leads_to: str) -> None:
    sanne = browser_of("sanne")
    assert send(sanne, "/profiel", "/profiel/werkwijze", start="inbox", daarna=choice).location == "/profiel"
    _, first = starts(player, 2)
    assert send(sanne, f"{first}?van=mine", **CONSENT).location.startswith(leads_to)


def test_a_task_is_new_until_it_is_opened(browser_of: Browsers, player: Player) -> None:
    sanne = browser_of("sanne")
    [task] = starts(player, 1)
    assert "Nieuw</span>" in sanne.get(INBOX).text
    sanne.get(task)
    assert "Nieuw</span>" not in sanne.get(INBOX).text


def test_a_view_is_saved_stands_over_the_inbox_and_may_be_the_start(browser_of: Browsers, player: Player) -> None:
    sanne, asked = browser_of("sanne"), "?van=group&wanneer=late"
    assert f'href="/weergaven{asked.replace("&", "&amp;")}"' in sanne.get(f"/inbox{asked}").text
    assert "Van mijn groep, te laat." in sanne.get(f"/weergaven{asked}").text
    refused = send(sanne, f"/weergaven{asked}", naam=" ")
    assert (refused.status_code, "Geef de weergave een naam" in refused.text) == (422, True)
    assert send(sanne, f"/weergaven{asked}", naam="De <stapel>").location == f"/inbox{asked}"
    assert 'aria-current="true">De &lt;stapel&gt;</a>' in sanne.get(f"/inbox{asked}").text
    [view] = set(re.findall(r'value="view:([0-9a-f-]{36})"', sanne.get("/profiel").text))
    send(sanne, "/profiel", "/profiel/werkwijze", start=f"view:{view}", daarna="next")
    assert sanne.get("/").location == f"/inbox{asked}"
    assert send(sanne, "/weergaven", f"/weergaven/{view}/verwijderen").location == "/weergaven"
    assert sanne.get("/").location == DAY


def test_a_view_of_a_team_is_named_after_what_it_shows(browser_of: Browsers) -> None:
    marijke, asked = browser_of("marijke"), "?van=group&procedure=committee"
    [key] = re.findall(r'name="voor" id="voor-1" value="([^"]+)"', marijke.get(f"/weergaven{asked}").text)
    assert send(marijke, f"/weergaven{asked}", voor=key, woord="meeting", naam="Fatima").location == f"/inbox{asked}"
    shown = browser_of("kemal").get(INBOX).text
    assert "Voor het overleg: van mijn groep, Klachtencommissie</a>" in shown
    assert "Fatima" not in shown
    refused = send(marijke, f"/weergaven{asked}&zaak=7KQ4", voor=key, woord="plain")
    assert (refused.status_code, "niet op een zaaknummer zoeken" in refused.text) == (422, True)
    wrong = send(marijke, "/profiel", "/profiel/werkwijze", start=f"view:{key}", daarna="next")
    assert wrong.status_code == 404
