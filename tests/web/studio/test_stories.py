"""Stories that are kept: what they say when they fail, how they are taken over, and what a review makes of their going."""

from datetime import timedelta

import pytest

from app.demo.play import Player
from app.domain.errors import Conflict, NotFound
from app.scenarios.reading import read
from app.services.studio import reviewing, stories, story_changes
from app.studio import keeping
from app.studio.rehearsal import Folders, rehearse
from tests.processes.product import procedures
from tests.services.studio.acting import ask, change, decide, draft_of, page, prove, publish
from tests.web.conftest import Browsers
from tests.web.forms import token
from tests.web.studio.trying import words
from tests.world import ROOT

KEY, NAME, FILE = "committee", "kerst", "committee/response.bpmn"
LATE = (ROOT / "tests" / "scenarios" / "committee_late_over_christmas.yml").read_text(encoding="utf-8")
WITHDRAWN = (ROOT / "tests" / "scenarios" / "committee_withdrawn.yml").read_text(encoding="utf-8")
PAGE = f"/studio/{KEY}/verhalen"


@pytest.fixture
def backend() -> str:
    """Stories are played on a database of their own, whichever lies below."""
    return "sqlite"


@pytest.fixture
def kept(player: Player) -> Player:
    stories.keep(player.app, player.actor("piet"), KEY, NAME, LATE)
    player.clock.at += timedelta(minutes=1)
    return player


def test_a_story_that_fails_is_told_in_the_words_of_its_drawing_and_taken_over(kept: Player, browser_of: Browsers) -> None:
    change(kept, FILE, "P4W", "P6W")
    piet, client = kept.actor("piet"), browser_of("piet")
    failed = words(client.get(f"{PAGE}/{NAME}"))
    wanted = "verwacht open: Besluit over het advies, bevoegd gezag, uiterlijk 28 december 2026; er staat open: "
    assert f"{wanted}Besluit over het advies (bevoegd gezag, uiterlijk 8 januari 2027)" in failed
    for code in ("board_response", "regel", "term.", "marijke", "2026-12"):
        assert code not in failed, code
    board = browser_of("marijke")
    assert "neem over" not in words(board.get(f"{PAGE}/{NAME}"))
    csrf = token(client, PAGE)
    taken = client.post(f"{PAGE}/{NAME}/overnemen", data={"csrf_token": csrf}, follow_redirects=True)
    assert "Het verhaal verwacht nu wat er gebeurt." in words(taken)
    assert keeping.played(kept.app, piet, KEY, NAME).failures == ()
    text = stories.read(kept.app, piet, KEY, NAME)
    # Who sees nothing of the case is no consequence of what happens, and is still looked at.
    assert ("absent: [wim, els]" in LATE, "absent: [wim, els]" in text, "2027-01-08" in text) == (True, True, True)
    assert len(read(text).steps) > len(read(LATE).steps)


def test_what_must_not_be_is_not_taken_over(kept: Player) -> None:
    stories.keep(kept.app, kept.actor("piet"), KEY, "niemand", LATE.replace("absent: [wim, els]", "absent: [sanne]"))
    with pytest.raises(Conflict) as told:
        keeping.renew(kept.app, kept.actor("piet"), KEY, "niemand")
    assert "Dit neem je niet zomaar over: verwacht dat Sanne Bakker niets ziet" in told.value.text
    assert "absent: [sanne]" in stories.read(kept.app, kept.actor("piet"), KEY, "niemand")


def test_mails_of_one_moment_are_no_difference_in_whatever_order_they_are_read() -> None:
    folders = Folders(ROOT / "processes", ROOT / "forms")
    played = rehearse(procedures(), procedures(), folders, {f"keer-{number}": WITHDRAWN for number in range(2)})
    assert [(one.passed, one.changes) for one in played] == [(True, ())] * 2


def test_a_story_that_goes_is_asked_about_and_comes_back(kept: Player, browser_of: Browsers) -> None:
    client = browser_of("piet")
    asked = words(client.get(f"{PAGE}/{NAME}/weg"))
    assert read(LATE).title in asked
    csrf = token(client, PAGE)
    gone = words(client.post(f"{PAGE}/{NAME}/weg", data={"csrf_token": csrf}, follow_redirects=True))
    assert ("Weggehaalde verhalen" in gone, "Het verhaal is weggehaald." in gone) == (True, True)
    with pytest.raises(NotFound):
        stories.read(kept.app, kept.actor("piet"), KEY, NAME)
    assert client.post(f"{PAGE}/{NAME}/terug", data={"csrf_token": csrf}).status_code == 302
    assert stories.read(kept.app, kept.actor("piet"), KEY, NAME) == LATE
    assert client.post(f"{PAGE}/{NAME}/terug", data={"csrf_token": csrf}).status_code == 404


def test_a_story_that_goes_after_the_review_asks_for_a_review_anew(kept: Player, browser_of: Browsers) -> None:
    piet = kept.actor("piet")
    change(kept, FILE, "P4W", "P6W")
    prove(kept)
    ask(kept)
    shown = draft_of(kept).sha256
    kept.clock.at += timedelta(minutes=1)
    stories.drop(kept.app, piet, KEY, NAME)
    with pytest.raises(Conflict):
        reviewing.decide(kept.app, kept.actor("marijke"), KEY, {"verdict": "approved", "sha256": shown})
    story_changes.put_back(kept.app, piet, KEY, NAME)
    decide(kept, "marijke")
    kept.clock.at += timedelta(minutes=1)
    stories.drop(kept.app, piet, KEY, NAME)
    assert [text for text in page(kept).ready.missing if "in de verhalen" in text]
    with pytest.raises(Conflict):
        publish(kept)
    told = words(browser_of("marijke").get(f"/studio/{KEY}/beoordelen"))
    assert f"Weggehaald: {read(LATE).title}" in told
