"""The address of a calendar: made and revoked on the profile, read by programs without signing in."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.errors import NotFound
from tests.web.conftest import PASSWORD, Hands
from tests.web.forms import send

MAKE, REVOKE = "/profiel/agenda", "/profiel/agenda/intrekken"
NEW_PASSWORD = "een andere zin van tekens"


def made(visitor: FlaskClient) -> str:
    """The path of a new address."""
    found = re.search(
        r"http://127\.0\.0\.1:8000(/agenda/[\w-]{43}\.ics)", send(visitor, "/profiel", MAKE, password=PASSWORD).text
    )
    assert found is not None
    return found[1]


def test_an_address_is_shown_once_and_read_without_signing_in(visitor: FlaskClient, web: Flask) -> None:
    path = made(visitor)
    assert path not in visitor.get("/profiel").text
    assert "Je agenda leest sinds 19 november 2026 mee" in visitor.get("/profiel").text
    answer = web.test_client().get(path)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_password_is_asked(visitor: FlaskClient) -> None:
    answer = send(visitor, "/profiel", MAKE, password="x")
    assert answer.status_code == 422
    assert "Dit wachtwoord klopt niet." in answer.text
    assert "Je agenda leest sinds" not in visitor.get("/profiel").text


def test_a_program_that_has_it_already_hears_that_nothing_changed(visitor: FlaskClient, web: Flask, hands: Hands) -> None:
    path, program = made(visitor), web.test_client()
    first = program.get(path)
    hands.now += timedelta(minutes=5)
    by_name = program.get(path, headers={"If-None-Match": first.headers["ETag"]})
    by_moment = program.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    for answer in (by_name, by_moment):
        assert (answer.status_code, answer.data) == (304, b"")
    assert program.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
    head = program.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(visitor: FlaskClient, web: Flask, method: str) -> None:
    path = made(visitor)
    assert getattr(web.test_client(), method)(path).status_code in (400, 405)


def test_a_revoked_address_is_gone_at_once_in_the_words_of_every_page_that_is_not_there(visitor: FlaskClient, web: Flask) -> None:
    path, program = made(visitor), web.test_client()
    assert send(visitor, "/profiel", REVOKE).location == "/profiel"
    assert "Het adres is ingetrokken" in visitor.get("/profiel").text
    answer = program.get(path)
    assert answer.status_code == 404
    assert answer.text == program.get("/bestaat-niet").text
    assert NotFound().text in answer.text
    assert path.split("/")[2] not in answer.text


def test_a_new_address_ends_the_former_one(visitor: FlaskClient, web: Flask) -> None:
    former, path = made(visitor), made(visitor)
    assert web.test_client().get(former).status_code == 404
    assert web.test_client().get(path).status_code == 200


def test_a_new_password_ends_it(visitor: FlaskClient, web: Flask) -> None:
    path = made(visitor)
    assert send(visitor, "/profiel", "/profiel/wachtwoord", old=PASSWORD, new=NEW_PASSWORD).location == "/profiel"
    assert web.test_client().get(path).status_code == 404


def test_a_new_password_by_recovery_code_ends_it(visitor: FlaskClient, web: Flask, sanne: str) -> None:
    path = made(visitor)
    page = send(visitor, "/profiel", "/profiel/herstelcode", password=PASSWORD).text
    code = re.search(r'class="secret">([^<]+)<', page)
    assert code is not None
    stranger = web.test_client()
    assert send(stranger, "/inloggen/vergeten", email=sanne, code=code[1], new=NEW_PASSWORD).status_code == 200
    assert stranger.get(path).status_code == 404


def test_who_guesses_has_to_wait(web: Flask) -> None:
    program = web.test_client()
    answers = [program.get(f"/agenda/{n}.ics").status_code for n in range(8)]
    assert answers == [404] * 5 + [429] * 3
