"""Procedures that end at the same moment, or whose end dies halfway: each end is told once or did not happen; none is lost."""

from sqlalchemy import select

from app.demo.play import Player
from app.domain.roles import Role
from app.services import tasks
from app.storage.tables import Task
from tests.services.at_once import Deed, all_at_once
from tests.services.committee import case_of
from tests.services.started import LEADERS, advisers, begin, choose, draw, open_tasks, opened_out_of, running, wakes
from tests.services.test_nothing_by_halves import dies_everywhere


def test_three_ends_at_the_same_moment_are_asked_about_twice_and_none_is_lost(player: Player) -> None:
    number = begin(draw(player))
    for step in ("helper", "again", "again"):
        choose(player, number, step, tick=LEADERS)
    with player.app.database.read() as tx:
        found = select(Task.id).where(Task.case_id == case_of(tx, number).id, Task.element_id == "help_out")
        waiting = list(tx.scalars(found))
    settings = player.app.settings
    for task_id in waiting:
        tasks.claim(player.app, player.actor("joost"), task_id)

    raw = {"help_kind": "klaar"}
    deeds = [Deed(settings.database_url, settings.ledger.parent, player.clock.at, "joost", task_id, raw) for task_id in waiting]
    assert all_at_once(deeds) == ["done"] * 3

    assert (running(player, number), wakes(player)) == (["guide"], (1, 2))
    for _ in range(2):
        player.do("sanne", number, "how_is_it_now", next_time="goed")
        assert wakes(player) == (3, 0)
    assert open_tasks(player, number) == ["choose_step"]


def test_an_end_that_dies_anywhere_ended_and_told_nothing(player: Player) -> None:
    number = begin(draw(player))
    choose(player, number, "helper", tick=LEADERS)
    player.actor("joost")
    dies_everywhere(player, lambda: player.do("joost", number, "help_out", help_kind="klaar"))
    assert (running(player, number), open_tasks(player, number)) == (["guide"], ["choose_step", "how_is_it_now"])
    assert wakes(player) == (1, 0)


def test_a_counter_complaint_that_dies_anywhere_opened_no_case(player: Player) -> None:
    number = begin(draw(player))
    player.actor("sanne")
    dies_everywhere(player, lambda: choose(player, number, "other", tick={Role.ADVISER: ("ruben",)}))
    [(other, side)] = opened_out_of(player, number)
    assert (side, advisers(player, other)) == ("other", {"ruben"})
