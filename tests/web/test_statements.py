"""What whole requests cost in SQL statements: finding the session and all that the page asks, on both databases."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.services.context import App
from app.web import create_app
from tests.services.committee import receive_advice
from tests.web.forms import DAY, send, sign_in, token

STORY = "Wat de klager vertelt."
CONSENT = {"veld-file_consent": "ja", "veld-consent_on": "07-09-2026", "veld-may_contact": "ja"}
EXPLAINED = {
    "veld-explained_on": "07-09-2026",
    "veld-committee": "lkc",
    "veld-internal_first_advised": "ja",
    "veld-rules_walked_through": "ja",
    "veld-still_wants": "ja",
    "veld-complainant_questions": STORY,
    "veld-minutes": "30",
}


@contextmanager
def at_most(app: App, number: int) -> Iterator[None]:
    """Fails, and lists them, when more statements are sent inside."""
    with app.database.count() as statements:
        yield
    listed = "\n".join(" ".join(sent.split())[:150] for sent in statements.sent)
    assert statements.number <= number, f"{statements.number} statements:\n{listed}"


@pytest.fixture
def sanne(installation: App) -> FlaskClient:
    """The adviser's browser."""
    client = create_app(installation).test_client()
    assert sign_in(client, email_of("sanne"), PASSWORD).location == DAY
    return client


@pytest.fixture
def first_task(sanne: FlaskClient, player: Player) -> str:
    """The address of the first task of a new case."""
    school = str(player.places.schools["De Linde"])
    return str(send(sanne, "/zaken/start", manier="committee.start_with_adviser", school=school).location)


def test_an_inbox_takes_at_most_seven(installation: App, sanne: FlaskClient, first_task: str) -> None:
    with at_most(installation, 7):
        assert first_task in sanne.get("/inbox").text


def test_ten_saved_views_cost_an_inbox_nothing_more(installation: App, sanne: FlaskClient, first_task: str) -> None:
    for number in range(10):
        send(sanne, "/weergaven?van=mine", naam=f"Weergave {number}")
    with at_most(installation, 7):
        page = sanne.get("/inbox").text
    assert "Weergave 9" in page
    assert first_task in page


def submitted(installation: App, sanne: FlaskClient, task: str, most: int, **typed: str) -> None:
    """Keep a draft of what was typed, then send it, in at most so many statements."""
    assert send(sanne, task, f"{task}/concept", **typed).status_code == 302
    answers = {"csrf_token": token(sanne, task), **typed}
    with at_most(installation, most):
        assert sanne.post(task, data=answers).location == "/inbox"


def test_a_submit_with_a_draft_and_a_sealed_text_takes_at_most_fourteen(
    installation: App, sanne: FlaskClient, first_task: str
) -> None:
    send(sanne, first_task, **CONSENT, **{"veld-safe_contact": STORY})
    [second_task] = set(re.findall(r"/taken/[0-9a-f-]{36}", sanne.get("/inbox").text))
    submitted(installation, sanne, second_task, 14, **EXPLAINED)


def test_a_submit_that_makes_a_file_and_begins_a_target_takes_five_more(
    installation: App, sanne: FlaskClient, first_task: str
) -> None:
    submitted(installation, sanne, first_task, 19, **CONSENT, **{"veld-safe_contact": STORY})


def test_the_compliance_board_takes_at_most_twelve(installation: App, player: Player) -> None:
    receive_advice(player)
    client = create_app(installation).test_client()
    sign_in(client, email_of("marijke"), PASSWORD)
    client.get("/naleving")  # reads the drawings of all versions, which the process keeps
    for where in ("/naleving", "/naleving.pdf", "/naleving/termijnen?cijfer=waiting", "/naleving/committee"):
        with at_most(installation, 12):
            assert client.get(where).status_code == 200, where
