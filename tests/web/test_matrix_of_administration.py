"""Every page of administration, for everybody of the cast: who keeps the directory, who oversees, who must not know of it."""

from uuid import UUID

import pytest
from flask import Flask

from app.demo.play import Player
from tests.services.administration import acting
from tests.web.administration_table import COLUMNS, TABLE
from tests.web.matrix import asked, enter, rows_of

ROWS = rows_of(TABLE)


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


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


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, scene: dict[str, UUID], column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in ROWS:
            told, answer = asked(browser, row, row.address(site, scene), part)
            assert told == row.expected(place, part), (part, row)
            assert place <= 1 or answer.status_code == 302 or "Noor Dijkstra" not in answer.text or row.endpoint.endswith("log")
            answer.close()


@pytest.mark.parametrize("part", ["ada", "marijke", "fleur", "sanne", "joost", "nina"])
def test_the_menu_holds_what_somebody_may_open(site: Flask, part: str) -> None:
    client, _ = enter(site, part)
    page = client.get("/profiel").text
    assert ('href="/beheer"' in page) == (client.get("/beheer").status_code == 302)
