"""The studio, for everybody of the cast: who draws, who looks and decides, who must not know of it."""

import pytest
from flask import Flask

from app.demo.play import Player
from tests.services.studio.acting import KEY, ask, draw, publish, ready
from tests.web.matrix import asked, enter, rows_of
from tests.web.studio_table import COLUMNS, TABLE

ROWS = rows_of(TABLE)


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def scene(player: Player) -> dict[str, str]:
    ready(player)
    publish(player)
    draw(player)
    ask(player)
    return {"key": KEY}


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, scene: dict[str, str], column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in ROWS:
            told, answer = asked(browser, row, row.address(site, scene), part)
            assert told == row.expected(place, part), (part, row)
            answer.close()
