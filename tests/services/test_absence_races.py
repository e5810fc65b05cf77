"""An absence is revoked while its deputy acts: whichever comes first, nothing of the deputy is written after it."""

from dataclasses import replace
from threading import Event, Thread

import pytest

from app.demo.play import Player
from app.domain.errors import DomainError
from app.services import absences, tasks
from app.storage.queries import cases as case_queries
from tests.services.at_once import Deed, all_at_once
from tests.services.away import leave, typed
from tests.services.committee import case_of, history


@pytest.fixture
def number(player: Player) -> str:
    """A case of Marijke alone, at its first step."""
    return player.start("marijke", "committee", "start_at_board", "De Linde")


def answers(player: Player, number: str) -> dict[str, str]:
    return typed(player, "els", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")


def test_revoking_and_completing_at_the_same_moment_have_one_order(player: Player, number: str) -> None:
    absence = leave(player, "marijke", "els", number)
    raw, task_id = answers(player, number), player.task(number, "register_at_board")
    settings = player.app.settings
    deed = Deed(settings.database_url, settings.ledger.parent, player.clock.at, "els", task_id, raw)
    acted, revoked = all_at_once([deed, replace(deed, part="marijke", absence_id=absence)])
    kinds = [line.kind for line in history(player, number)]
    assert revoked == "done"
    if acted == "done":
        assert kinds.index("task.completed") < kinds.index("absence.ended")
    else:
        assert acted.startswith("NotFound")
        assert "task.completed" not in kinds


@pytest.mark.parametrize("ends", ["marijke", "els"])
def test_a_request_that_began_before_and_writes_after_is_refused(player: Player, number: str, ends: str) -> None:
    absence = leave(player, "marijke", "els", number)
    raw, task_id, els = answers(player, number), player.task(number, "register_at_board"), player.actor("els")
    began, told = Event(), list[str]()

    def act() -> None:
        began.set()
        try:
            tasks.complete(player.app, els, task_id, raw, {})
            told.append("done")
        except DomainError as error:
            told.append(type(error).__name__)

    ender, slow = player.actor(ends), Thread(target=act)
    with player.app.database.write() as tx:
        # Whoever ends it holds the case; the deputy's request has begun, and waits for that.
        case_queries.lock_case(tx, case_of(tx, number).id)
        slow.start()
        assert began.wait(10)
        absences.end(replace(player.app, database=player.app.database.within(tx)), ender, absence)
    slow.join(30)
    assert told == ["NotFound"]
    assert "task.completed" not in [line.kind for line in history(player, number)]
