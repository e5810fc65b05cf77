"""Grants ignore diagrams: a lane gives tasks, policy decides who reads; no drawing can make a file readable for others."""

import pytest

from app.demo.play import Player
from app.domain.errors import NotFound
from app.domain.procedure import Severity
from app.domain.roles import FileKind
from app.services import case_page, files
from app.services.studio import checking, drafts
from tests.services.studio.acting import KEY, publish, published, ready

BOARD = 'name="Bevoegd gezag"'
RESPONSE, FORM = "committee/response.bpmn", "forms/board_response.form"
WIDER = {
    "the board writes to the adviser's file": (FORM, '"file": "board_file"', '"file": "adviser_file"', "sealed_file"),
    "a lane that nobody knows": (RESPONSE, BOARD, 'name="Directie"', "unknown_lane"),
    "a task of one lane for another role": (
        RESPONSE,
        'candidateGroups="board"',
        'candidateGroups="school_leader"',
        "candidate_group",
    ),
    "another lane for what goes to a file of the board": (
        RESPONSE,
        'name="Bevoegd gezag"',
        'name="Schoolleiding"',
        "sealed_file",
    ),
}


@pytest.fixture
def backend() -> str:
    """What a drawing may say does not depend on the database below."""
    return "sqlite"


@pytest.mark.parametrize("wider", WIDER.values(), ids=list(WIDER))
def test_a_drawing_that_would_let_others_read_is_refused(player: Player, wider: tuple[str, str, str, str]) -> None:
    name, old, new, code = wider
    drafts.begin(player.app, player.actor("piet"), KEY)
    text = drafts.read(player.app, player.actor("piet"), KEY).files[name].decode()
    assert old in text
    found = checking.findings(player.app, player.actor("piet"), KEY, {name: text.replace(old, new).encode()})
    assert code in {one.code for one in found if one.severity is Severity.ERROR}, {one.code for one in found}


def test_a_lane_that_is_drawn_gives_nobody_anything_until_he_is_ticked(player: Player) -> None:
    ready(player)
    publish(player)
    assert published(player).number == 2
    number = player.start("sanne", KEY, "start_with_adviser", "De Linde")
    for part in ("kemal", "marijke", "joost", "piet"):
        with pytest.raises(NotFound):
            case_page.show(player.app, player.actor(part), number, None)
        with pytest.raises(NotFound):
            files.open_file(player.app, player.actor(part), number, FileKind.ADVISER)
