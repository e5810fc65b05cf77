"""Saving a drawing, on both databases: who comes second is told by whom, and every save can be read again."""

import json

import pytest

from app.demo.play import Player
from app.services.studio import drafts
from tests.web.conftest import Browsers
from tests.web.studio.drawn import FILE, KEY, asking, content


@pytest.fixture
def scene(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


def test_a_save_is_refused_when_somebody_was_first_and_says_who(scene: Player, browser_of: Browsers) -> None:
    ask, text = asking(browser_of("piet")), content(scene)
    assert ask("PUT", f"bestanden/{FILE}", {"content": text + "\n", "number": 0}).json == {"number": 1}
    second = ask("PUT", f"bestanden/{FILE}", {"content": text + "\n\n", "number": 0})
    assert (second.status_code, second.content_type) == (409, "application/problem+json")
    told = json.loads(second.text)
    assert (told["saved_by"], told["number"]) == ("Piet Vos", 1)
    now = ask("GET", f"bestanden/{FILE}").json
    assert now is not None
    assert (now["number"], now["saved_by"], now["content"]) == (1, "Piet Vos", text + "\n")
    saves = ask("GET", f"bewaard/{FILE}").json
    assert saves is not None
    assert [(one["number"], one["saved_by"]) for one in saves["saves"]] == [(1, "Piet Vos"), (0, None)]
    assert ask("GET", f"bewaard/{FILE}?nummer=0").json == {"number": 0, "content": text}
