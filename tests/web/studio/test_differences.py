"""What is different between two versions, as whoever reviews sees it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.demo.play import Player
from app.services.studio import drafts
from tests.web.matrix import enter

KEY = "committee"
PAGE = f"/studio/{KEY}/verschillen"
RESPONSE, TERM_FROM = "committee/response.bpmn", b'<camunda:property name="deadline" value="P4W" />'
Change = Callable[[str, Callable[[bytes], bytes]], None]


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def change(player: Player) -> Change:
    """Changes a file of the draft."""
    piet = player.actor("piet")
    drafts.begin(player.app, piet, KEY)

    def put(name: str, how: Callable[[bytes], bytes]) -> None:
        before = drafts.read(player.app, piet, KEY).files[name]
        assert how(before) != before
        drafts.save(player.app, piet, KEY, name, how(before), number=0)

    return put


def seen(site: Flask, address: str = PAGE, part: str = "marijke") -> str:
    client, _ = enter(site, part)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.text)


def test_a_draft_as_it_began_is_no_different(site: Flask, player: Player) -> None:
    drafts.begin(player.app, player.actor("piet"), KEY)
    assert "Er is geen verschil." in seen(site)


def test_another_term_is_told_in_words_and_marked_on_the_drawing(site: Flask, change: Change) -> None:
    change(RESPONSE, lambda xml: xml.replace(TERM_FROM, TERM_FROM.replace(b"P4W", b"P6W")))
    page = seen(site)
    assert "<strong>4 weken (Algemene termijnenwet)</strong>" in page
    assert "<strong>6 weken (Algemene termijnenwet)</strong>" in page
    assert "&#34;changed&#34;: [&#34;board_response&#34;]" in page
    assert "niemand leest iets wat hij eerst niet kon lezen" in page


def test_who_can_read_more_is_said_first(site: Flask, change: Change) -> None:
    def wider(source: bytes) -> bytes:
        form = json.loads(source)
        field = next(one["properties"] for one in _all(form["components"]) if one.get("properties", {}).get("store") == "fact")
        field["audience"] = "case"
        return json.dumps(form).encode()

    change("forms/board_response.form", wider)
    page = seen(site)
    assert page.index("Wie wat kan lezen") < page.index("Termijnen</h2>")
    assert "<strong>vertrouwenspersoon" in page


def test_what_was_taken_away_is_shown_where_it_was(site: Flask, change: Change) -> None:
    def without_a_flow(xml: bytes) -> bytes:
        start = xml.index(b"<bpmn:sequenceFlow ")
        return xml[:start] + xml[xml.index(b">", start) + 1 :]

    change(RESPONSE, without_a_flow)
    page = seen(site)
    assert 'class="change change-removed"' in page
    assert "versie 1</h3>" in page


def _all(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in components:
        found += [one, *_all(one.get("components", []))]
    return found


@pytest.mark.parametrize(
    ("part", "status"),
    [("piet", 200), ("marijke", 200), ("els", 200), ("sanne", 404), ("joost", 404), ("ada", 404), ("fleur", 404), ("amira", 404)],
)
def test_owners_and_boards_compare_and_nobody_else(site: Flask, change: Change, part: str, status: int) -> None:
    change(RESPONSE, lambda xml: xml.replace(TERM_FROM, TERM_FROM.replace(b"P4W", b"P6W")))
    client, _ = enter(site, part)
    for address in (PAGE, f"{PAGE}/concept/committee.bpmn", f"{PAGE}/1/committee.bpmn"):
        assert client.get(address).status_code == status


@pytest.mark.parametrize("address", [f"{PAGE}?van=9", f"{PAGE}?naar=x", f"{PAGE}/1/nowhere.bpmn", "/studio/nowhere/verschillen"])
def test_what_is_not_there_is_not_found(site: Flask, player: Player, address: str) -> None:
    client, _ = enter(site, "piet")
    assert client.get(address).status_code == 404
