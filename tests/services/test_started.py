"""What one procedure does to another: it starts it, hears when it is done, sends it messages, and opens cases beside its own."""

from datetime import date, timedelta

import pytest

from app.demo.play import Player
from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.roles import Role
from app.services import case_page, cases, listed, task_page
from app.services.handling import HandlersNeeded
from app.storage.tables import Membership
from tests.services.committee import case_of, history
from tests.services.started import (
    LEADERS,
    advisers,
    begin,
    choose,
    draw,
    open_tasks,
    opened_out_of,
    running,
    wakes,
)


@pytest.fixture
def sanne(player: Player) -> Player:
    """The cast, with the small procedures published."""
    return draw(player)


def test_what_was_started_wakes_its_starter_once_when_it_ends(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "helper", tick=LEADERS)

    assert open_tasks(sanne, number) == ["choose_step", "help_out"]
    sanne.do("joost", number, "help_out", help_kind="klaar")

    assert open_tasks(sanne, number) == ["choose_step", "how_is_it_now"]
    assert wakes(sanne) == (1, 0)
    sanne.do("sanne", number, "how_is_it_now", next_time="goed")
    assert open_tasks(sanne, number) == ["choose_step"]
    told = [(one.kind, one.element_id) for one in history(sanne, number, "message.sent")]
    assert told == [("message.sent", "catch_done")]


def test_what_it_hands_back_is_known_before_it_is_woken(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "helper", tick=LEADERS)
    sanne.do("joost", number, "help_out", help_kind="klaar")

    known = dict(task_page.show(sanne.app, sanne.actor("sanne"), sanne.task(number, "how_is_it_now")).facts)
    assert known["help_kind"] == "klaar"


def test_what_ends_while_a_first_end_is_asked_about_is_asked_about_together_and_once(sanne: Player) -> None:
    number = begin(sanne)
    for step in ("helper", "again", "again"):
        choose(sanne, number, step, tick=LEADERS)
    for _ in range(3):
        sanne.do("joost", number, "help_out", help_kind="klaar")

    assert (open_tasks(sanne, number), wakes(sanne)) == (["choose_step", "how_is_it_now"], (1, 2))
    sanne.do("sanne", number, "how_is_it_now", next_time="goed")
    assert (open_tasks(sanne, number), wakes(sanne)) == (["choose_step", "how_is_it_now"], (3, 0))
    sanne.do("sanne", number, "how_is_it_now", next_time="goed")
    assert (open_tasks(sanne, number), wakes(sanne)) == (["choose_step"], (3, 0))


def test_two_that_end_at_once_wake_their_starter_in_the_same_step_and_once(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "both", tick=LEADERS)

    assert open_tasks(sanne, number) == ["choose_step", "help_out", "how_is_it_now"]
    assert wakes(sanne) == (2, 0)
    sanne.do("sanne", number, "how_is_it_now", next_time="goed")
    assert open_tasks(sanne, number) == ["choose_step", "help_out"]


def test_a_timer_that_ends_it_wakes_the_starter_too(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "helper", tick=LEADERS)
    sanne.do("joost", number, "help_out", help_kind="tot", help_until=date(2026, 9, 21))
    assert open_tasks(sanne, number) == ["choose_step"]

    sanne.until(sanne.clock.at + timedelta(days=21))
    assert open_tasks(sanne, number) == ["choose_step", "how_is_it_now"]
    assert wakes(sanne) == (1, 0)


def test_a_starter_that_ended_hears_nothing_any_more(sanne: Player) -> None:
    number = begin(sanne)
    for step in ("helper", "again", "again"):
        choose(sanne, number, step, tick=LEADERS)
    for _ in range(2):
        sanne.do("joost", number, "help_out", help_kind="klaar")
    choose(sanne, number, "done")
    sanne.do("joost", number, "help_out", help_kind="klaar")

    assert wakes(sanne) == (1, 0)
    assert (open_tasks(sanne, number), running(sanne, number)) == ([], [])


def test_it_is_started_once_while_it_runs_unless_again_is_asked_for(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "helper", tick=LEADERS)
    choose(sanne, number, "helper")
    assert running(sanne, number) == ["guide", "helper"]

    choose(sanne, number, "again", tick=LEADERS)
    assert running(sanne, number) == ["guide", "helper", "helper"]


def test_whoever_starts_a_chain_ticks_people_for_the_end_of_it(sanne: Player) -> None:
    number = begin(sanne)
    page = task_page.show(sanne.app, sanne.actor("sanne"), sanne.task(number, "choose_step"))

    assert {choice.role for choice in page.handlers} == {Role.SCHOOL_LEADER, Role.ADVISER}
    choose(sanne, number, "chain", tick=LEADERS)
    assert running(sanne, number) == ["guide", "helper"]


def test_what_an_anytime_process_starts_is_started_by_what_it_runs_beside(sanne: Player) -> None:
    number = begin(sanne)
    sanne.beside("sanne", number, "listening")
    sanne.do("sanne", number, "listen_in", tick=LEADERS, listened="ja")
    assert open_tasks(sanne, number) == ["choose_step", "help_out"]

    sanne.do("joost", number, "help_out", help_kind="klaar")
    assert open_tasks(sanne, number) == ["choose_step", "how_is_it_now"]
    assert wakes(sanne) == (1, 0)


def test_a_message_reaches_what_was_started_where_it_is_waited_for_and_nothing_else(sanne: Player) -> None:
    number, other = begin(sanne), begin(sanne)
    for one in (number, other):
        choose(sanne, one, "helper", tick=LEADERS)
    choose(sanne, number, "tell")
    assert running(sanne, number) == ["guide", "helper"]

    for one in (number, other):
        sanne.do("joost", one, "help_out", help_kind="wacht")
    choose(sanne, number, "tell")
    assert (running(sanne, number), running(sanne, other)) == (["guide"], ["guide", "helper"])
    assert open_tasks(sanne, number) == ["choose_step", "how_is_it_now"]


def test_whoever_handles_the_lane_of_a_catch_announces_its_message_and_nobody_announces_the_end_of_a_step(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "helper", tick=LEADERS)
    sanne.do("joost", number, "help_out", help_kind="wacht")

    sanne.announce("joost", number, "catch_resume")
    assert running(sanne, number) == ["guide"]
    assert case_page.show(sanne.app, sanne.actor("sanne"), number, None).messages == ()
    with pytest.raises(Forbidden):
        sanne.announce("sanne", number, "catch_done")


def test_a_case_of_ones_own_is_handled_by_who_opened_it_and_given_its_inputs(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "same")

    [(own, side)] = opened_out_of(sanne, number)
    assert (side, advisers(sanne, own), open_tasks(sanne, own)) == ("same", {"sanne"}, ["meet"])
    assert case_page.show(sanne.app, sanne.actor("sanne"), number, None).linked == (own,)
    known = dict(task_page.show(sanne.app, sanne.actor("sanne"), sanne.task(own, "meet")).facts)
    assert known["next_step"] == "same"


def test_the_other_side_has_an_adviser_of_its_own_and_neither_sees_the_other(sanne: Player) -> None:
    number = begin(sanne)
    page = task_page.show(sanne.app, sanne.actor("sanne"), sanne.task(number, "choose_step"))
    offered = next(choice.people for choice in page.handlers if choice.role is Role.ADVISER)
    assert "Sanne Bakker" not in dict(offered).values()
    with pytest.raises(HandlersNeeded):
        choose(sanne, number, "other", tick={Role.ADVISER: ("sanne",)})

    choose(sanne, number, "other", tick={Role.ADVISER: ("ruben",)})
    [(other, side)] = opened_out_of(sanne, number)
    assert (side, advisers(sanne, other), open_tasks(sanne, other)) == ("other", {"ruben"}, ["meet"])
    for part, theirs in (("sanne", other), ("ruben", number)):
        with pytest.raises(NotFound):
            case_page.show(sanne.app, sanne.actor(part), theirs, None)
    assert case_page.show(sanne.app, sanne.actor("ruben"), other, None).linked == ()
    known = dict(task_page.show(sanne.app, sanne.actor("ruben"), sanne.task(other, "meet")).facts)
    assert "next_step" not in known


def test_nobody_supports_the_accused_who_advises_in_the_case_or_in_one_that_is_linked(sanne: Player) -> None:
    number = begin(sanne)
    choose(sanne, number, "other", tick={Role.ADVISER: ("ruben",)})
    [(other, _)] = opened_out_of(sanne, number)
    with sanne.app.database.write() as tx:
        case = case_of(tx, number)
        for part in ("sanne", "ruben", "farida"):
            person = sanne.places.people[part]
            since = sanne.clock.at - timedelta(days=1)
            tx.add(Membership(user_id=person, role=Role.ACCUSED_SUPPORT, board_id=case.board_id, school_id=None, since=since))

    page = task_page.show(sanne.app, sanne.actor("ruben"), sanne.task(other, "meet"))
    offered = next(choice.people for choice in page.handlers if choice.role is Role.ACCUSED_SUPPORT)
    assert list(dict(offered).values()) == ["Farida El Amrani"]
    sanne.do("ruben", other, "meet", tick={Role.ACCUSED_SUPPORT: ("farida",)}, met="ja")
    assert open_tasks(sanne, other) == ["hear_support"]


def test_a_start_beside_another_procedure_begins_no_case(sanne: Player) -> None:
    ways = {(way.procedure_key, way.start_id) for way in cases.start_options(sanne.app, sanne.actor("sanne"))}
    assert {way for way in ways if way[0] in ("guide", "helper", "chain", "counter")} == {("guide", "start_guide")}
    for start in ("start_from_list", "start_counter"):
        with pytest.raises(NotFound):
            sanne.start("sanne", "guide" if start == "start_from_list" else "counter", start, "De Linde")


def test_a_notice_stands_on_its_advisers_list_until_it_becomes_a_complaint(sanne: Player) -> None:
    number, app = begin(sanne), sanne.app
    assert listed.mine(app, sanne.actor("sanne")) == ()
    choose(sanne, number, "list")
    [line] = listed.mine(app, sanne.actor("sanne"))
    assert (line.number, line.school, running(sanne, number)) == (number, "De Linde", [])
    assert listed.mine(app, sanne.actor("ruben")) == ()
    for part in ("joost", "ada"):
        with pytest.raises(NotFound):
            listed.mine(app, sanne.actor(part))
    for part in ("ruben", "joost", "bram"):
        with pytest.raises(NotFound):
            listed.make_complaint(app, sanne.actor(part), number)

    assert listed.make_complaint(app, sanne.actor("sanne"), number) == number
    assert listed.mine(app, sanne.actor("sanne")) == ()
    assert (running(sanne, number), open_tasks(sanne, number)) == (["guide"], ["choose_step"])
    with pytest.raises(Conflict):
        listed.make_complaint(app, sanne.actor("sanne"), number)
