"""Choosing how to be told, on one's own page."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.domain.telling import CHOSEN, Way
from app.mail.texts import NOTICES
from app.web import told
from tests.web.forms import send

PAGE = "/profiel/berichten"
CHOICE = {"arrived": "digest", "soon": "now", "missed": "bell", "comment": "now", "rest": "bell", "digest": "2"}


def chosen(page: str) -> set[str]:
    return {*re.findall(r'id="([a-z]+-[a-z]+)" value="[a-z]+" checked', page), *re.findall(r'value="(\w+)" selected', page)}


def test_who_chose_nothing_hears_everything_at_once(visitor: FlaskClient) -> None:
    assert chosen(visitor.get(PAGE).text) == {"arrived-now", "soon-now", "missed-now", "comment-now", "rest-now", "daily"}


def test_a_choice_is_kept_and_shown(visitor: FlaskClient) -> None:
    assert send(visitor, PAGE, **CHOICE).location == PAGE
    page = visitor.get(PAGE).text
    assert "Je keuze is bewaard" in page
    assert chosen(page) == {"arrived-digest", "soon-now", "missed-bell", "comment-now", "rest-bell", "2"}
    assert "Elke week op woensdag" in page
    send(visitor, PAGE, **CHOICE | {"digest": "daily"})
    assert "daily" in chosen(visitor.get(PAGE).text)


def test_what_cannot_be_lowered_is_said_and_has_no_choice(visitor: FlaskClient) -> None:
    page = visitor.get(PAGE).text
    assert 'name="escalated"' not in page
    assert "Over een gemiste wettelijke termijn krijg je altijd meteen een mail." in page


def test_a_choice_that_is_none_is_said_at_its_question(visitor: FlaskClient) -> None:
    answer = send(visitor, PAGE, **CHOICE | {"arrived": "soms", "digest": "8"})
    assert answer.status_code == 422
    assert "Kies hoe je dit wilt horen." in answer.text
    assert 'href="#arrived"' in answer.text
    assert 'href="#digest"' in answer.text
    assert "rest-bell" in chosen(answer.text)
    assert chosen(visitor.get(PAGE).text) == {"arrived-now", "soon-now", "missed-now", "comment-now", "rest-now", "daily"}


def test_the_page_is_found_from_the_profile(visitor: FlaskClient) -> None:
    assert f'href="{PAGE}"' in visitor.get("/profiel").text


def test_every_notice_and_every_choice_has_its_words(web: Flask) -> None:
    with web.test_request_context():
        assert all(told.notice(name) for name in (*NOTICES, "digest"))
        assert set(told.KINDS) == set(CHOSEN)
        assert set(told.WAYS) == set(Way)
        assert told.failure("SMTPDataError 451") != told.failure("ConnectionRefusedError") == "De mailserver is niet te bereiken."
