"""The drawing of a draft: who sees it, who changes it, and what is said of files that cannot be."""

import json
import re
from typing import Any

import pytest

from app.demo.play import Player
from app.domain.roles import LANES
from app.services.studio import checking, drafts
from tests.web.conftest import Browsers
from tests.web.forms import token
from tests.web.studio.drawn import AT, FILE, KEY, asking, content

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below; what is kept is tried on both (test_saving.py)."""
    return "sqlite"


@pytest.fixture
def scene(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


LOOKS = (f"tekening?bestand={FILE}", "kennis", f"bestanden/{FILE}", f"bewaard/{FILE}", f"bewaard/{FILE}?nummer=0")
BOARD, OTHERS = ("marijke", "els"), ("sanne", "joost", "ada", "fleur")


def test_owners_draw_boards_look_and_nobody_else_knows(scene: Player, browser_of: Browsers) -> None:
    for part, looks, draws in (("piet", 200, 200), *((one, 200, 403) for one in BOARD), *((one, 404, 404) for one in OTHERS)):
        ask = asking(browser_of(part))
        assert {ask("GET", where).status_code for where in LOOKS} == {looks}, part
        assert ask("POST", "bevindingen", {"file": FILE, "content": content(scene)}).status_code == looks, part
        assert ask("PUT", f"bestanden/{FILE}", {"content": content(scene) + "\n", "number": 0}).status_code == draws, part
        assert ask("GET", "tekening/fase").status_code == draws, part
        assert ask("POST", "tekening/fase").status_code == {200: 422}.get(draws, draws), part


def test_a_stranger_is_sent_to_the_door(scene: Player, site: Any) -> None:  # noqa: ANN401 - a Flask application
    for where in LOOKS:
        assert site.test_client().get(f"{AT}/{where}").status_code == 302


def test_what_cannot_be_saved_is_refused_with_a_sentence(scene: Player, browser_of: Browsers) -> None:
    ask = asking(browser_of("piet"))
    bodies: tuple[object, ...] = ({}, [], "x", {"content": 1, "number": 0}, {"content": "x", "number": True}, {"content": "x"})
    for body in bodies:
        answer = ask("PUT", f"bestanden/{FILE}", body)
        assert answer.status_code == 422, body
        assert json.loads(answer.text)["errors"][0]["detail"].endswith("opnieuw."), body


def test_a_name_outside_the_draft_and_a_large_file_are_refused(scene: Player, browser_of: Browsers) -> None:
    ask = asking(browser_of("piet"))
    for name in ("other.bpmn", "committee/../../etc/passwd", "committee/Groot.bpmn", "forms/a.html"):
        assert ask("PUT", f"bestanden/{name}", {"content": "<a/>", "number": 0}).status_code in (404, 422)
    assert ask("PUT", f"bestanden/{FILE}", {"content": "x" * 2_000_001, "number": 0}).status_code == 422
    assert ask("PUT", f"bestanden/{FILE}", {"content": "x" * 3_000_000, "number": 0}).status_code == 413
    assert drafts.saves(scene.app, scene.actor("piet"), KEY, FILE)[0].number == 0


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_number_that_no_row_can_have_is_of_nothing(scene: Player, browser_of: Browsers) -> None:
    client = browser_of("piet")
    for number in ("3000000000", "99999999999999999999", "-1"):
        assert client.get(f"{AT}/bewaard/{FILE}?nummer={number}").status_code == 404, number
        assert {client.get(f"{page}?pagina={number}").status_code for page in ("/berichten", "/zaken")} == {200}, number


def test_findings_are_about_what_is_on_the_screen(scene: Player, browser_of: Browsers) -> None:
    ask, text = asking(browser_of("piet")), content(scene)
    assert ask("POST", "bevindingen", {"file": FILE, "content": text}).json == {"findings": [], "ok": True}
    wrong = text.replace('name="deadline" value="P4W"', 'name="deadline" value="vier weken"')
    found = ask("POST", "bevindingen", {"file": FILE, "content": wrong}).json
    assert found is not None
    assert not found["ok"]
    assert ("board_response", "period", "error") in {(one["element"], one["code"], one["severity"]) for one in found["findings"]}
    bomb = ask("POST", "bevindingen", {"file": FILE, "content": BOMB}).json
    assert bomb is not None
    assert {"file": FILE, "code": "xml"}.items() <= bomb["findings"][0].items()
    assert content(scene) == text


def test_fields_can_name_what_the_draft_and_others_hold(scene: Player, browser_of: Browsers) -> None:
    known = asking(browser_of("piet"))("GET", "kennis").json
    assert known is not None
    assert {"id": "committee_response", "name": "Antwoord op het advies", "file": FILE} in known["phases"]
    facts = {one["name"]: one for one in known["facts"]}
    assert len(facts) == len(known["facts"])
    # By the task of this procedure that asks it; what only others know is told apart.
    assert (facts["advice_received_on"]["type"], facts["advice_received_on"]["where"]) == ("date", "Noteer het advies")
    assert facts["mediation_planned_on"]["where"] == ""
    assert "board_response" in {one["id"] for one in known["forms"]} & {one["id"] for one in known["tasks"]}
    route = next(one for one in known["procedures"] if one["key"] == "complaint_route")
    assert route["starts"]
    assert list(known["lanes"]) == list(LANES)


def test_a_phase_is_added_whole_and_taken_away(scene: Player, browser_of: Browsers) -> None:
    client, piet = browser_of("piet"), scene.actor("piet")
    form = f"{AT}/tekening/fase"
    wrong = client.post(form, data={"csrf_token": token(client, form), "name": "", "phase": "Het Begin"})
    assert wrong.status_code == 422
    assert re.findall(r'href="#veld-(\w+)"', wrong.text) == ["name", "phase", "roles"]
    typed = {"name": "Nog een gesprek", "phase": "talk", "roles": ["board", "adviser"]}
    made = client.post(form, data={"csrf_token": token(client, form), **typed})
    assert made.location.endswith("bestand=committee/talk.bpmn")
    assert "Nog een gesprek" in client.get(made.location).text
    codes = {(one.file, one.code) for one in checking.findings(scene.app, piet, KEY) if one.file == "committee/talk.bpmn"}
    assert codes == {("committee/talk.bpmn", "unused_file")}
    csrf = token(client, form)
    away = {"csrf_token": csrf, "bestand": "committee/talk.bpmn"}
    board = browser_of("marijke")
    assert board.post(f"{form}/weg", data=away | {"csrf_token": token(board, "/profiel")}).status_code == 403
    assert [client.post(f"{form}/weg", data=away).status_code for _ in range(2)] == [302, 404]
    assert "committee/talk.bpmn" not in drafts.read(scene.app, piet, KEY).files
    again = client.post(form, data={"csrf_token": csrf, **typed})
    assert again.status_code == 302


def test_taking_a_phase_away_is_asked_and_can_be_taken_back(scene: Player, browser_of: Browsers) -> None:
    client, piet = browser_of("piet"), scene.actor("piet")
    was, where = content(scene), f"{AT}/tekening/fase/weg"
    asked = client.get(f"{where}?bestand={FILE}").text
    assert "De fase Antwoord op het advies verdwijnt uit het concept." in asked
    assert client.get(f"{where}?bestand={KEY}.bpmn").status_code == 422
    form = {"csrf_token": token(client, "/profiel"), "bestand": FILE}
    gone = client.post(where, data=form, follow_redirects=True).text
    assert all(words in gone for words in ("De fase is weggehaald.", "Weggehaalde fasen", "weggehaald door Piet Vos"))
    assert "Weggehaalde fasen" in client.get(f"{AT}/tekening").text
    assert client.post(f"{AT}/terugzetten", data=form).location == f"{AT}/tekening?bestand={FILE}"
    assert content(scene) == was
    assert [line.gone for line in drafts.saves(scene.app, piet, KEY, FILE)] == [False, True, False]
    assert client.post(f"{AT}/terugzetten", data=form).status_code == 404
