"""Somebody is away: a deputy acts for him in the lanes that he ticked, on those days, and not a moment longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import local_day
from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import absences, accounts, case_page, leaving, task_page, tasks
from app.services.mailing import send_waiting
from app.services.views.absence import AbsenceQuery
from app.storage.tables import CaseHandler, Membership, Outbox, Task
from tests.services.away import do, key_of, leave, rows, sees
from tests.services.committee import BOARD, case_of, committee_says, history, page, send_letter, told


@pytest.fixture
def number(player: Player) -> str:
    """A case in which Marijke and Kemal have a task together."""
    return committee_says(player, "eerst_bestuur", tick=BOARD)


def refused(player: Player, part: str, number: str) -> bool:
    """Whether nothing of a case is somebody's: no line, no page, no task, and what he sends is refused."""
    task_id = player.task(number, "handle_complaint")
    acts = (
        lambda: page(player, part, number),
        lambda: task_page.show(player.app, player.actor(part), task_id),
        lambda: tasks.claim(player.app, player.actor(part), task_id),
        lambda: tasks.complete(player.app, player.actor(part), task_id, {"conflict_of_interest": "nee"}, {}),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    return not sees(player, part, number) and case_page.mine(player.app, player.actor(part), 1) == ([], False)


def test_a_deputy_sees_group_tasks_and_those_of_the_owner_with_for_whom(player: Player, number: str) -> None:
    assert refused(player, "els", number)
    leave(player, "marijke", "els", number)
    [row] = rows(player, "els", "group")
    assert (row.behalf, row.may_claim, rows(player, "els")) == ("Marijke de Vries", True, [])
    tasks.claim(player.app, player.actor("marijke"), row.task_id)
    [row] = rows(player, "els")
    assert (row.behalf, row.holder, row.mine) == ("Marijke de Vries", "Marijke de Vries", True)
    assert [row.behalf for row in rows(player, "marijke")] == [None]
    assert [case.number for case in case_page.mine(player.app, player.actor("els"), 1)[0]] == [number]
    assert not sees(player, "wim", number)


def test_a_group_task_is_picked_up_and_done_for_the_owner_and_everybody_can_see_by_whom(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    task_id = player.task(number, "handle_complaint")
    tasks.claim(player.app, player.actor("els"), task_id)
    shown = task_page.show(player.app, player.actor("els"), task_id)
    assert (shown.state, shown.holder, shown.behalf, shown.may_release) == ("mine", "Marijke de Vries", "Marijke de Vries", True)
    with pytest.raises(Forbidden, match="Marijke de Vries heeft deze taak al opgepakt"):
        tasks.claim(player.app, player.actor("kemal"), task_id)
    do(player, "els", task_id, conflict_of_interest="nee")
    [claimed, done] = history(player, number, "task.claimed", "task.completed")[-2:]
    assert {line.detail["on_behalf_of"] for line in (claimed, done)} == {player.places.people["marijke"].hex}
    for part in ("marijke", "els", "kemal"):
        seen = page(player, part, number)
        step = next(step for step in seen.steps if step.element_id == "handle_complaint")
        assert (step.who, step.behalf) == ("Els van Dam", "Marijke de Vries")
        line = next(line for line in seen.history if line.kind == "task.completed" and line.behalf is not None)
        assert (line.who, line.behalf) == ("Els van Dam", "Marijke de Vries")


def test_a_task_that_the_owner_picked_up_is_completed_for_him_and_never_given_away(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    els, task_id = player.actor("els"), player.task(number, "handle_complaint")
    tasks.claim(player.app, player.actor("marijke"), task_id)
    tasks.claim(player.app, els, task_id)  # his already, for her
    assert not task_page.show(player.app, els, task_id).may_release
    for act in (
        lambda: tasks.release(player.app, els, task_id),
        lambda: tasks.pass_on(player.app, els, task_id, player.places.people["kemal"]),
    ):
        with pytest.raises(Forbidden, match="blijft van wie hem oppakte"):
            act()
    assert [row.holder for row in rows(player, "kemal", "all")] == ["Marijke de Vries"]
    do(player, "els", task_id, conflict_of_interest="nee")


def test_what_a_deputy_picked_up_himself_he_may_put_back_and_it_is_the_owners_when_his_time_is_over(
    player: Player, number: str
) -> None:
    absence = leave(player, "marijke", "els", number)
    task_id = player.task(number, "handle_complaint")
    tasks.claim(player.app, player.actor("els"), task_id)
    tasks.release(player.app, player.actor("els"), task_id)
    assert [row.holder for row in rows(player, "kemal", "group")] == [None]
    tasks.claim(player.app, player.actor("els"), task_id)
    absences.end(player.app, player.actor("marijke"), absence)
    assert [row.holder for row in rows(player, "marijke")] == ["Marijke de Vries"]
    tasks.release(player.app, player.actor("marijke"), task_id)
    with player.app.database.read() as tx:
        assert tx.get_one(Task, task_id).claimed_by is None


def test_whoever_handles_the_case_too_acts_for_himself_unless_the_owner_holds_the_task(player: Player, number: str) -> None:
    leave(player, "marijke", "kemal", number)
    task_id = player.task(number, "handle_complaint")
    assert [row.behalf for row in rows(player, "kemal", "group")] == [None]
    tasks.claim(player.app, player.actor("marijke"), task_id)
    assert [row.behalf for row in rows(player, "kemal")] == ["Marijke de Vries"]
    do(player, "kemal", task_id, conflict_of_interest="nee")
    assert "on_behalf_of" in history(player, number, "task.completed")[-1].detail


def test_whoever_acts_for_two_sees_each_task_once(player: Player, number: str) -> None:
    for owner in ("marijke", "kemal"):
        leave(player, owner, "els", number)
    task_id = player.task(number, "handle_complaint")
    [row] = rows(player, "els", "group")
    tasks.claim(player.app, player.actor("els"), task_id)
    assert [(one.behalf, one.holder) for one in rows(player, "els")] == [(row.behalf, row.behalf)]
    tasks.release(player.app, player.actor("els"), task_id)
    tasks.claim(player.app, player.actor("marijke"), task_id)
    assert [row.behalf for row in rows(player, "els", "all")] == ["Marijke de Vries"]
    assert [case.number for case in case_page.mine(player.app, player.actor("els"), 1)[0]] == [number]
    do(player, "els", task_id, conflict_of_interest="nee")
    assert history(player, number, "task.completed")[-1].detail["on_behalf_of"] == player.places.people["marijke"].hex


@pytest.mark.parametrize("ends", ["marijke", "els"])
def test_revoking_and_giving_back_work_at_once(player: Player, number: str, ends: str) -> None:
    absence = leave(player, "marijke", "els", number)
    assert sees(player, "els", number)
    absences.end(player.app, player.actor(ends), absence)
    assert refused(player, "els", number)
    assert [line.kind for line in history(player, number)][-1] == "absence.ended"
    with pytest.raises(NotFound):
        absences.end(player.app, player.actor(ends), absence)


def test_nobody_else_ends_an_absence(player: Player, number: str) -> None:
    absence = leave(player, "marijke", "els", number)
    for part in ("kemal", "sanne", "ada"):
        with pytest.raises(NotFound):
            absences.end(player.app, player.actor(part), absence)
    assert sees(player, "els", number)


def test_it_counts_from_the_first_day_until_midnight_after_the_last_in_amsterdam(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number, days=(1, 2))
    start = player.clock.at
    assert refused(player, "els", number)
    midnight = start.replace(hour=22, minute=0, second=0, microsecond=0)  # 00:00 in Amsterdam, in summer
    for at, counts in (
        (midnight - timedelta(microseconds=1), False),
        (midnight, True),
        (midnight + timedelta(days=2, microseconds=-1), True),
        (midnight + timedelta(days=2), False),
    ):
        player.clock.at = at
        assert sees(player, "els", number) is counts, at
    assert refused(player, "els", number)


def test_whoever_may_be_left_something_is_asked_about_even_when_midnight_passes_in_a_request(player: Player, number: str) -> None:
    cookie = accounts.sign_in(player.app, email_of("els"), PASSWORD, "127.0.0.1").cookie

    def asked() -> bool:
        session = accounts.session(player.app, cookie)
        assert session is not None
        return session.actor.deputy

    assert not asked()
    absence = leave(player, "marijke", "els", number, days=(1, 1))
    assert asked()  # the day before already
    absences.end(player.app, player.actor("els"), absence)
    assert not asked()


def test_a_request_that_waits_until_after_midnight_is_refused(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number, days=(0, 0))
    task_id, els = player.task(number, "handle_complaint"), player.actor("els")
    last = player.clock.at.replace(hour=21, minute=59, second=59)
    moments = iter([last, last + timedelta(seconds=2)])
    object.__setattr__(player.app, "clock", lambda: next(moments))
    with pytest.raises(NotFound):
        tasks.claim(player.app, els, task_id)


def lose_role(player: Player, part: str) -> None:
    """Somebody's role ends now."""
    with player.app.database.write() as tx:
        for role in tx.scalars(select(Membership).where(Membership.user_id == player.places.people[part])):
            role.until = player.clock.at


@pytest.mark.parametrize("loses", ["els", "marijke"])
def test_without_the_role_of_either_nothing_is_left_to_the_deputy(player: Player, number: str, loses: str) -> None:
    leave(player, "marijke", "els", number)
    assert sees(player, "els", number)
    lose_role(player, loses)
    assert refused(player, "els", number)


def test_an_owner_who_steps_aside_takes_his_deputy_along(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    player.do("marijke", number, "handle_complaint", tick={Role.BOARD: ("kemal",)}, conflict_of_interest="ja")
    assert not sees(player, "els", number)
    with pytest.raises(NotFound):
        page(player, "els", number)
    assert [line.detail["user"] for line in history(player, number, "absence.ended")] == [player.places.people["els"].hex]


def test_a_deputy_who_is_involved_gives_it_back_and_does_not_step_aside_for_another(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    tasks.claim(player.app, player.actor("els"), player.task(number, "handle_complaint"))
    with pytest.raises(Forbidden, match="Geef de waarneming dan terug"):
        do(player, "els", player.task(number, "handle_complaint"), conflict_of_interest="ja")
    with player.app.database.read() as tx:
        left = select(CaseHandler.id).where(CaseHandler.case_id == case_of(tx, number).id, CaseHandler.until.is_not(None))
        assert tx.scalars(left).all() == []


def test_whoever_left_the_lane_himself_does_not_come_back_as_a_deputy(player: Player, number: str) -> None:
    leave(player, "kemal", "marijke", number)
    player.do("marijke", number, "handle_complaint", tick={Role.BOARD: ("kemal",)}, conflict_of_interest="ja")
    assert not sees(player, "marijke", number)
    with pytest.raises(NotFound):
        page(player, "marijke", number)
    with pytest.raises(InvalidAnswers, match=r".*"):
        leave(player, "kemal", "marijke", number, days=(8, 9))


def test_a_deputys_deputy_is_given_nothing(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    leave(player, "els", None)
    with pytest.raises(InvalidAnswers) as told_why:
        leave(player, "els", "wim", number)
    assert "cases" in told_why.value.fields
    own = player.start("els", "committee", "start_at_board", "De Linde")
    leave(player, "els", "wim", own)
    assert (sees(player, "wim", own), sees(player, "wim", number)) == (True, False)


def test_nothing_is_left_that_was_not_ticked(player: Player, number: str) -> None:
    other = player.start("marijke", "committee", "start_at_board", "De Linde")
    leave(player, "marijke", "els", number)
    later = player.start("marijke", "committee", "start_at_board", "De Linde")
    assert [sees(player, "els", one) for one in (number, other, later)] == [True, False, False]


def test_notices_go_to_both_and_mail_that_waits_is_not_sent_when_it_was_revoked(player: Player, number: str) -> None:
    absence = leave(player, "marijke", "els", number)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    player.do("sanne", number, "complainant_satisfied", satisfied="nee")
    both = told(player, number, "task_opened")
    assert "els" in both
    assert both.count("els") <= both.count("marijke")
    absences.end(player.app, player.actor("marijke"), absence)
    send_waiting(player.app, lambda _: None, 100)
    with player.app.database.read() as tx:
        mine = select(Outbox.state).where(Outbox.user_id == player.places.people["els"])
        assert set(tx.scalars(mine)) == {"not_needed"}


@pytest.mark.parametrize(
    ("days", "deputy", "ticked", "field"),
    [
        ((-1, 3), "els", True, "first_day"),
        ((3, 2), "els", True, "last_day"),
        ((0, 400), "els", True, "last_day"),
        ((0, 7), None, True, "deputy"),
        ((0, 7), "els", False, "cases"),
        ((0, 7), "marijke", True, "deputy"),
        ((0, 7), "joost", True, "deputy"),
        ((0, 7), "nina", True, "deputy"),
        ((0, 7), "sanne", True, "deputy"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field(
    player: Player, number: str, days: tuple[int, int], deputy: str | None, ticked: bool, field: str
) -> None:
    with pytest.raises(InvalidAnswers) as told_why:
        leave(player, "marijke", deputy, *([number] if ticked else []), days=days)
    assert list(told_why.value.fields) == [field]
    assert not sees(player, "els", number)


def test_the_same_lane_is_left_to_one_person_at_a_time(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number, days=(0, 5))
    with pytest.raises(InvalidAnswers):
        leave(player, "marijke", "wim", number, days=(5, 9))
    leave(player, "marijke", "wim", number, days=(6, 9))


def test_whoever_ticks_sees_who_is_away_and_until_when(player: Player) -> None:
    number, wim = send_letter(player), player.places.people["wim"]
    leave(player, "wim", None, days=(0, 3))
    leave(player, "els", None, days=(1, 3))
    [board] = task_page.show(player.app, player.actor("sanne"), player.task(number, "committee_answer")).handlers
    assert board.away == {wim: local_day(player.clock.at) + timedelta(days=3)}
    own = player.start("marijke", "committee", "start_at_board", "De Linde")
    assert list(leaving.page(player.app, player.actor("marijke"), AbsenceQuery()).away) == [wim], own


def test_the_page_offers_ones_own_lanes_and_says_to_whom_they_were_left(player: Player, number: str) -> None:
    els = player.places.people["els"]
    shown = leaving.page(player.app, player.actor("marijke"), AbsenceQuery(els, everything=True))
    assert [(case.number, case.refused, case.left_to) for case in shown.cases] == [(number, None, None)]
    assert shown.ticked == {key_of(player, number)}
    assert {name for _, name in shown.deputies} == {"Els van Dam", "Kemal Aydin", "Wim Jansen"}
    leave(player, "marijke", "els", number, days=(1, 3))
    [line] = leaving.page(player.app, player.actor("marijke"), AbsenceQuery(els)).lines
    assert (line.mine, line.deputy, line.lanes) == (True, "Els van Dam", ((number, Role.BOARD),))
    [line] = leaving.page(player.app, player.actor("els"), AbsenceQuery()).lines
    assert (line.mine, line.owner, line.lanes) == (False, "Marijke de Vries", ())  # which case it is, he hears on the day
    assert leaving.page(player.app, player.actor("marijke"), AbsenceQuery(els, role=Role.ADVISER)).cases == ()
