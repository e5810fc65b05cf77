"""The bell: how many notices are new, the list of them, and what may be seen of it by whom."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.storage.tables import CaseHandler, Outbox
from tests.services.committee import BOARD, case_of, receive_advice
from tests.web.forms import send, sign_in, token

NEW = re.compile(r'class="bell".*?<span class="count">(\d+)<', re.DOTALL)
LINK = re.compile(r'href="(/berichten/[0-9a-f-]{36})"')


@pytest.fixture
def backend() -> str:
    """What the databases answer is tested with the service."""
    return "sqlite"


@pytest.fixture
def number(player: Player) -> str:
    """A case that waits for the board's answer; Marijke and Kemal handle it, and were told of that alone."""
    found = receive_advice(player, tick=BOARD)
    task_id = player.task(found, "board_response")
    with player.app.database.write() as tx:
        case_id = case_of(tx, found).id
        tx.execute(delete(Outbox))
        for part in ("marijke", "kemal"):
            row = Outbox(dedupe=part, user_id=player.places.people[part], case_id=case_id, task_id=task_id, notice="task_opened")
            row.neutral_title, row.state, row.attempts = "Een stap in een zaak wacht op je", "waiting", 0
            row.queued_at = row.next_try_at = player.clock.at
            tx.add(row)
    return found


def browser(site: Flask, part: str) -> FlaskClient:
    client = site.test_client()
    sign_in(client, email_of(part), PASSWORD)
    return client


def new(client: FlaskClient, path: str = "/profiel") -> int:
    """The number of new notices that the header of a page tells."""
    found = NEW.search(client.get(path).text)
    return int(found[1]) if found else 0


def test_the_header_of_every_page_tells_how_many_are_new(site: Flask, number: str) -> None:
    marijke = browser(site, "marijke")
    for path in ("/inbox", "/zaken", "/profiel", "/berichten", f"/zaken/{number}"):
        assert new(marijke, path) == 1, path
    assert new(browser(site, "wim")) == 0


def test_the_day_of_an_adviser_tells_it_too(site: Flask, player: Player) -> None:
    receive_advice(player, tick=BOARD)
    sanne = browser(site, "sanne")
    assert new(sanne, "/vandaag") == new(sanne, "/profiel") == len(LINK.findall(sanne.get("/berichten").text)) > 0


def test_the_list_leads_to_the_task_and_a_notice_is_new_until_it_is_opened(site: Flask, player: Player, number: str) -> None:
    marijke = browser(site, "marijke")
    page = marijke.get("/berichten").text
    assert "Er is een taak voor je" in page
    assert number in page
    [link] = LINK.findall(page)
    assert marijke.get(link).location == f"/taken/{player.task(number, 'board_response')}"
    assert new(marijke) == 0
    assert 'class="unseen"' not in marijke.get("/berichten").text
    assert new(browser(site, "kemal")) == 1


def test_all_are_seen_at_once_and_nobody_elses(site: Flask, number: str) -> None:
    marijke = browser(site, "marijke")
    answer = send(marijke, "/berichten", "/berichten/gelezen")
    assert answer.location == "/berichten"
    assert "Alle berichten zijn gelezen." in marijke.get("/berichten").text
    assert new(marijke) == 0
    assert new(browser(site, "kemal")) == 1


def test_who_was_told_nothing_reads_so(site: Flask, number: str) -> None:
    assert "Geen berichten" in browser(site, "wim").get("/berichten").text


def test_a_notice_of_somebody_else_does_not_exist(site: Flask, number: str) -> None:
    [link] = LINK.findall(browser(site, "marijke").get("/berichten").text)
    for part in ("kemal", "wim", "nina", "ada"):
        assert browser(site, part).get(link).status_code == 404


def test_what_somebody_handles_no_longer_is_gone_from_list_count_and_address(site: Flask, player: Player, number: str) -> None:
    marijke = browser(site, "marijke")
    [link] = LINK.findall(marijke.get("/berichten").text)
    with player.app.database.write() as tx:
        mine = CaseHandler.user_id == player.places.people["marijke"]
        tx.execute(update(CaseHandler).where(mine).values(until=player.clock.at))
    page = marijke.get("/berichten").text
    assert "Geen berichten" in page
    assert number not in page
    assert new(marijke) == 0
    assert marijke.get(link).status_code == 404


@pytest.mark.parametrize("state", ["given_up", "waiting", "digest", "sent", "bell"])
def test_a_notice_says_that_its_mail_did_not_arrive(site: Flask, player: Player, number: str, state: str) -> None:
    now, app = player.clock.at, player.app
    with app.database.write() as tx:
        row = tx.scalars(select(Outbox).where(Outbox.user_id == player.places.people["marijke"])).one()
        if state == "digest":
            digest = Outbox(dedupe="digest:x", user_id=row.user_id, notice="digest", neutral_title="", state="given_up")
            digest.attempts, digest.queued_at, digest.next_try_at = 1, now, now
            tx.add(digest)
            tx.flush()
            row.digest_id = digest.id
        row.state, row.sent_at = state, now if state == "sent" else None
        row.last_error = "ConnectionRefusedError" if state == "waiting" else None
    page = browser(site, "marijke").get("/berichten").text
    assert ("Niet per mail verstuurd" in page) == (state in ("given_up", "waiting", "digest"))
    assert len(LINK.findall(page)) == 1


def test_the_list_goes_on_behind_fifty(site: Flask, player: Player, number: str) -> None:
    people, app = player.places.people, player.app
    with app.database.write() as tx:
        first = tx.scalars(select(Outbox).where(Outbox.user_id == people["marijke"])).one()
        for n in range(120):
            more = Outbox(dedupe=f"x:{n}", user_id=first.user_id, case_id=first.case_id, notice="procedure_changed")
            more.neutral_title, more.state, more.attempts = "Er is iets", "bell", 0
            more.queued_at = more.next_try_at = player.clock.at
            tx.add(more)
    marijke = browser(site, "marijke")
    assert [len(LINK.findall(marijke.get(f"/berichten?pagina={page}").text)) for page in (1, 2, 3, 4)] == [50, 50, 21, 0]
    assert "99+" in marijke.get("/profiel").text


def test_the_bell_costs_no_page_a_statement_and_its_own_page_three(site: Flask, player: Player, number: str) -> None:
    marijke = browser(site, "marijke")
    with player.app.database.count() as statements:
        marijke.get("/berichten")
    assert statements.number == 4, statements.sent  # the session, the list, roles that wait for a second person, the menu
    with player.app.database.count() as statements:
        marijke.get("/profiel")
    assert sum("outbox" in sent for sent in statements.sent) == sum("task.assignee_id" in sent for sent in statements.sent) == 1


def test_an_id_that_is_none_does_not_exist(site: Flask, number: str) -> None:
    marijke = browser(site, "marijke")
    assert marijke.get(f"/berichten/{UUID(int=1)}").status_code == 404
    assert marijke.get("/berichten/x").status_code == 404
    assert marijke.post("/berichten/gelezen", data={"csrf_token": token(marijke, "/profiel")}).status_code == 302
