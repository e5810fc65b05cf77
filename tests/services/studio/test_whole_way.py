"""From a drawing to what new cases start with, as people and the worker go that way."""

import pytest

from app.demo.play import Player
from app.services.studio import proofs
from app.studio.proving import prove_next
from tests.services.studio.acting import ask, change, decide, publish, published

KEY = "mediation"


@pytest.fixture
def backend() -> str:
    """A worker's process knows no database."""
    return "sqlite"


def test_a_draft_is_drawn_proved_reviewed_and_published(player: Player) -> None:
    change(player, f"{KEY}.bpmn", 'name="Bemiddeling"', 'name="Bemiddeling door een ander"', key=KEY)
    proofs.ask(player.app, player.actor("piet"), KEY)
    while prove_next(player.app):
        pass
    ask(player, key=KEY)
    decide(player, "els", key=KEY)
    assert publish(player, "marijke", key=KEY) == 2
    assert published(player, KEY).reviewed_by == player.places.people["els"]
