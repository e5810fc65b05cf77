"""Settings and who is who, for everybody of the cast: who keeps them, who may look, who must not know of them."""

from uuid import UUID

import pytest
from flask import Flask

from app.demo.play import Player
from tests.services.administration import acting
from tests.web.matrix import asked, enter, rows_of
from tests.web.settings_table import COLUMNS, TABLE

ROWS = rows_of(TABLE)


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def scene(player: Player) -> dict[str, UUID]:
    return {"board_id": acting.board(player), "user_id": player.places.people["joost"]}


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, scene: dict[str, UUID], column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in ROWS:
            told, answer = asked(browser, row, row.address(site, scene), part)
            assert told == row.expected(place, part), (part, row)
            assert part not in ("nina", "bram") or "Joost Mulder" not in answer.text, (part, row)
            answer.close()


def test_what_is_missing_is_told_to_those_who_keep_the_board_alone(site: Flask) -> None:
    told = {
        part: "Wat ontbreekt" in enter(site, part)[0].get("/wie-is-wie").text for part in ("ada", "marijke", "sanne", "joost")
    }
    assert told == {"ada": True, "marijke": True, "sanne": False, "joost": False}
