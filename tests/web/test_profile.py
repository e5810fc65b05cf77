"""A person's own page: the tokens of programs that work for him."""

import re
from datetime import date

from flask.testing import FlaskClient

from app.services import tokens
from app.services.context import App
from tests.web.conftest import PASSWORD
from tests.web.forms import send

MAKE = "/profiel/token"


def made(visitor: FlaskClient, scope: str = "read") -> str:
    page = send(visitor, "/profiel", MAKE, scope=scope, last_day="31-12-2026", password=PASSWORD).text
    found = re.search(r"vr_[0-9a-f]{8}_[\w-]{43}", page)
    assert found is not None
    return found[0]


def test_a_token_is_shown_once_and_its_mark_after_that(visitor: FlaskClient, bare: App) -> None:
    token = made(visitor, "write")
    assert tokens.bearer(bare, token, "127.0.0.1").may_write
    page = visitor.get("/profiel").text
    assert token not in page
    assert f"{token[:11]}_…" in page
    assert "mag lezen en schrijven" in page
    assert "31 december 2026" in page


def test_a_token_is_revoked_on_the_page(visitor: FlaskClient, bare: App) -> None:
    token = made(visitor)
    [action] = re.findall(r'action="(/profiel/token/[0-9a-f-]{36}/intrekken)"', visitor.get("/profiel").text)
    assert send(visitor, "/profiel", action).location == "/profiel"
    page = visitor.get("/profiel").text
    assert "Het token is ingetrokken" in page
    assert token[:11] not in page
    assert visitor.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert send(visitor, "/profiel", action).status_code == 404


def test_what_is_wrong_with_a_wish_for_a_token_is_said(visitor: FlaskClient, bare: App) -> None:
    wishes = {
        "Dit wachtwoord klopt niet.": {"scope": "read", "last_day": "31-12-2026", "password": "x"},
        "Vul een datum in zoals": {"scope": "read", "last_day": "morgen", "password": PASSWORD},
        "in het komende jaar": {"scope": "read", "last_day": "31-12-2099", "password": PASSWORD},
        "alleen mag lezen": {"scope": "alles", "last_day": "31-12-2026", "password": PASSWORD},
    }
    for words, wish in wishes.items():
        answer = send(visitor, "/profiel", MAKE, **wish)
        assert answer.status_code == 422
        assert words in answer.text
    token = made(visitor)
    assert date(2026, 12, 31) == tokens.own(bare, tokens.bearer(bare, token, "127.0.0.1").actor)[0].last_day
