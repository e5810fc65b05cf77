"""Proofs of drafts: asked once, run once, by a process that can do no harm; what it finds counts for exactly these files."""

from datetime import timedelta

import pytest

from app.demo.play import MovingClock, Player
from app.domain.errors import Conflict, NotFound
from app.services.studio import drafts, proofs
from tests.services.studio.acting import change

KEY, MAIN = "mediation", "mediation.bpmn"


@pytest.fixture
def begun(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


def driven(player: Player) -> proofs.Proof | None:
    return proofs.read(player.app, player.actor("marijke"), KEY).driven


def test_two_workers_never_run_the_same_and_a_lost_one_is_taken_over(begun: Player, clock: MovingClock) -> None:
    proofs.ask(begun.app, begun.actor("piet"), KEY)
    first, other = proofs.claim(begun.app), proofs.claim(begun.app)
    assert first is not None
    assert other is not None
    assert {first.kind, other.kind} == {"driven", "played"}
    assert proofs.claim(begun.app) is None
    proofs.finish(begun.app, other, {"stories": []})
    clock.at += proofs.LOST + timedelta(seconds=1)
    second = proofs.claim(begun.app)
    assert second is not None
    assert second.id == first.id
    empty = {"findings": [], "states": 1, "complete": True, "undecided": []}
    assert (proofs.finish(begun.app, first, empty), proofs.finish(begun.app, second, empty)) == (False, True)
    assert proofs.claim(begun.app) is None


def test_what_changed_or_went_since_it_was_asked_is_not_run(begun: Player) -> None:
    proofs.ask(begun.app, begun.actor("piet"), KEY)
    change(begun, MAIN, 'name="Bemiddeling"', 'name="Bemiddeling door een ander"', key=KEY)
    assert proofs.claim(begun.app) is None
    proofs.ask(begun.app, begun.actor("piet"), KEY)
    drafts.drop(begun.app, begun.actor("piet"), KEY)
    assert proofs.claim(begun.app) is None


def test_what_has_errors_is_not_asked_for(begun: Player) -> None:
    change(begun, MAIN, "<bpmn:startEvent", "<bpmn:transaction/><bpmn:startEvent", key=KEY)
    with pytest.raises(Conflict, match="Er zijn nog fouten"):
        proofs.ask(begun.app, begun.actor("piet"), KEY)


@pytest.mark.parametrize("part", ["sanne", "joost", "ada"])
def test_nobody_else_knows_of_it(begun: Player, part: str) -> None:
    with pytest.raises(NotFound):
        proofs.ask(begun.app, begun.actor(part), KEY)
    with pytest.raises(NotFound):
        proofs.read(begun.app, begun.actor(part), KEY)
