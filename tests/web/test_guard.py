"""A stranger sees nothing; whoever was away for half an hour signs in again and goes on."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule, UUIDConverter

from app.services import people
from app.services.context import App
from app.services.tokens import READ, WRITE
from app.web.bearer import scope_of
from app.web.guard import is_public
from tests.web.conftest import PASSWORD, Hands
from tests.web.forms import send, sign_in, token

#: The link of an invitation and the address of a calendar are their own keys.
OPEN = {"healthz.ok", "static", "api_description", "agenda.feed", "invitation.show", "invitation.accept"} | {
    f"signin.{name}"
    for name in ("form", "submit", "totp", "submit_totp", "enrol", "submit_enrol", "forgotten", "submit_forgotten")
}
SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000001", "default": "x"}


def sample(kind: BaseConverter) -> str | int:
    """Something that an address may hold in this place."""
    match kind:
        case UUIDConverter():
            return SAMPLES["uuid"]
        case IntegerConverter():
            return 1
        case AnyConverter():
            return sorted(kind.items)[0]
    return SAMPLES["default"]


def address(web: Flask, rule: Rule) -> str:
    values = {name: sample(kind) for name, kind in rule._converters.items()}
    return str(web.url_map.bind("").build(rule.endpoint, values, method=method_of(rule)))


def method_of(rule: Rule) -> str:
    return next(method for method in ("GET", "POST", "PUT") if method in (rule.methods or ()))


def pages(web: Flask) -> list[Rule]:
    """What browsers ask; the rest asks a token, so that no browser can be made to ask it."""
    return [rule for rule in web.url_map.iter_rules() if scope_of(web.view_functions[rule.endpoint]) is None]


def test_only_the_door_the_health_check_and_what_asks_a_secret_in_its_address_are_open(web: Flask) -> None:
    assert {name for name, endpoint in web.view_functions.items() if is_public(endpoint)} == OPEN


def test_every_other_page_sends_a_stranger_to_the_door(web: Flask, stranger: FlaskClient) -> None:
    closed = [rule for rule in pages(web) if rule.endpoint not in OPEN]
    assert len(closed) > 20
    csrf = token(stranger, "/inloggen")
    for rule in closed:
        where = address(web, rule)
        method = method_of(rule)
        answer = stranger.open(where, method=method, data=None if method == "GET" else {"csrf_token": csrf})
        assert answer.status_code == 302, where
        assert answer.location.startswith("/inloggen"), where


def test_every_endpoint_for_programs_refuses_a_stranger_and_a_person_in_a_browser(web: Flask, visitor: FlaskClient) -> None:
    ours = [rule for rule in web.url_map.iter_rules() if scope_of(web.view_functions[rule.endpoint]) is not None]
    assert {rule.endpoint.partition(".")[0] for rule in ours} == {"api"}
    assert {rule.rule.startswith("/api/v1/") for rule in ours} == {True}
    for rule in ours:
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        wanted = WRITE if method == "POST" else READ
        assert scope_of(web.view_functions[rule.endpoint]) == wanted, rule
        for client in (web.test_client(), visitor):
            assert client.open(address(web, rule), method=method).status_code == 401, rule


def test_a_form_without_its_token_is_refused(web: Flask, stranger: FlaskClient) -> None:
    posts = [rule for rule in pages(web) if "POST" in (rule.methods or ())]
    for rule in posts:
        assert stranger.post(address(web, rule), data={}).status_code == 400, rule


def test_every_answer_carries_the_safety_headers(stranger: FlaskClient) -> None:
    for path in ("/inloggen", "/inbox", "/bestaat-niet", "/healthz"):
        headers = stranger.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store", path
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_session_cookie_is_out_of_reach_of_scripts(stranger: FlaskClient, sanne: str) -> None:
    cookies = sign_in(stranger, sanne, PASSWORD).headers.getlist("Set-Cookie")
    ours = next(cookie for cookie in cookies if cookie.startswith("veilige_route="))
    assert "HttpOnly" in ours
    assert "SameSite=Lax" in ours
    assert "Expires" not in ours
    assert "Max-Age" not in ours


def test_after_half_an_hour_the_door_says_why_and_leads_back(visitor: FlaskClient, hands: Hands) -> None:
    assert visitor.get("/profiel").status_code == 200
    hands.now += timedelta(minutes=31)
    away = visitor.get("/profiel")
    assert away.location == "/inloggen?terug=/profiel&verlopen=ja"
    assert "Je was 30 minuten niet actief" in visitor.get(away.location).text
    back = send(visitor, away.location, email="sanne@example.org", password=PASSWORD)
    assert back.location == "/profiel"


def test_signing_out_ends_the_session_everywhere(visitor: FlaskClient, web: Flask) -> None:
    copied = visitor.get_cookie("veilige_route")
    assert copied is not None
    assert send(visitor, "/profiel", "/uitloggen").location == "/inloggen?uit=ja"
    thief = web.test_client()
    thief.set_cookie("veilige_route", copied.value)
    assert thief.get("/profiel").location.startswith("/inloggen")


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "/bestaat-niet", "javascript:x", "/\\evil.example"]
)
def test_the_door_leads_to_pages_of_ours_alone(visitor: FlaskClient, elsewhere: str) -> None:
    answer = visitor.post(
        "/inloggen",
        query_string={"terug": elsewhere},
        data={"csrf_token": token(visitor, "/inloggen"), "email": "sanne@example.org", "password": PASSWORD},
    )
    assert answer.location == "/inbox"


def test_a_session_that_lacks_the_second_step_opens_no_page(strict_web: Flask, sanne: str) -> None:
    client = strict_web.test_client()
    assert sign_in(client, sanne, PASSWORD).location == "/inloggen/app"
    assert client.get("/profiel").location == "/inloggen/app"
    assert "Stel je app in" in client.get("/inloggen/app").text


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(stranger: FlaskClient, sanne: str) -> None:
    wrong_password = sign_in(stranger, sanne, "iets heel anders")
    wrong_name = sign_in(stranger, "niemand@example.org", PASSWORD)
    assert wrong_password.status_code == wrong_name.status_code == 422
    pages = [
        answer.text.replace(token(stranger, "/inloggen"), "").replace(email, "")
        for answer, email in ((wrong_password, sanne), (wrong_name, "niemand@example.org"))
    ]
    without_tokens = [page.split("csrf_token")[0] for page in pages]
    assert without_tokens[0] == without_tokens[1]


def test_a_forgotten_password_needs_the_recovery_code(stranger: FlaskClient, bare: App) -> None:
    made = people.create(bare, name="Ria Bos", email="ria@example.org", password=PASSWORD)
    page = "/inloggen/vergeten"
    wrong = send(stranger, page, email="ria@example.org", code="AAAA-BBBB", new="een nieuwe lange zin")
    assert wrong.status_code == 422
    right = send(stranger, page, email="ria@example.org", code=made.recovery_code, new="een nieuwe lange zin")
    assert "Je ziet hem maar één keer" in right.text
    assert sign_in(stranger, "ria@example.org", "een nieuwe lange zin").location == "/inbox"


def test_an_app_for_codes_is_set_up_once_and_asked_for_ever_after(strict_web: Flask, sanne: str, hands: Hands) -> None:
    client = strict_web.test_client()
    sign_in(client, sanne, PASSWORD)
    page = client.get("/inloggen/app").text
    secret = re.findall(r'<code class="secret">([^<]+)</code>', page)[0].replace(" ", "")
    csrf = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    wrong = client.post("/inloggen/app", data={"csrf_token": csrf, "code": "000000"})
    assert wrong.status_code == 422
    assert secret not in wrong.text
    code = pyotp.TOTP(secret).at(hands.now)
    assert client.post("/inloggen/app", data={"csrf_token": csrf, "code": f"{code[:3]} {code[3:]}"}).location == "/inbox"

    hands.now += timedelta(minutes=1)
    again = strict_web.test_client()
    assert sign_in(again, sanne, PASSWORD).location == "/inloggen/code"
    assert again.get("/inbox").location == "/inloggen/code"
    assert send(again, "/inloggen/code", code=code).status_code == 422
    assert send(again, "/inloggen/code", code=pyotp.TOTP(secret).at(hands.now)).location == "/inbox"
    assert again.get("/profiel").status_code == 200
