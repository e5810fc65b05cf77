"""A task is passed on to whoever handles its lane too, and to nobody else."""

from uuid import UUID

import pytest
from sqlalchemy import update

from app.demo.play import Player
from app.domain.errors import Forbidden, NotFound
from app.services import inbox, task_page, tasks
from app.services.views.inbox import InboxQuery
from app.storage.tables import Draft, Membership
from tests.services.committee import BOARD, history, receive_advice, told


@pytest.fixture
def number(player: Player) -> str:
    """A case that waits for the board's answer; Marijke and Kemal handle it, Wim does not."""
    return receive_advice(player, tick=BOARD)


@pytest.fixture
def task_id(player: Player, number: str) -> UUID:
    """The task of the answer, picked up by Marijke, with a draft."""
    found = player.task(number, "board_response")
    tasks.claim(player.app, player.actor("marijke"), found)
    tasks.save_draft(player.app, player.actor("marijke"), found, {"takes_measures": "ja"})
    return found


def listed(player: Player, part: str) -> set[UUID]:
    page = inbox.page(player.app, player.actor(part), InboxQuery())
    return {row.task_id for _, rows in page.groups for row in rows}


def test_the_colleague_holds_the_task_and_is_told(player: Player, number: str, task_id: UUID) -> None:
    kemal = player.places.people["kemal"]
    assert tasks.pass_on(player.app, player.actor("marijke"), task_id, kemal) == "Kemal Aydin"
    assert (task_id in listed(player, "kemal"), task_id in listed(player, "marijke")) == (True, False)
    assert task_page.show(player.app, player.actor("marijke"), task_id).holder == "Kemal Aydin"
    [event] = history(player, number, "task.passed_on")
    assert (event.element_id, event.detail["user"]) == ("board_response", kemal.hex)
    assert told(player, number, "task_passed_on") == ["kemal"]
    with player.app.database.read() as tx:
        assert tx.get(Draft, (task_id, player.places.people["marijke"])) is None


def test_what_comes_back_and_goes_again_is_told_each_time(player: Player, number: str, task_id: UUID) -> None:
    people = player.places.people
    for giver, taker in (("marijke", "kemal"), ("kemal", "marijke"), ("marijke", "kemal")):
        player.clock.at = player.on(player.clock.at.date(), player.clock.at.hour + 3)
        tasks.pass_on(player.app, player.actor(giver), task_id, people[taker])
    assert told(player, number, "task_passed_on") == ["kemal", "kemal", "marijke"]


@pytest.mark.parametrize("part", ["wim", "joost", "sanne", "nina", "marijke"])
def test_nobody_gets_it_who_does_not_handle_the_lane(player: Player, task_id: UUID, part: str) -> None:
    with pytest.raises(Forbidden, match="Kies iemand anders"):
        tasks.pass_on(player.app, player.actor("marijke"), task_id, player.places.people[part])


def test_only_who_holds_it_passes_it_on(player: Player, task_id: UUID) -> None:
    kemal = player.places.people["kemal"]
    for part, refusal in (("kemal", Forbidden), ("sanne", Forbidden), ("wim", NotFound), ("nina", NotFound)):
        with pytest.raises(refusal):
            tasks.pass_on(player.app, player.actor(part), task_id, kemal)
    tasks.release(player.app, player.actor("marijke"), task_id)
    with pytest.raises(Forbidden, match="Pak de taak eerst op"):
        tasks.pass_on(player.app, player.actor("marijke"), task_id, kemal)


def test_the_page_names_colleagues_who_handle_it_too(player: Player, task_id: UUID) -> None:
    page = task_page.show(player.app, player.actor("marijke"), task_id)
    assert page.colleagues == ((player.places.people["kemal"], "Kemal Aydin"),)
    assert task_page.show(player.app, player.actor("kemal"), task_id).colleagues == ()


def test_a_handler_who_lost_his_role_is_no_choice(player: Player, task_id: UUID) -> None:
    kemal = player.places.people["kemal"]
    with player.app.database.write() as tx:
        tx.execute(update(Membership).where(Membership.user_id == kemal).values(until=player.clock.at))
    assert task_page.show(player.app, player.actor("marijke"), task_id).colleagues == ()
    with pytest.raises(Forbidden):
        tasks.pass_on(player.app, player.actor("marijke"), task_id, kemal)
