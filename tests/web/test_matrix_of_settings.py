"""Settings and who is who, for everybody of the cast: who keeps them, who may look, who must not know of them."""

from uuid import UUID

import pytest
from flask import Flask

from app.demo.play import Player
from app.services.context import App
from app.web import create_app
from tests.services.administration import acting
from tests.web.settings_table import COLUMNS, TABLE
from tests.web.test_matrix import Row, enter, row_of

ROWS = [row_of(line) for line in TABLE.strip().splitlines()]


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def site(installation: App) -> Flask:
    return create_app(installation)


@pytest.fixture
def scene(player: Player) -> dict[str, UUID]:
    return {"board_id": acting.board(player), "user_id": player.places.people["joost"]}


def address(site: Flask, row: Row, scene: dict[str, UUID]) -> str:
    rule = next(rule for rule in site.url_map.iter_rules() if rule.endpoint == row.endpoint)
    known = {name: value for name, value in scene.items() if name in rule.arguments}
    return str(site.url_map.bind("").build(row.endpoint, {**known, **row.asks}, method=row.method))


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, scene: dict[str, UUID], column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        client, csrf = enter(site, part)
        for row in ROWS:
            where = address(site, row, scene)
            answer = client.get(where) if row.method == "GET" else client.post(where, data={"csrf_token": csrf})
            to_door = answer.status_code == 302 and part is None and answer.location.startswith("/inloggen")
            assert ("door" if to_door else str(answer.status_code)) == row.answers[place], (part, row)
            assert part not in ("nina", "bram") or "Joost Mulder" not in answer.text, (part, row)
            answer.close()


def test_what_is_missing_is_told_to_those_who_keep_the_board_alone(site: Flask) -> None:
    told = {
        part: "Wat ontbreekt" in enter(site, part)[0].get("/wie-is-wie").text for part in ("ada", "marijke", "sanne", "joost")
    }
    assert told == {"ada": True, "marijke": True, "sanne": False, "joost": False}
