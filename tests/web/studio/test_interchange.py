"""Importing and exporting on pages: an owner looks first and then makes a draft, a board takes along, others know of nothing."""

import base64
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.demo.play import Player
from app.domain.bundle_file import read
from app.services.studio import drafts
from tests.interchange.elsewhere import ROOT
from tests.web.matrix import asked, enter, rows_of

DIAGRAM = ROOT / "tests" / "interchange" / "diagrams" / "flowable.bpmn20.xml"
#: Forms are sent empty; there is a draft.
COLUMNS = {
    "the process owner": ("piet",),
    "the board": ("marijke", "els"),
    "whoever handles cases, or keeps people": ("sanne", "joost", "ada", "fleur"),
    "a stranger": (None,),
}
TABLE = """
GET  studio.import_  -              200 403 404 door
POST studio.look_at  -              422 403 404 door
POST studio.take_in  -              422 403 404 door
GET  studio.export   -              200 200 404 door
GET  studio.export   key=nothing    404 404 404 door
"""
PAGE, DRAFT = "/studio/importeren", "/studio/importeren/concept"


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def upload(client: FlaskClient, content: bytes, name: str, csrf: str) -> TestResponse:
    """What a browser sends for a form with a file; Werkzeug's own way leaves its copy of a large one open."""
    parts = (('name="csrf_token"', csrf.encode()), (f'name="file"; filename="{name}"', content))
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), part) for head, part in parts)
    return client.post(PAGE, data=body + b"--x--\r\n", content_type="multipart/form-data; boundary=x")


def test_a_diagram_is_explained_and_then_becomes_a_draft(site: Flask, player: Player) -> None:
    client, csrf = enter(site, "piet")
    page = upload(client, DIAGRAM.read_bytes(), "verlof.xml", csrf).text
    assert "Een scripttaak mag niet: een diagram voert geen code uit." in page
    assert "Wie dit doet, zegt hier de baan." in page
    assert "5 van 13 onderdelen draaien zoals ze zijn" in page
    kept = re.search(r'name="content" value="([^"]+)"', page)
    assert kept is not None
    with pytest.raises(Exception, match="geen concept"):
        drafts.read(player.app, player.actor("piet"), "verlof_aanvragen")
    form = {"name": "verlof.xml", "content": kept[1], "key": "leave", "csrf_token": csrf}
    assert client.post(DRAFT, data=form).location == "/studio/leave"
    assert b"flowable:taskListener" in drafts.read(player.app, player.actor("piet"), "leave").files["leave.bpmn"]
    again = client.post(DRAFT, data=form)
    assert (again.status_code, "Er is al een concept" in again.text) == (409, True)
    wrong = client.post(DRAFT, data=form | {"key": "Niet Zo"})
    assert (wrong.status_code, "Gebruik kleine letters" in wrong.text) == (422, True)


def test_a_bundle_goes_out_and_comes_in(site: Flask, player: Player) -> None:
    client, csrf = enter(site, "piet")
    answer = client.get("/studio/mediation/exporteren")
    assert answer.headers["Content-Disposition"] == "attachment; filename=mediation-v1.zip"
    assert read(answer.data).key == "mediation"
    page = upload(client, answer.data, "mediation-v1.zip", csrf).text
    assert "Alles draait zoals het is." in page
    form = {"name": "x.zip", "content": base64.b64encode(answer.data).decode(), "key": "mediation", "csrf_token": csrf}
    assert client.post(DRAFT, data=form).location == "/studio/mediation"
    assert read(client.get("/studio/mediation/exporteren?versie=concept").data).number is None
    assert client.get("/studio/mediation/exporteren?versie=1").data == answer.data
    for nothing in ("9", "x", "-1", "¹", "9" * 30):
        assert client.get(f"/studio/mediation/exporteren?versie={nothing}").status_code == 404


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "geen goede XML"),
        (b"<html>", "geen goede XML"),
        (b"PK\x03\x04", "geen goede zip"),
        (b"<a/>", "geen BPMN 2.0-diagram"),
        (b"x" * (2_000_001), "te groot"),
    ],
)
def test_what_cannot_be_used_is_explained_and_nothing_is_kept(site: Flask, player: Player, content: bytes, word: str) -> None:
    client, csrf = enter(site, "piet")
    page = upload(client, content, "x<b>.bpmn", csrf)
    assert word in page.text
    assert "x<b>" not in page.text
    assert 'name="content"' not in page.text
    form = {"name": "x", "content": base64.b64encode(content).decode(), "key": "x", "csrf_token": csrf}
    assert client.post(DRAFT, data=form).status_code == 422
    assert client.post(DRAFT, data=form | {"content": "%%%"}).status_code == 422


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(site: Flask, player: Player) -> None:
    client, csrf = enter(site, "piet")
    answer = client.post(PAGE, data=b" " * 20_000_000, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert all(words in answer.text for words in ("Een bundel is hoogstens 5 MB", f'href="{PAGE}"'))
    assert client.post(PAGE, data={"csrf_token": csrf}).status_code == 422


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, player: Player, column: str) -> None:
    drafts.begin(player.app, player.actor("piet"), "mediation")
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in rows_of(TABLE):
            told, answer = asked(browser, row, row.address(site, {"key": "mediation"}), part)
            assert told == row.expected(place, part), (part, row)
            answer.close()


BAD = ("<a", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "<x/>", "\x00", "\ud800", "[" * 100_000)


@pytest.mark.parametrize("name", ["mediation.bpmn", "forms/arrange_mediation.form", "../x", "mediation/nothing.bpmn"])
def test_editors_are_told_of_bad_files_in_words_too(site: Flask, player: Player, name: str) -> None:
    drafts.begin(player.app, player.actor("piet"), "mediation")
    client, csrf = enter(site, "piet")
    headers = {"X-CSRFToken": csrf}
    for content in BAD:
        answer = client.post("/studio/mediation/bevindingen", json={"file": name, "content": content}, headers=headers)
        assert answer.status_code in (200, 422), (content[:9], answer.text)
        saved = client.put(f"/studio/mediation/bestanden/{name}", json={"content": content, "number": 0}, headers=headers)
        assert saved.status_code in (200, 404, 409, 422), (content[:9], saved.text)
    for body in (b"{", b"[" * 100_000, b"\xff", b"null"):
        answer = client.post("/studio/mediation/bevindingen", data=body, content_type="application/json", headers=headers)
        assert answer.status_code in (400, 422), body[:9]
