"""Administration as browsers do it: a file that is sent, a link that is opened, a role that two people give."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.people_file import MOST_BYTES
from app.web import create_app
from tests.services.administration import acting
from tests.services.post import Post
from tests.web.forms import send, sign_in, token

HEAD = "naam;e-mail;rol;school;soort;vanaf;tot en met;regio\r\n"


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that answers."""
    made = Post()
    with made.open():
        yield made


@pytest.fixture
def ada(site: Flask) -> FlaskClient:
    return enter(site, "ada")


@pytest.fixture
def desk(player: Player) -> str:
    return f"/beheer/{acting.board(player)}"


def enter(site: Flask, part: str) -> FlaskClient:
    client = site.test_client()
    assert sign_in(client, email_of(part), PASSWORD).status_code == 302
    return client


def sends(client: FlaskClient, desk: str, content: bytes) -> TestResponse:
    """Choose a file, as a browser sends it; the test client would leave a file of its own open."""
    part = 'Content-Disposition: form-data; name="{}"'
    head = f"--grens\r\n{part.format('csrf_token')}\r\n\r\n{token(client, f'{desk}/importeren')}\r\n--grens\r\n"
    file = f'{part.format("file")}; filename="mensen.csv"\r\nContent-Type: text/csv\r\n\r\n'
    body = head.encode() + file.encode() + content + b"\r\n--grens--\r\n"
    return client.post(f"{desk}/importeren", data=body, content_type="multipart/form-data; boundary=grens")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_file_is_looked_at_and_then_imported(ada: FlaskClient, desk: str, encoding: str) -> None:
    chosen = sends(ada, desk, f"{HEAD}Zoë Çelik;zoe@school.example;bestuurder;;;;;\r\n".encode(encoding))
    preview = ada.get(chosen.location).text
    assert "Zoë Çelik" in preview
    assert "Uitnodigen en rol voorstellen" in preview
    assert "Zoë" not in ada.get(f"{desk}/uitnodigingen").text
    done = send(ada, chosen.location)
    assert done.location == desk
    assert "1 regel is geïmporteerd" in ada.get(desk).text
    assert "Zoë Çelik" in ada.get(f"{desk}/uitnodigingen").text


def test_lines_may_be_pasted_and_the_example_can_be_imported(ada: FlaskClient, desk: str) -> None:
    example = ada.get(f"{desk}/importeren/voorbeeld.csv")
    assert example.mimetype == "text/csv"
    assert example.data.startswith(b"\xef\xbb\xbfnaam;")
    chosen = send(ada, f"{desk}/importeren", lines=example.text)
    assert "Importeer dit bestand" in ada.get(chosen.location).text


def test_wrong_lines_are_all_shown_and_nothing_can_be_imported(ada: FlaskClient, desk: str) -> None:
    chosen = sends(ada, desk, (HEAD + "=1+1;x;;;;;;\r\nNoor;noor@school.example;koning;;;;;\r\n").encode())
    page = ada.get(chosen.location).text
    assert "2 regels zijn fout" in page
    assert "Importeer dit bestand" not in page
    assert ada.post(chosen.location, data={"csrf_token": token(ada, "/profiel")}).status_code == 422


@pytest.mark.parametrize("size", [MOST_BYTES + 1, MOST_BYTES + 2 * 1024 * 1024])
def test_a_file_that_is_too_large_is_explained(ada: FlaskClient, desk: str, size: int) -> None:
    refused = sends(ada, desk, b"x" * size)
    assert refused.status_code in (422, 413)
    assert "5 MB" in refused.text


def test_a_file_of_four_megabytes_is_read(ada: FlaskClient, desk: str) -> None:
    lines = "".join(f"{'P' * 190}{n};{'p' * 60}{n}@{'s' * 60}.example;;;;;;\r\n" for n in range(9_900))
    assert 3 * 1024 * 1024 < len(lines) < MOST_BYTES
    assert sends(ada, desk, (HEAD + lines).encode()).status_code == 302


def test_no_other_form_takes_that_much(ada: FlaskClient, desk: str) -> None:
    data = {"csrf_token": token(ada, desk), "name": "x" * 3 * 1024 * 1024}
    assert ada.post(f"{desk}/scholen", data=data).status_code == 413


def test_the_invited_chooses_a_password_and_sets_up_his_app(player: Player, post: Post) -> None:
    acting.invite(player, role="board")
    link = f"/uitnodiging/{acting.link(player, post)}"
    strict = replace(player.app, settings=replace(player.app.settings, demo=False))
    noor = create_app(strict).test_client()
    page = noor.get(link).text
    assert "Welkom, Noor Dijkstra" in page
    assert "minstens 12 tekens" in send(noor, link, new="kort", again="kort").text
    made = send(noor, link, new=acting.PASSWORD, again=acting.PASSWORD)
    assert re.search(r"([2-9A-Z]{4}-){7}[2-9A-Z]{4}", made.text)
    assert made.headers["Cache-Control"] == "no-store"
    assert noor.get(link).status_code == 404
    enrol = sign_in(noor, acting.NOOR["email"], acting.PASSWORD)
    assert enrol.location.startswith("/inloggen/app")
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', noor.get(enrol.location).text)
    assert secret is not None
    code = pyotp.TOTP(secret[1].replace(" ", "")).at(player.clock.at)
    noor.post("/inloggen/app", data={"csrf_token": token(noor, "/inloggen/vergeten"), "code": code})
    assert noor.get("/profiel").status_code == 200


def test_who_has_an_account_signs_in_and_comes_back_to_the_invitation(player: Player, site: Flask, post: Post) -> None:
    acting.invite(player, name="Bram Postma", email=email_of("bram"))
    link = f"/uitnodiging/{acting.link(player, post, email_of('bram'))}"
    bram = site.test_client()
    assert 'href="/inloggen?terug=/uitnodiging/' in bram.get(link).text
    back = send(bram, f"/inloggen?terug={link}", email=email_of("bram"), password=PASSWORD)
    assert back.location == link
    assert send(bram, link, f"{link}/aannemen").location == "/profiel"
    assert bram.get(link).status_code == 404


def test_two_people_give_a_role(site: Flask, ada: FlaskClient, desk: str, player: Player) -> None:
    joost = f"{desk}/mensen/{player.places.people['joost']}"
    assert send(ada, joost, role="board", school="").location == joost
    marijke = enter(site, "marijke")
    assert "1 benoeming wacht op jou" in marijke.get(desk).text
    [address] = set(re.findall(r'href="(/benoemingen/[0-9a-f-]{36})"', marijke.get("/benoemingen").text))
    mark = re.search(r'name="fingerprint" value="([^"]+)"', marijke.get(address).text)
    assert mark is not None
    unread = send(marijke, address, f"{address}/bevestigen", fingerprint=mark[1])
    assert (unread.status_code, "Vink aan dat je het kenmerk" in unread.text) == (422, True)
    assert send(marijke, address, f"{address}/bevestigen", fingerprint=mark[1], compared="ja").location == "/benoemingen"
    assert enter(site, "joost").get(desk).status_code == 200
    assert send(marijke, desk, f"{address}/bevestigen", fingerprint=mark[1], compared="ja").status_code == 409


def test_a_role_ends_in_the_middle_of_a_session(site: Flask, ada: FlaskClient, desk: str, player: Player) -> None:
    amira = enter(site, "amira")
    assert amira.get("/profiel").status_code == 200
    [own] = acting.memberships(player, player.places.people["amira"])
    where = f"{desk}/rollen/{own.id}"
    assert "De rol stopt meteen" in ada.get(where).text
    assert send(ada, where).status_code == 302
    assert amira.get("/profiel").location.startswith("/inloggen")


def test_people_are_found_by_a_part_of_their_name(ada: FlaskClient, desk: str) -> None:
    page = ada.get(f"{desk}/mensen?zoek=MULD").text
    assert "Joost Mulder" in page
    assert "Sanne Bakker" not in page
    assert "Niemand gevonden" in ada.get(f"{desk}/mensen?zoek=%25").text
    assert ada.get(f"{desk}/mensen?bladzijde=999999999").status_code == 200
