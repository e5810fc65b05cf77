"""The adviser's day: what is due, which days were agreed, and which of his cases are silent; nothing of others."""

from datetime import timedelta

import pytest

from app.clock import local_day
from app.demo.cast import CAST
from app.demo.play import Player
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.services import today
from app.services.views.today import TodayPage
from tests.services.committee import BOARD, committee_says, receive_advice, send_letter
from tests.services.route import choose, guided


def day_of(player: Player, part: str = "sanne") -> TodayPage:
    return today.page(player.app, player.actor(part))


def test_only_advisers_have_such_a_day(player: Player) -> None:
    for part, cast in CAST.items():
        if cast.role is Role.ADVISER:
            assert day_of(player, part).schools
        else:
            with pytest.raises(NotFound):
                day_of(player, part)


def test_what_is_late_or_due_today_stands_there_and_the_rest_is_counted(player: Player) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja")
    page = day_of(player)
    assert (page.tasks, page.waiting) == ((), 1)
    assert page.next_term is not None
    player.until(player.on(page.next_term))
    [task] = day_of(player).tasks
    assert (task.case_number, task.due is not None and task.due.tone) == (number, "today")
    player.until(player.on(page.next_term + timedelta(days=3)))
    [task] = day_of(player).tasks
    assert task.due is not None
    assert task.due.tone == "late"
    assert day_of(player, "ruben").tasks == ()


def test_agreed_days_come_from_the_dates_that_ones_own_cases_wait_for(player: Player) -> None:
    number = receive_advice(player)
    player.do("marijke", number, "board_response", takes_measures="nee")
    assert day_of(player).agreed == ()
    agreed_on = local_day(player.clock.at) + timedelta(days=20)
    player.do("sanne", number, "ask_aftercare", wanted="ja", follow_up_on=agreed_on)
    [agreed] = day_of(player).agreed
    assert (agreed.case_number, agreed.title, agreed.day) == (number, "Afgesproken dag", agreed_on)
    assert day_of(player, "ruben").agreed == ()


def test_a_case_is_silent_when_nobody_did_anything_for_three_weeks(player: Player) -> None:
    number = send_letter(player)
    last = player.clock.at
    player.until(last + timedelta(weeks=3))
    assert day_of(player).silent == ()
    player.until(last + timedelta(weeks=4, days=1))
    [silent] = day_of(player).silent
    assert (silent.number, silent.weeks, silent.school) == (number, 4, "De Linde")
    assert day_of(player, "ruben").silent == ()
    player.do("sanne", number, "committee_answer", tick=BOARD, committee_route="formeel", complainant_agrees="ja")
    assert day_of(player).silent == ()


def test_a_pause_that_was_agreed_is_no_silence_until_its_day_has_come(player: Player) -> None:
    number = guided(player)
    choose(player, number, "pauze")
    player.do("sanne", number, "plan_pause", pause_check_on=local_day(player.clock.at) + timedelta(weeks=8))
    began = player.clock.at
    player.until(began + timedelta(weeks=7))
    assert (day_of(player).silent, len(day_of(player).agreed)) == ((), 1)
    player.until(began + timedelta(weeks=9))
    assert [one.number for one in day_of(player).silent] == [number]


def test_whoever_handles_no_lane_of_the_adviser_there_hears_of_no_silence(player: Player) -> None:
    committee_says(player, "formeel", tick=BOARD)
    player.until(player.clock.at + timedelta(weeks=9))
    assert len(day_of(player).silent) == 1
    assert [day_of(player, part).silent for part in ("ruben", "farida", "otto", "bram")] == [(), (), (), ()]
