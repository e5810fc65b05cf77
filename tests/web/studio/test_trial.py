"""Trying a procedure with invented people on a clock of its own: step by step, without JavaScript, back and again."""

from io import BytesIO
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.demo.play import Player
from app.scenarios.reading import read
from app.services.studio import drafts, proofs, stories, trials
from app.storage.tables import Case
from app.studio.proving import run_alone
from app.studio.rehearsal import Folders, rehearse
from tests.processes.product import procedures
from tests.web.conftest import Browsers
from tests.web.forms import send, token
from tests.web.matrix import asked, enter, rows_of
from tests.web.studio.trying import Trier, to_the_response, words
from tests.world import ROOT

FOLDERS = Folders(ROOT / "processes", ROOT / "forms")
KEPT = {"name": "te-laat", "title": "Het bestuur is te laat en hoort dat", "source": "WPO art. 14 lid 7"}
COLUMNS = {
    "a process owner": ("piet",),
    "who publishes": ("marijke", "els", "nina"),
    "all others": ("sanne", "joost", "amira", "ada", "fleur"),
    "a stranger": (None,),
}
TABLE = """
GET  studio.trial          -                     200 200 404 door
POST studio.trial_start    -                     422 422 404 door
POST studio.trial_go       -                     404 404 404 door
GET  studio.trial_task     -                     404 404 404 door
POST studio.trial_complete -                     404 404 404 door
GET  studio.trial_drawing  process_id=committee  200 200 404 door
GET  studio.trial_drawing  process_id=nothing    404 404 404 door
GET  studio.trial_keep     -                     404 404 404 door
POST studio.trial_kept     -                     404 404 404 door
GET  studio.stories        -                     200 200 404 door
POST studio.story_add      -                     422 403 404 door
GET  studio.story          name=nothing          404 404 404 door
GET  studio.story_file     name=nothing          404 404 404 door
POST studio.story_drop     name=nothing          404 403 404 door
"""


@pytest.fixture
def backend() -> str:
    """What is tried is told on a database of its own, whichever lies below; that of the studio was seen above."""
    return "sqlite"


@pytest.fixture
def trier(browser_of: Browsers) -> Trier:
    return Trier(browser_of("piet"))


def test_everybody_is_answered_as_the_table_says(site: Flask) -> None:
    for place, parts in enumerate(COLUMNS.values()):
        for part in parts:
            browser = enter(site, part)
            for row in rows_of(TABLE):
                told, answer = asked(browser, row, row.address(site, {"key": "committee", "procedure_key": "committee"}), part)
                assert told == row.expected(place, part), (part, row, words(answer))


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_procedure_is_tried_to_its_end_and_only_its_steps_are_kept(trier: Trier, player: Player) -> None:
    to_the_response(trier)
    assert "Besluit over het advies" in trier.told
    assert "uiterlijk 28 december" in trier.told or "28 dec" in trier.told
    trier.play("board_response", takes_measures="nee")
    assert "Er staat geen taak open." in trier.told
    assert "De zaak is gesloten." in trier.told
    with player.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(Case)) == 0
    text = trials.read(player.app, player.actor("piet"), "committee")
    assert [type(step).__name__ for step in read(text).steps] == ["Complete"] * 3 + ["Wait"] + ["Complete"] * 2
    assert trials.read(player.app, player.actor("marijke"), "committee") == ""


def test_over_the_term_one_sees_what_is_missed_and_whom_mail_tells(trier: Trier) -> None:
    to_the_response(trier)
    before = trier.told
    assert "Spring naar 21 december 2026 om 00.00 uur" in before
    trier.go("jump")
    assert "De termijn loopt bijna af: Besluit over het advies." in trier.told
    assert "Mail aan Marijke de Vries: Een termijn loopt bijna af." in trier.told
    warned = trier.told
    trier.go("jump")
    assert "Dinsdag 29 december 2026, 00.00 uur" in trier.told
    assert "De termijn is niet gehaald: Besluit over het advies." in trier.told
    assert "Ook vertrouwenspersoon weet het nu" in trier.told
    assert "vanzelf gebeurt er niets meer" in trier.told
    trier.go("back")
    assert trier.told == warned
    trier.go("back")
    assert trier.told == before
    trier.go("again")
    assert "Wie begint, en waar?" in trier.told


def test_bad_answers_are_refused_as_the_form_itself_does_and_stay(trier: Trier) -> None:
    trier.begin()
    refused = trier.play("register_at_board", complaint_known_on="gisteren")
    assert refused.status_code == 422
    assert "Vul een datum in zoals 18-11-2026." in trier.told
    assert 'value="gisteren"' in refused.text
    assert "0 stappen gezet" in trier.page()


REFUSED: Final[tuple[tuple[str, dict[str, str], int, str], ...]] = (
    ("jump", {}, 409, "Er loopt geen termijn"),
    ("jump", {"stap": "7"}, 409, "Je verhaal is intussen verder"),
    ("wait", {"veld-at": "morgen"}, 422, "Vul ook een tijd in"),
    ("wait", {"veld-at": "06-09-2026", "veld-at-tijd": "10.00"}, 409, "ligt vóór het moment waarop het verhaal nu is"),
    ("announce", {"element": "ev_withdrawn", "als": "marijke"}, 409, "Dat kan nu niet"),
    ("beside", {"element": "nothing", "als": "marijke"}, 409, "Dat kan nu niet"),
    ("beside", {"element": "committee_board_news", "als": "niemand"}, 404, "Deze pagina bestaat niet"),
)


def test_what_cannot_be_now_is_said_and_changes_nothing(trier: Trier) -> None:
    trier.begin()
    for does, typed, status, said in REFUSED:
        assert trier.go(does, **typed).status_code == status, (does, typed)
        assert said in trier.told, (does, typed)
    assert "0 stappen gezet" in trier.page()


def test_what_may_be_done_beside_a_task_is_offered_and_what_begins_out_of_it_is_shown(trier: Trier) -> None:
    trier.begin()
    trier.go("beside", element="committee_board_news", als="marijke")
    assert "Marijke de Vries doet: Nieuws voor het bestuur" in trier.told
    assert "1 stap gezet" in trier.told


def test_procedures_and_cases_that_begin_out_of_a_story_are_shown_beside_it(browser_of: Browsers, player: Player) -> None:
    trier = Trier(browser_of("piet"), "complaint_route")
    text = (ROOT / "tests" / "scenarios" / "complaint_route_silence.yml").read_text(encoding="utf-8")
    trials.write(player.app, player.actor("piet"), trier.key, text, was="")
    page = trier.page()
    assert "Klachtroute (zaak 1)" in page
    assert "(zaak 2)" in page
    assert trier.client.get(trier.here).text.count('data-diagram-src="') == 1


def test_a_way_to_begin_that_is_none_is_refused(trier: Trier) -> None:
    assert trier.begin("start_at_board|piet|Het Anker", hour="25.00").status_code == 422
    assert "Kies hoe het begint" in trier.told


def test_a_kept_story_plays_as_it_was_told_and_a_longer_term_shows(trier: Trier, player: Player) -> None:
    to_the_response(trier)
    trier.go("jump")
    trier.go("jump")
    keep = f"{trier.here}/bewaren"
    assert "Zeg in één zin" in send(trier.client, keep, **{**KEPT, "title": ""}).text
    assert send(trier.client, keep, **KEPT).status_code == 302
    assert "Zo heet er al een verhaal." in send(trier.client, keep, **KEPT).text
    kept = "/studio/committee/verhalen"
    assert "Het bestuur is te laat en hoort dat" in words(trier.client.get(kept))
    assert "Alles gaat zoals verwacht." in words(trier.client.get(f"{kept}/te-laat"))
    text = trier.client.get(f"{kept}/te-laat.yml").text
    assert text == stories.read(player.app, player.actor("marijke"), "committee", "te-laat")
    same = rehearse(procedures(), procedures(), FOLDERS, {"te-laat": text})[0]
    assert (same.passed, same.failures, same.changes) == (True, (), ())
    draw(player, b"P4W", b"P6W")
    assert "De verhalen zijn nog niet gespeeld met je concept" in words(trier.client.get(kept))
    play_kept(player)
    proved = words(trier.client.get(kept))
    assert "Gaat anders dan het vertelt" in proved
    assert "er staat open: Besluit over het advies (bevoegd gezag, uiterlijk 8 januari 2027)" in proved
    assert "De laatste dag is 8 januari 2027. Eerst was dat 28-12-2026." in proved
    assert "Weg: 29-12-2026 00.00, De klok: De termijn is niet gehaald" in proved
    assert "Weg: 29-12-2026 00.00, Mail aan Marijke de Vries: Een termijn is voorbij." in proved
    assert "niet zoals verwacht" in words(trier.client.get(f"{kept}/te-laat"))
    assert send(trier.client, kept, f"{kept}/te-laat/weg").status_code == 302
    assert "Er worden nog geen verhalen bewaard." in words(trier.client.get(kept))


def test_a_file_with_a_story_is_kept_when_it_can_be_played(trier: Trier) -> None:
    story = (ROOT / "tests" / "scenarios" / "committee_board_alone.yml").read_bytes()
    assert add(trier, "zonder-hulp.yml", story) == ""
    assert add(trier, "Ander.yml", story).startswith("Gebruik kleine letters")
    assert "er is geen stap board_respons" in add(trier, "fout.yml", story.replace(b"board_response", b"board_respons"))
    assert "regel 1" in add(trier, "fout.yml", b"nergens: waar")
    assert "geen geldige YAML" in add(trier, "fout.yml", b"steps: [")
    assert "UTF-8" in add(trier, "fout.yml", b"\xff\xfe")
    meldcode = (ROOT / "tests" / "scenarios" / "meldcode_saturday.yml").read_bytes()
    assert "Bewaar het bij die procedure." in add(trier, "fout.yml", meldcode)


def test_a_draft_is_tried_as_it_is_drawn_and_a_story_that_no_longer_fits_says_where(trier: Trier, player: Player) -> None:
    to_the_response(trier)
    draw(player, b"P4W", b"P6W")
    assert "Je probeert je concept" in trier.page()
    assert "8 januari 2027" in trier.page()
    draw(player, b"board_response", b"board_decision")
    trier.play("board_decision", takes_measures="nee")
    draw(player, b"board_decision", b"board_response")
    assert "Het verhaal kan hier niet verder" in trier.page()
    trier.go("back")
    assert "Besluit over het advies" in trier.told
    draw(player, b"<", b"")
    assert "Je concept heeft nog fouten." in trier.page()


def draw(player: Player, old: bytes, new: bytes) -> None:
    """Put one text in the place of another in the phase with the decision, and in its form."""
    app, piet = player.app, player.actor("piet")
    drafts.begin(app, piet, "committee")
    for name, file in drafts.read(app, piet, "committee").draft_files.items():
        moved = name.replace(old.decode(), new.decode()) if name.startswith("forms/") else name
        changed = file.content.replace(old, new)
        if moved != name:
            drafts.remove(app, piet, "committee", name, number=file.number)
            drafts.save(app, piet, "committee", moved, changed, number=number_of(player, moved))
        elif changed != file.content:
            drafts.save(app, piet, "committee", name, changed, number=file.number)


def play_kept(player: Player) -> None:
    """As the worker does, in a process of its own; that the drawing is driven too is proved elsewhere."""
    proofs.ask(player.app, player.actor("piet"), "committee")
    asked = [work for _ in proofs.KINDS if (work := proofs.claim(player.app)) is not None]
    played = next(work for work in asked if work.kind == proofs.PLAYED)
    assert proofs.finish(player.app, played, run_alone(played, 120, FOLDERS))


def number_of(player: Player, name: str) -> int:
    saves = drafts.saves(player.app, player.actor("piet"), "committee", name)
    return max((save.number for save in saves), default=0)


def add(trier: Trier, name: str, content: bytes) -> str:
    """Add a file; what is wrong with it, empty when nothing."""
    page = f"/studio/{trier.key}/verhalen"
    file = (BytesIO(content), name)
    answer = trier.client.post(page, data={"csrf_token": token(trier.client, page), "file": file})
    return "" if answer.status_code == 302 else words(answer).partition("Dat lukte niet ")[2]
