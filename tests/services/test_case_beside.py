"""What a case page tells of all its procedures, the timeline for paper, and who is involved."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from app.clock import local_day
from app.demo.play import MARKER, Player
from app.domain.errors import NotFound
from app.domain.forms import Party
from app.domain.roles import FileKind, Role
from app.services import case_page, files
from app.services.views.case import ProcedureCard
from tests.services.committee import page, receive_advice
from tests.services.handing.play import STORY, begin, draw, note
from tests.services.route import LEADER, choose, guided
from tests.services.statutory import known_to_the_board


def told(cards: Iterable[ProcedureCard]) -> list[tuple[str, str, str | None]]:
    return [(wait.kind, wait.what, wait.role) for card in cards for wait in card.waits]


def test_a_card_tells_whose_task_it_waits_for_and_until_when(player: Player) -> None:
    number = receive_advice(player, tick={Role.BOARD: ("marijke",)})
    [card] = page(player, "sanne", number).cards
    assert told([card]) == [("task", "Besluit over het advies", Role.BOARD)]
    assert card.waits[0].due is not None
    assert card.due == card.waits[0].due


def test_a_card_tells_the_day_that_was_agreed(player: Player) -> None:
    number = receive_advice(player)
    player.do("marijke", number, "board_response", takes_measures="nee")
    day = local_day(player.clock.at) + timedelta(days=20)
    player.do("sanne", number, "ask_aftercare", wanted="ja", follow_up_on=day)
    [wait] = [wait for card in page(player, "sanne", number).cards for wait in card.waits if wait.kind == "date"]
    assert (wait.what, wait.at is not None and local_day(wait.at)) == ("Afgesproken dag", day)


def test_what_an_adviser_does_stands_on_no_card_of_the_board(player: Player) -> None:
    number = receive_advice(player)
    player.beside("sanne", number, "committee_news")
    adviser, board = (told(page(player, part, number).cards) for part in ("sanne", "marijke"))
    assert {role for _, _, role in adviser} == {Role.ADVISER, Role.BOARD}
    assert {role for _, _, role in board} == {Role.BOARD}


def test_the_timeline_goes_forward_and_holds_what_its_reader_may_know(player: Player) -> None:
    player.writes = True
    number = receive_advice(player)
    timelines = {part: case_page.timeline(player.app, player.actor(part), number) for part in ("sanne", "marijke")}
    for part, timeline in timelines.items():
        moments = [line.at for line in timeline.lines]
        assert moments == sorted(moments)
        assert moments[0] >= timeline.since
        assert list(timeline.lines) == list(reversed(page(player, part, number).history))
        assert MARKER not in str(timeline)
    assert len(timelines["marijke"].lines) < len(timelines["sanne"].lines)
    for part in ("ruben", "wim", "otto", "nina", "joost"):
        with pytest.raises(NotFound):
            case_page.timeline(player.app, player.actor(part), number)


def test_reading_a_file_begins_with_who_is_involved_by_the_last_word_about_each(player: Player) -> None:
    number = begin(draw(player))
    read = files.open_file(player.app, player.actor("sanne"), number, FileKind.ADVISER)
    assert read.parties == ((Party.COMPLAINANT, STORY), (Party.SUPPORT, "Zij belt liever niet."))
    note(player, "sanne", number, "Een vriendin.")
    read = files.open_file(player.app, player.actor("sanne"), number, FileKind.ADVISER)
    assert read.parties == ((Party.COMPLAINANT, STORY), (Party.SUPPORT, "Een vriendin."))


def test_a_case_opens_on_the_procedure_in_which_a_step_waits_for_whoever_looks(player: Player) -> None:
    number = guided(player)
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=LEADER, sharing_agreed="ja", names_allowed="alle_namen")
    shown = page(player, "joost", number)
    assert (shown.procedure, [step.label for step in shown.steps][:1]) == ("Maatregelen", ["Neem maatregelen"])
    player.do("joost", number, "school_leader_measures", conflict_of_interest="nee", measure_kind="afspraken", to_board="nee")
    assert (page(player, "joost", number).procedure, page(player, "sanne", number).procedure) == ("Maatregelen", "Klachtroute")


def test_terms_that_wait_stand_before_those_that_were_decided_the_first_to_end_first(player: Player) -> None:
    number = known_to_the_board(player)
    terms = page(player, "marijke", number).terms
    states = [term.settled_on is None for term in terms]
    assert states == sorted(states, reverse=True)
    assert set(states) == {True, False}
    ends = [term.due.last_day for term in terms if term.settled_on is None]
    assert ends == sorted(ends)


def test_a_list_of_cases_does_not_tell_which_an_adviser_opened_first(player: Player) -> None:
    first = guided(player)
    player.clock.at += timedelta(days=1)
    second = guided(player)
    for number in (second, first):
        player.clock.at += timedelta(days=1)
        choose(player, number, "schoolleiding")
        player.do("sanne", number, "agree_sharing", tick=LEADER, sharing_agreed="ja", names_allowed="alle_namen")
    listed = {part: [row.number for row in case_page.mine(player.app, player.actor(part), 1)[0]] for part in ("sanne", "joost")}
    assert listed == {"sanne": [second, first], "joost": [first, second]}
