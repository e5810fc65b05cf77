"""Running cases whose open step gains or loses a term with its timers: as if it had been drawn so from the beginning."""

import json
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.clock import local_day
from app.demo.play import Answer, Player
from app.domain import deadlines
from app.services.moving import plans
from app.storage.tables import MovedProcedure
from tests.services.committee import ADVICE_ON, history, open_steps, receive_advice, term, told
from tests.services.moved import (
    NO_TERM,
    RESPONSE,
    SIX_WEEKS,
    WITH_TIMERS,
    move,
    outcomes,
    plan,
    publish_version,
    version_of,
    work_on,
)
from tests.services.test_board_terms import STEP, asked, put

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


def said(player: Player, plan_id: UUID) -> list[tuple[str, str]]:
    """What a plan says that changes, and for which step."""
    with player.app.database.read() as tx:
        found = tx.scalars(select(MovedProcedure.changes).where(MovedProcedure.plan_id == plan_id)).all()
    return [(change["kind"], change["element"]) for changes in found for change in json.loads(changes)]


def test_a_term_whose_rule_stayed_is_not_computed_anew(player: Player) -> None:
    player.writes = True
    number = asked(player)
    due = term(player, number, STEP).due_at
    off = local_day(player.clock.at) + timedelta(days=2)
    player.clock.at += timedelta(minutes=1)
    put(player, f"day_off:{off}", f'{{"first": "{off}", "last": "{off}", "name": "Studiedag"}}', local_day(player.clock.at))
    plan_id = plan(player, publish_version(player, *SIX_WEEKS), terms="recompute")
    assert said(player, plan_id) == []
    move(player, plan_id)
    assert (version_of(player, number), term(player, number, STEP).due_at) == (2, due)


def test_a_rule_that_changes_and_a_day_that_stays_are_said(player: Player) -> None:
    receive_advice(player)
    met_by = (RESPONSE, 'value="complainant_told_on,committee_told_on"', 'value="complainant_told_on"')
    plan_id = plan(player, publish_version(player, met_by), terms="recompute")
    assert said(player, plan_id) == [("term_kept", "board_response")]


def test_what_cannot_be_put_back_by_a_mistake_is_told_as_moved(player: Player) -> None:
    number = receive_advice(player)
    plan_id = plan(player, publish_version(player, *SIX_WEEKS))
    move(player, plan_id)
    with player.app.database.write() as tx:
        tx.execute(update(MovedProcedure).values(snapshot="broken"))
    plans.undo(player.app, player.actor("marijke"), "committee", plan_id)
    work_on(player)
    with player.app.database.read() as tx:
        item = tx.scalars(select(MovedProcedure)).one()
    assert (item.outcome, item.code, version_of(player, number)) == ("changed", "failed", 2)
    assert said(player, plan_id) == [("term_kept", "board_response")]
