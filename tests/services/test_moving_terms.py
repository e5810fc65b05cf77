"""Running cases whose open step gains or loses a term with its timers: as if it had been drawn so from the beginning."""

from datetime import timedelta

from app.demo.play import Answer, Player
from app.domain import deadlines
from app.services.moving import plans
from tests.services.committee import ADVICE_ON, history, open_steps, receive_advice, term, told
from tests.services.moved import NO_TERM, WITH_TIMERS, move, outcomes, plan, publish_version, version_of, work_on

DUE = ADVICE_ON + timedelta(weeks=3)


def measures(player: Player) -> str:
    """A case in which the board takes measures until DUE."""
    number = receive_advice(player)
    on: dict[str, Answer] = {"complainant_told_on": ADVICE_ON, "committee_told_on": ADVICE_ON}
    player.do("marijke", number, "board_response", tick=None, takes_measures="ja", measures_due_on=DUE, **on)
    return number


def test_a_running_step_gains_a_term_with_its_two_timers(player: Player) -> None:
    old = publish_version(player, *NO_TERM)
    number = measures(player)
    task = player.task(number, "measures_done")
    new = publish_version(player, *WITH_TIMERS)
    plan_id = plan(player, new, start=old)
    assert outcomes(player, plan_id, {"measures_done": number}) == {"measures_done": "ready"}
    move(player, plan_id)
    assert (version_of(player, number), player.task(number, "measures_done")) == (new, task)
    assert term(player, number, "measures_done").due_at == deadlines.due_moment(DUE)
    # It counts from the very day on which it ends, so that it is warned of on that day.
    player.until(player.on(DUE, 12))
    assert told(player, number, "term_soon") == ["kemal", "marijke"]
    player.until(player.on(DUE, 23) + timedelta(hours=2))
    assert told(player, number, "term_missed") == ["kemal", "marijke"]
    assert term(player, number, "measures_done").state == "missed"
    assert "measures_done" in open_steps(player, number)


def test_a_running_step_loses_its_timers_and_gets_them_back(player: Player) -> None:
    old = publish_version(player, *WITH_TIMERS)
    number = measures(player)
    new = publish_version(player, *NO_TERM)
    plan_id = plan(player, new, start=old)
    move(player, plan_id)
    assert [line.element_id for line in history(player, number, "term.dropped")] == ["measures_done"]
    plans.undo(player.app, player.actor("marijke"), "committee", plan_id)
    work_on(player)
    assert (version_of(player, number), term(player, number, "measures_done").state) == (old, "running")
    player.until(player.on(DUE, 12))
    assert told(player, number, "term_soon") == ["kemal", "marijke"]
    player.do("marijke", number, "measures_done", tick=None, done="ja", done_on=DUE)
    assert term(player, number, "measures_done").state == "met"
