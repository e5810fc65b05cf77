"""A process owner sees no case and no fact, wherever he goes; what he draws gives nobody anything."""

from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter
from werkzeug.test import TestResponse

from app.demo.play import MARKER, Player
from app.domain.roles import Role
from app.storage.tables import School
from tests.services.committee import page, receive_advice, term
from tests.services.studio.acting import ask, draw
from tests.web.matrix import enter

#: What answers him outside of the studio: his own things, who is who, and lists in which nothing of any case is his.
OWN = {
    "absence.show",
    "api_description",
    "appointing.mine",
    "bell.mine",
    "cases.mine",
    "directory.guide",
    "directory.guide_csv",
    "directory.help_nearby",
    "directory.show",
    "healthz.ok",
    "inbox.show",
    "keys.show",
    "profile.show",
    "saved_views.mine",
    "signin.forgotten",
    "signin.form",
    "telling.form",
}
SENT_ON = 302


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def known(player: Player) -> dict[str, Any]:
    """A case that runs, with all by which its pages are found, and a draft."""
    player.writes = True
    number = receive_advice(player, tick={Role.BOARD: ("marijke",)})
    draw(player)
    ask(player)
    with player.app.database.read() as tx:
        board_id = tx.get_one(School, player.places.schools["De Linde"]).board_id
    return {
        "case": number,
        "procedure_id": page(player, "sanne", number).procedure_id,
        "deadline_id": term(player, number).id,
        "task_id": player.task(number, "board_response"),
        "board_id": board_id,
        "user_id": player.places.people["sanne"],
        "school_id": player.places.schools["De Linde"],
        "process_id": "committee_response",
        "element_id": "ev_withdrawn",
        "slug": "bevoegd-gezag",
        "kind": "csv",
    }


def address(site: Flask, rule: Rule, known: dict[str, Any]) -> str:
    """Where a page would be: of the case where it is about one, of something else where that is all there is."""
    values = {}
    for name in rule.arguments:
        of_number = isinstance(rule._converters[name], IntegerConverter)
        usual = UUID(int=1) if isinstance(rule._converters[name], UUIDConverter) else 1 if of_number else "committee"
        values[name] = known.get("case" if name == "number" and not of_number else name, usual)
    return str(site.url_map.bind("").build(rule.endpoint, values))


def visited(site: Flask, client: FlaskClient, known: dict[str, Any]) -> dict[str, tuple[int, str]]:
    rules = [rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    found = {}
    for rule in rules:
        answer = client.get(address(site, rule, known))
        # Whoever is sent on is shown no more than the address that he asked for.
        found[rule.endpoint] = (answer.status_code, "" if answer.status_code == SENT_ON else _text(answer))
        answer.close()
    return found


def _text(answer: TestResponse) -> str:
    """All that an answer says, also what it says packed."""
    if answer.mimetype != "application/zip":
        return answer.text
    with ZipFile(BytesIO(answer.data)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def test_a_process_owner_finds_no_case_on_any_page(site: Flask, known: dict[str, Any]) -> None:
    found = visited(site, enter(site, "piet")[0], known)
    assert [endpoint for endpoint, (_, text) in found.items() if known["case"] in text or MARKER in text] == []
    assert {endpoint for endpoint, (status, _) in found.items() if status == 200 and not endpoint.startswith("studio.")} == OWN
    assert found["studio.review"][0] == 200
    assert {found[endpoint][0] for endpoint in ("case.show", "task.show", "terms.form", "case.diagram")} == {404}


def test_whoever_handles_the_case_finds_it_and_not_in_the_studio(site: Flask, known: dict[str, Any]) -> None:
    found = visited(site, enter(site, "marijke")[0], known)
    told = {endpoint for endpoint, (_, text) in found.items() if known["case"] in text}
    assert {"case.show", "cases.mine"} <= told
    assert [endpoint for endpoint in told if endpoint.startswith("studio.")] == []
