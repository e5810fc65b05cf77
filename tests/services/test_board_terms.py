"""What a board set, and the terms of its cases: running ones keep what they began with, and say so."""

from datetime import date, timedelta

import pytest

from app.clock import local_day
from app.demo.play import Player
from app.domain import deadlines
from app.domain.procedure import Calendar
from app.services import case_page, task_page
from app.services.views.task import TargetView, TermView
from app.storage.tables import BoardSetting, Deadline, School
from tests.services.committee import BOARD, committee_says, open_steps, receive_advice, wait_for_advice
from tests.services.committee import term as stored_term

STEP, KEY = "explain_committee", "target:committee.explain_committee"


def put(player: Player, key: str, value: str, valid_from: date) -> None:
    """Write a setting of De Kring, now."""
    with player.app.database.write() as tx:
        board = tx.get_one(School, player.places.schools["De Linde"]).board_id
        row = BoardSetting(board_id=board, key=key, value=value, valid_from=valid_from, source="Bestuursbesluit 12")
        row.set_by, row.set_at = player.places.people["ada"], player.clock.at
        tx.add(row)


def asked(player: Player) -> str:
    """A new case, up to the step whose target is looked at."""
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja")
    return number


def term(player: Player, number: str) -> TermView:
    shown = task_page.show(player.app, player.actor("sanne"), player.task(number, STEP)).term
    assert shown is not None
    return shown


def target(player: Player, number: str) -> TargetView:
    found = term(player, number).target
    assert found is not None
    return found


def days(player: Player, number: str) -> int:
    return (term(player, number).due.last_day - local_day(player.clock.at)).days


@pytest.fixture
def today(player: Player) -> date:
    player.writes = True
    return local_day(player.clock.at)


def test_without_a_setting_the_diagram_counts(player: Player, today: date) -> None:
    number = asked(player)
    assert target(player, number) == TargetView("P10D", "schooldays")
    assert days(player, number) == 14


def test_a_case_takes_the_target_that_held_when_it_was_opened(player: Player, today: date) -> None:
    put(player, KEY, '{"period": "P5D"}', today)
    player.clock.at += timedelta(minutes=1)
    number = asked(player)
    assert days(player, number) == 7
    assert target(player, number) == TargetView("P5D", "schooldays", today, "Bestuursbesluit 12")


def test_a_running_case_keeps_what_it_began_with_and_says_so(player: Player, today: date) -> None:
    player.start("sanne", "committee", "start_with_adviser", "De Linde")
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.clock.at += timedelta(minutes=1)
    put(player, KEY, '{"period": "P5D"}', today)
    player.do("sanne", number, "file_consent", file_consent="ja")
    assert days(player, number) == 14
    newer = target(player, number).newer
    assert newer is not None
    assert (newer.since, newer.period) == (today, "P5D")
    shown = case_page.show(player.app, player.actor("sanne"), number, None)
    assert [one.target.newer for one in shown.terms if one.target and one.target.newer] == [newer]


def in_treatment(player: Player) -> str:
    """A case in which the committee of its letter works at its advice."""
    number = committee_says(player, "formeel", tick=BOARD)
    wait_for_advice(player, number)
    return number


def test_the_term_of_the_chosen_committee_takes_the_place_of_what_is_drawn(player: Player, today: date) -> None:
    before = in_treatment(player)
    player.clock.at += timedelta(minutes=1)
    put(player, "target:committee.advice_received", '{"period": "P50D"}', today)
    put(player, "committee:gcbo", '{"period": "P2W", "name": "GCBO"}', today)
    put(player, "committee:lkc", '{"period": "P8W", "name": "LKC"}', today)
    player.clock.at += timedelta(minutes=1)
    number = in_treatment(player)
    shown = {one: board_sees(player, one) for one in (before, number)}
    assert [stored(player, one).due_at - stored(player, before).due_at for one in shown] == [timedelta(0), -timedelta(weeks=4)]
    assert shown[number] == TargetView("P8W", "workdays", local_day(player.clock.at), "Bestuursbesluit 12", committee=True)
    newer = shown[before].newer
    assert (shown[before].period, newer and newer.period, newer and newer.since) == ("P60D", "P8W", local_day(player.clock.at))
    player.until(stored(player, number).due_at)
    assert "ask_progress" in open_steps(player, number)
    assert "ask_progress" not in open_steps(player, before)


def board_sees(player: Player, number: str) -> TargetView:
    shown = task_page.show(player.app, player.actor("marijke"), player.task(number, "advice_received")).term
    assert shown is not None
    assert shown.target is not None
    return shown.target


def stored(player: Player, number: str) -> Deadline:
    return stored_term(player, number, "advice_received")


def test_a_committee_of_which_nothing_is_kept_takes_what_is_set_for_the_step(player: Player, today: date) -> None:
    put(player, "target:committee.advice_received", '{"period": "P50D"}', today)
    put(player, "committee:gcbo", '{"period": "P2W", "name": "GCBO"}', today)
    put(player, "committee:lkc", '{"period": "PT8H", "name": "LKC"}', today)
    player.clock.at += timedelta(minutes=1)
    assert board_sees(player, in_treatment(player)).period == "P50D"


def test_what_begins_later_is_not_told_before(player: Player, today: date) -> None:
    put(player, KEY, '{"period": "P5D"}', today + timedelta(days=3))
    player.clock.at += timedelta(minutes=1)
    number = asked(player)
    assert days(player, number) == 14
    assert target(player, number).newer is None
    player.until(player.clock.at + timedelta(days=4))
    assert target(player, number).newer is not None


def test_the_board_s_days_off_and_holidays_move_targets(player: Player, today: date) -> None:
    off, week = today + timedelta(days=2), today + timedelta(days=7)
    put(player, f"day_off:{off}", f'{{"first": "{off}", "last": "{off}", "name": "Studiedag"}}', today)
    held = f'{{"first": "{week}", "last": "{week + timedelta(days=4)}"}}'
    put(player, f"holiday:midden.{today.year}.Meivakantie", held, today)
    assert days(player, asked(player)) == 14 + 1 + 7
    player.clock.at += timedelta(minutes=1)
    put(player, f"day_off:{off}", "{}", today)
    assert days(player, asked(player)) == 14 + 7


def test_nothing_of_it_moves_a_term_of_law(player: Player, today: date) -> None:
    put(player, "target:committee.board_response", '{"period": "P9W"}', today)
    first = (today + timedelta(days=1)).isoformat()
    put(player, f"day_off:{first}", f'{{"first": "{first}", "last": "{today + timedelta(days=90)}"}}', today)
    number = receive_advice(player)
    shown = task_page.show(player.app, player.actor("marijke"), player.task(number, "board_response")).term
    assert shown is not None
    assert (shown.statutory, shown.target) == (True, None)
    assert shown.due.last_day == deadlines.last_day(shown.start_day, "P4W", Calendar.ATW, player.app.calendar)
