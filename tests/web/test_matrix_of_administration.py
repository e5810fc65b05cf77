"""Every page of administration, for everybody of the cast: who keeps the directory, who oversees, who must not know of it."""

from uuid import UUID

import pytest
from flask import Flask

from app.demo.play import Player
from app.services.context import App
from app.web import create_app
from tests.services.administration import acting
from tests.web.administration_table import COLUMNS, TABLE
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
    """Noor is invited, Farida is proposed as an adviser of De Linde, and Joost has a role there."""
    acting.invite(player)
    return {
        "board_id": acting.board(player),
        "school_id": player.places.schools["De Linde"],
        "user_id": player.places.people["joost"],
        "membership_id": acting.memberships(player, player.places.people["joost"])[0].id,
        "invitation_id": acting.invitation(player).id,
        "proposal_id": acting.propose(player, "ada", "farida", "adviser", "De Linde"),
        "file_id": UUID(int=1),
    }


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
            assert place <= 1 or answer.status_code == 302 or "Noor Dijkstra" not in answer.text or row.endpoint.endswith("log")
            answer.close()


@pytest.mark.parametrize("part", ["ada", "marijke", "fleur", "sanne", "joost", "nina"])
def test_the_menu_holds_what_somebody_may_open(site: Flask, part: str) -> None:
    client, _ = enter(site, part)
    page = client.get("/profiel").text
    assert ('href="/beheer"' in page) == (client.get("/beheer").status_code == 302)
