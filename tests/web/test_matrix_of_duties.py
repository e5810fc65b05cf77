"""The pages of a meldplicht and of a meldcode, for everybody of the cast: the accused, whoever he is, finds nothing at all."""

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo.cast import CAST, PASSWORD, email_of
from app.demo.play import Player
from app.domain.roles import Role
from tests.services.committee import page
from tests.web.forms import send, sign_in
from tests.web.matrix import SENT_ON

#: Answers by page; who is not named must not know that it exists.
Answers = Mapping[str, Mapping[str, int]]
PARTS = ("stappen", "diagram", "dossier", "termijnen", "geschiedenis")


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def about_a_board_member(player: Player) -> tuple[str, str]:
    """A meldplicht about Wim: a colleague of his and a supervisor handle it. Gives the number and the step that is open."""
    number = player.start("sanne", "meldplicht", "start_adviser", "De Linde")
    board = {Role.BOARD: ("marijke", "els")}
    player.do("sanne", number, "informant", tick=board, informant="ouder", suspect_role="bestuur", acute_danger="nee")
    player.do("sanne", number, "report_to_board", reported_to="toezichthouder")
    return number, "take_over"


def about_the_head(player: Player) -> tuple[str, str]:
    """A meldcode in which the head is involved: the board decides, and the head, who decides elsewhere, is not chosen."""
    number = _talked(player)
    answers = {"w2_danger": "acuut", "report_decided_by": "bestuur"}
    player.do("amira", number, "weigh", tick={Role.BOARD: ("marijke",)}, **answers)
    return number, "board_decide_report"


def decided_by_the_head(player: Player) -> tuple[str, str]:
    """A meldcode whose last decision is the head's."""
    number = _talked(player)
    answers = {"w2_danger": "acuut", "report_decided_by": "schoolleiding"}
    player.do("amira", number, "weigh", tick={Role.SCHOOL_LEADER: ("joost",)}, **answers)
    return number, "leader_decide_report"


def about_the_officer(player: Player) -> tuple[str, str]:
    """A meldplicht about the child-protection officer, which the board heard itself."""
    number = player.start("marijke", "meldplicht", "start_board", "De Linde")
    return number, "take_over"


def _talked(player: Player) -> str:
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    player.do("amira", number, "take_over_signals", acute_danger="nee", special_form="nee", by_school_staff="nee")
    for step in ("map_signals", "consult_colleague", "talk_with_child", "talk_with_parents"):
        player.do("amira", number, step)
    return number


TABLE: dict[str, tuple[object, Answers]] = {
    "an accused board member": (
        about_a_board_member,
        {
            "case": {"sanne": 200, "marijke": 200, "els": 200},
            "task": {"sanne": 403, "marijke": 200, "els": 200},
            "bevoegd-gezag": {"marijke": 200, "els": 200},
        },
    ),
    "an accused head": (
        about_the_head,
        {"case": {"amira": 200, "marijke": 200}, "task": {"marijke": 200}, "meldcode": {"amira": 200}},
    ),
    "nobody accused": (
        decided_by_the_head,
        {"case": {"amira": 200, "joost": 200}, "task": {"joost": 200}, "meldcode": {"amira": 200}},
    ),
    "an accused officer": (about_the_officer, {"case": {"marijke": 200}, "task": {"marijke": 200}}),
}


@pytest.mark.parametrize("accused", TABLE)
def test_everybody_is_answered_as_the_table_says(site: Flask, player: Player, accused: str) -> None:
    begin, wanted = TABLE[accused]
    player.writes = True
    assert callable(begin)
    number, step = begin(player)
    task = player.task(number, step)
    for place, part in enumerate(CAST):
        client = _enter(site, part, place)
        seen = wanted["case"].get(part, 404)
        assert {client.get(f"/zaken/{number}?deel={tab}").status_code for tab in PARTS} == {seen}, part
        assert client.get(f"/taken/{task}").status_code == wanted["task"].get(part, 404), part
        assert (number in client.get("/zaken").text) is (seen == 200), part
        assert seen == 200 or number not in client.get("/inbox?van=all").text, part
        for file in ("bevoegd-gezag", "meldcode", "schoolleiding", "vertrouwenspersoon"):
            opened = send(client, "/profiel", f"/zaken/{number}/dossier/{file}")
            assert opened.status_code == wanted.get(file, {}).get(part, 404), (part, file)
    assert site.test_client().get(f"/zaken/{number}").status_code == 302


def test_who_is_accused_is_told_nothing_and_named_nowhere(player: Player) -> None:
    player.writes = True
    number, _ = about_a_board_member(player)
    for part in ("sanne", "marijke"):
        shown = page(player, part, number)
        assert "Wim Jansen" not in (*shown.handled_by, *(reader for card in shown.files for reader in card.readers))


def _enter(site: Flask, part: str, place: int) -> FlaskClient:
    client = site.test_client()
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{place}"
    assert sign_in(client, email_of(part), PASSWORD).status_code == SENT_ON
    return client
