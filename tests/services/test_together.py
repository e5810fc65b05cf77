"""Several tasks in one go: each stands for itself, and of each is told what happened or why nothing did."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from app.clock import local_day
from app.demo.play import Player
from app.domain.errors import InvalidAnswers
from app.services import inbox, putting_off, task_page, tasks, together
from app.services.views.comfort import Handled
from app.services.views.inbox import InboxQuery
from tests.services.committee import BOARD, LAST_DAY, receive_advice


@pytest.fixture
def numbers(player: Player) -> list[str]:
    """Two cases that wait for the board's answer; Marijke and Kemal handle them."""
    return [receive_advice(player, tick=BOARD) for _ in range(2)]


@pytest.fixture
def ids(player: Player, numbers: list[str]) -> list[UUID]:
    return [player.task(number, "board_response") for number in numbers]


def claim(player: Player, part: str, ids: list[UUID]) -> tuple[Handled, ...]:
    return together.handle(player.app, player.actor(part), ids, partial(tasks.claim, player.app, player.actor(part)))


def test_what_one_is_refused_for_stops_no_other(player: Player, numbers: list[str], ids: list[UUID]) -> None:
    tasks.claim(player.app, player.actor("kemal"), ids[0])
    of_adviser = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    hers = player.task(of_adviser, "file_consent")
    told = claim(player, "marijke", [ids[0], hers, uuid4(), ids[1]])
    assert [one.refused for one in told] == [
        "Kemal Aydin heeft deze taak al opgepakt.",
        *["Deze taak is er niet meer, of is niet voor jou."] * 2,
        None,
    ]
    assert [one.task.task_id if one.task else None for one in told] == [ids[0], None, None, ids[1]]
    assert task_page.show(player.app, player.actor("marijke"), ids[1]).state == "mine"
    assert task_page.show(player.app, player.actor("marijke"), ids[0]).holder == "Kemal Aydin"


def test_a_task_that_was_done_meanwhile_is_told_with_who_did_it(player: Player, numbers: list[str], ids: list[UUID]) -> None:
    player.do("kemal", numbers[0], "board_response")
    [done, free] = claim(player, "marijke", ids)
    assert (done.task, done.refused) == (None, "Deze taak is al afgerond door Kemal Aydin.")
    assert free.refused is None


def test_one_of_several_that_cannot_wait_so_long_is_refused_alone(player: Player, numbers: list[str], ids: list[UUID]) -> None:
    player.beside("marijke", numbers[0], "committee_board_news")
    soft, marijke = player.task(numbers[0], "board_committee_update"), player.actor("marijke")
    until = LAST_DAY + timedelta(days=1)
    wait = partial(putting_off.put_off, player.app, marijke, until=until, reason="")
    told = together.handle(player.app, marijke, [*ids, soft], wait)
    assert ["28-12-2026" in (one.refused or "") for one in told] == [True, True, False]
    assert told[2].refused is None


def test_to_whom_they_may_go_and_until_when_they_may_wait_is_told_before(player: Player, ids: list[UUID]) -> None:
    chosen = together.chosen(player.app, player.actor("marijke"), [*ids, ids[0], uuid4()])
    assert [row.task_id for row in chosen.tasks] == ids
    assert chosen.colleagues == ((player.places.people["kemal"], "Kemal Aydin"),)
    assert (chosen.last_day, chosen.urgent) == (LAST_DAY, frozenset())
    player.until(player.on(LAST_DAY, 8))
    late = together.chosen(player.app, player.actor("marijke"), ids)
    assert (late.last_day, late.urgent) == (None, frozenset(ids))
    blank = together.chosen(player.app, player.actor("wim"), ids)
    assert (blank.tasks, blank.colleagues, blank.last_day) == ((), (), None)


@pytest.mark.parametrize("number", [0, 51])
def test_at_least_one_and_at_most_fifty(player: Player, number: int) -> None:
    with pytest.raises(InvalidAnswers):
        claim(player, "marijke", [uuid4() for _ in range(number)])
    assert len(claim(player, "marijke", [uuid4() for _ in range(50)])) == 50


def test_the_list_goes_on_behind_what_is_done_and_passes_over_what_others_hold(player: Player, ids: list[UUID]) -> None:
    marijke, wide = player.actor("marijke"), InboxQuery(scope="all")
    rows = [row.task_id for _, rows in inbox.page(player.app, marijke, wide).groups for row in rows]
    first, second = rows[0], rows[1]
    assert inbox.following(player.app, marijke, wide, first) == second
    tasks.claim(player.app, player.actor("kemal"), second)
    assert inbox.following(player.app, marijke, wide, first) == next(iter(rows[2:]), None)
    assert inbox.following(player.app, marijke, wide, rows[-1]) is None
    assert inbox.following(player.app, marijke, wide, first, until_tonight=True) is None
    assert local_day(player.clock.at) < LAST_DAY
