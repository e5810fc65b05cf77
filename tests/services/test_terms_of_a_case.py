"""The terms of a real case: warned of, late, extended, corrected, met by the dates entered; and told to whom the law names."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.calendars import load_calendar
from app.catalogue import load
from app.demo.play import Player
from app.domain import deadlines
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.procedure import Calendar
from app.domain.roles import FileKind
from app.services import cases, files, terms
from app.services.before_beside import before_beside
from app.services.publishing import publish
from app.services.wake import wake_due
from app.storage.tables import DeadlineChange
from tests.services.committee import (
    ADVICE_ON,
    BOARD,
    LAST_DAY,
    committee_says,
    history,
    open_steps,
    page,
    receive_advice,
    term,
    told,
    wait_for_advice,
)
from tests.world import ROOT

WARN_ON = LAST_DAY - timedelta(weeks=1)
LATER = date(2027, 1, 22)


def first_moment_after(day: date) -> datetime:
    """The moment at which something with this last day is late."""
    return deadlines.due_moment(day)


def kinds(player: Player, number: str) -> list[str]:
    """What the history tells of the board's term, in order."""
    return [line.kind for line in history(player, number) if line.element_id == "board_response" and "term." in line.kind]


def extend(player: Player, number: str, *, to: date = LATER, complainant: date, committee: date) -> None:
    """The board extends its term, having told both on these days."""
    player.beside("marijke", number, "committee_extend_term")
    told_on = {"complainant_notified_on": complainant, "committee_notified_on": committee}
    player.do("marijke", number, "extend_term", extended_to=to, tick=None, **told_on)


def correct(player: Player, number: str, day: date) -> None:
    """The board corrects the day on which the advice came."""
    raw = {"advice_received_on": f"{day:%d-%m-%Y}", "reason": "De envelop lag er al eerder."}
    terms.correct_start(player.app, player.actor("marijke"), term(player, number).id, raw)


def test_a_board_that_is_late_is_told_and_so_is_the_adviser_and_the_task_stays(player: Player) -> None:
    number = receive_advice(player)
    player.until(first_moment_after(LAST_DAY) - timedelta(seconds=1))
    assert term(player, number).state == "running"
    assert told(player, number, "term_soon") == ["kemal", "marijke"]

    player.until(first_moment_after(LAST_DAY))
    late = term(player, number)
    assert (late.state, late.overdue_at, late.settled_at) == ("missed", late.due_at, None)
    assert late.due_at == first_moment_after(LAST_DAY)
    assert told(player, number, "term_missed") == ["kemal", "marijke", "sanne"]
    assert open_steps(player, number) == {"board_response"}
    assert [line.detail for line in history(player, number, "term.escalated")] == [{"lane": "adviser"}]

    player.until(player.on(date(2027, 1, 8)))
    player.do("marijke", number, "board_response", takes_measures="nee")
    assert term(player, number).state == "missed"
    assert kinds(player, number) == ["term.started", "term.warned", "term.missed", "term.escalated"]
    shown = next(t for t in page(player, "marijke", number).terms if t.statutory)
    assert (shown.state, shown.settled_on) == ("missed", date(2027, 1, 8))


def test_an_answer_that_is_noted_late_but_was_given_in_time_meets_the_term(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(date(2027, 1, 8)))
    given = {"complainant_told_on": date(2026, 12, 22), "committee_told_on": LAST_DAY}
    player.do("marijke", number, "board_response", takes_measures="nee", tick=None, **given)
    met = term(player, number)
    assert met.state == "met"
    assert kinds(player, number)[-2:] == ["term.escalated", "term.met"]
    shown = next(t for t in page(player, "marijke", number).terms if t.statutory)
    assert (shown.state, shown.settled_on) == ("met", LAST_DAY)


def test_telling_one_of_the_two_late_misses_the_term(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(LAST_DAY + timedelta(days=1)))
    given = {"complainant_told_on": LAST_DAY, "committee_told_on": LAST_DAY + timedelta(days=1)}
    player.do("marijke", number, "board_response", takes_measures="nee", tick=None, **given)
    assert term(player, number).state == "missed"


def test_an_extension_before_the_warning_moves_warning_and_term(player: Player) -> None:
    number = receive_advice(player)
    today = date(2026, 12, 10)
    player.until(player.on(today))
    extend(player, number, complainant=today, committee=today)
    moved = term(player, number)
    assert (moved.due_at, moved.first_due_at) == (first_moment_after(LATER), first_moment_after(LAST_DAY))
    assert told(player, number, "term_extended") == ["kemal", "sanne"]

    player.until(player.on(LATER - timedelta(days=8)))
    assert kinds(player, number) == ["term.started", "term.extended"]
    player.until(player.on(LATER))
    assert told(player, number, "term_soon") == ["kemal", "marijke"]
    player.until(first_moment_after(LATER))
    assert kinds(player, number) == ["term.started", "term.extended", "term.warned", "term.missed", "term.escalated"]
    shown = next(t for t in page(player, "marijke", number).terms if t.statutory)
    assert (shown.extended_from, shown.due.last_day) == (LAST_DAY, LATER)
    assert [change[1:] for change in shown.changes] == [("extended", LAST_DAY, LATER)]


def test_an_extension_after_the_warning_warns_once_more(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(WARN_ON + timedelta(days=1)))
    assert term(player, number).warned_at is not None
    extend(player, number, complainant=WARN_ON, committee=WARN_ON)
    assert term(player, number).warned_at is None
    player.until(first_moment_after(LATER))
    assert kinds(player, number).count("term.warned") == 2
    assert kinds(player, number).count("term.missed") == 1
    assert told(player, number, "term_soon") == ["kemal", "kemal", "marijke", "marijke"]


def test_an_extension_that_was_told_in_time_may_be_noted_after_the_term(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(LAST_DAY + timedelta(days=2)))
    extend(player, number, complainant=LAST_DAY, committee=LAST_DAY)
    assert term(player, number).state == "running"
    assert kinds(player, number)[-2:] == ["term.escalated", "term.extended"]
    player.until(first_moment_after(LATER))
    assert term(player, number).state == "missed"
    assert told(player, number, "term_missed").count("sanne") == 2


def test_an_extension_is_refused_when_somebody_was_told_after_the_old_date(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(LAST_DAY + timedelta(days=2)))
    with pytest.raises(InvalidAnswers) as refused:
        extend(player, number, complainant=LAST_DAY, committee=LAST_DAY + timedelta(days=1))
    assert list(refused.value.fields) == ["committee_notified_on"]
    assert term(player, number).due_at == first_moment_after(LAST_DAY)
    assert "term.extended" not in kinds(player, number)


def test_an_extension_to_an_earlier_day_is_refused(player: Player) -> None:
    number = receive_advice(player)
    with pytest.raises(InvalidAnswers) as refused:
        extend(player, number, to=LAST_DAY, complainant=ADVICE_ON, committee=ADVICE_ON)
    assert list(refused.value.fields) == ["extended_to"]


def test_a_term_that_does_not_run_cannot_be_extended(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    shown = page(player, "marijke", number)
    assert "committee_extend_term" not in dict(shown.anytime)
    with pytest.raises(Conflict):
        cases.start_anytime(player.app, player.actor("marijke"), shown.procedure_id, "committee_extend_term")


def test_a_start_corrected_after_the_warning_moves_the_term_and_warns_again(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(WARN_ON + timedelta(days=1)))
    correct(player, number, date(2026, 12, 18))
    moved = term(player, number)
    assert moved.due_at == first_moment_after(date(2027, 1, 15))
    assert moved.warned_at is None
    assert told(player, number, "term_corrected") == ["kemal"]
    player.until(moved.due_at)
    assert kinds(player, number).count("term.warned") == 2
    assert kinds(player, number).count("term.missed") == 1


def test_a_start_corrected_after_the_term_arms_both_timers_again_and_the_history_shows_both(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(LAST_DAY + timedelta(days=3)))
    correct(player, number, date(2026, 12, 18))
    moved = term(player, number)
    assert (moved.state, moved.overdue_at, moved.escalated_at) == ("running", None, None)
    player.until(moved.due_at)
    told_of = ["term.started", "term.warned", "term.missed", "term.escalated"]
    assert kinds(player, number) == [*told_of, "term.corrected", *told_of[1:]]
    assert told(player, number, "term_missed").count("kemal") == 2
    with player.app.database.read() as tx:
        change = tx.scalars(select(DeadlineChange).where(DeadlineChange.deadline_id == moved.id)).one()
    assert (change.kind, change.old_due) == ("corrected", first_moment_after(LAST_DAY))
    reasons = files.open_file(player.app, player.actor("kemal"), number, FileKind.BOARD).entries
    assert any("De envelop lag er al eerder." in dict(entry.fields).values() for entry in reasons)


def test_a_start_corrected_to_an_earlier_day_can_make_the_term_late_at_once(player: Player) -> None:
    number = receive_advice(player)
    player.until(player.on(date(2026, 12, 10)))
    correct(player, number, date(2026, 11, 2))
    late = term(player, number)
    assert (late.state, late.overdue_at) == ("missed", first_moment_after(date(2026, 11, 30)))
    assert told(player, number, "term_missed") == ["kemal", "sanne"]
    assert told(player, number, "term_soon") == []


def test_whoever_corrects_a_start_is_shown_the_day_that_stands(player: Player) -> None:
    number = receive_advice(player)
    _, _, stands = terms.correction_form(player.app, player.actor("marijke"), term(player, number).id)
    assert stands == ADVICE_ON


def test_a_correction_must_change_something_and_name_a_reason(player: Player) -> None:
    number = receive_advice(player)
    deadline_id, board = term(player, number).id, player.actor("marijke")
    for raw in ({"advice_received_on": f"{ADVICE_ON:%d-%m-%Y}", "reason": "x"}, {"advice_received_on": "26-11-2026"}):
        with pytest.raises(InvalidAnswers):
            terms.correct_start(player.app, board, deadline_id, raw)
    with pytest.raises(Forbidden):
        terms.correct_start(player.app, player.actor("sanne"), deadline_id, {"advice_received_on": "26-11-2026", "reason": "x"})


def test_a_link_to_correct_a_start_is_shown_to_whom_it_works_for_alone(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    wait_for_advice(player, number)
    for part in ("sanne", "marijke"):
        shown = next(t for t in page(player, part, number).terms if t.state == "running")
        if shown.may_correct:
            assert terms.correction_form(player.app, player.actor(part), shown.deadline_id or player.places.people[part])
        else:
            with pytest.raises(Forbidden):
                terms.correction_form(player.app, player.actor(part), shown.deadline_id or player.places.people[part])


def test_a_target_warns_and_escalates_by_its_properties(player: Player, tmp_path: Path) -> None:
    _publish_with_escalation(player, tmp_path)
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    target = term(player, number, "handle_complaint")
    assert not target.statutory
    player.until(target.due_at - timedelta(seconds=1))
    assert told(player, number, "term_soon") == ["kemal", "marijke"]
    player.until(target.due_at)
    assert told(player, number, "term_missed") == ["kemal", "marijke"]
    assert told(player, number, "term_escalated") == ["sanne"]
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    assert term(player, number, "handle_complaint").state == "missed"


def _publish_with_escalation(player: Player, folder: Path) -> None:
    shutil.copytree(ROOT / "processes", folder / "processes")
    drawing = folder / "processes" / "committee" / "first_board.bpmn"
    warns = '<camunda:property name="deadlineWarn" value="P1W" />'
    escalates = '<camunda:property name="deadlineEscalate" value="adviser" />'
    drawing.write_text(drawing.read_text(encoding="utf-8").replace(warns, warns + escalates), encoding="utf-8")
    for procedure in load(folder / "processes", ROOT / "forms").procedures.values():
        publish(player.app, procedure)


def test_twelve_working_weeks_of_silence_let_the_adviser_ask_the_committee(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    wait_for_advice(player, number)
    config = load_calendar(ROOT / "processes" / "calendar.yml")
    last = deadlines.last_day(date(2026, 9, 7), "P60D", Calendar.WORKDAYS, config)
    player.until(first_moment_after(last))
    assert open_steps(player, number) == {"advice_received", "ask_progress"}
    asked_again = last + timedelta(days=30)
    player.do("sanne", number, "ask_progress", committee_says="loopt", next_check_on=asked_again)
    assert open_steps(player, number) == {"advice_received"}
    player.until(player.on(asked_again))
    assert open_steps(player, number) == {"advice_received", "ask_progress"}
    player.do("kemal", number, "advice_received", judgment="gegrond")
    assert open_steps(player, number) == {"board_response"}


def test_an_outage_of_three_months_tells_everything_once(player: Player) -> None:
    number = receive_advice(player)
    player.clock.at = player.on(date(2027, 3, 1))
    for _ in range(3):
        wake_due(player.app, limit=100)
    assert kinds(player, number) == ["term.started", "term.warned", "term.missed", "term.escalated"]
    assert told(player, number, "term_missed") == ["kemal", "marijke", "sanne"]
    late = term(player, number)
    assert (late.warned_at, late.overdue_at) == (late.warn_at, first_moment_after(LAST_DAY))


def test_a_late_completion_without_a_worker_is_late_all_the_same(player: Player) -> None:
    number = receive_advice(player)
    player.clock.at = player.on(date(2027, 1, 8))
    player.do("marijke", number, "board_response", takes_measures="nee")
    assert term(player, number).state == "missed"
    assert kinds(player, number) == ["term.started", "term.warned", "term.missed", "term.escalated"]
    assert told(player, number, "term_missed") == ["kemal", "sanne"]


def test_before_an_extension_is_begun_its_page_says_when_the_term_is_over(player: Player) -> None:
    number = receive_advice(player)
    procedure_id, marijke = page(player, "marijke", number).procedure_id, player.actor("marijke")
    before = before_beside(player.app, marijke, procedure_id, "committee_extend_term")
    assert (before.label, before.over) == ("Verleng de termijn", None)
    player.until(player.on(LAST_DAY + timedelta(days=2)))
    assert before_beside(player.app, marijke, procedure_id, "committee_extend_term").over == LAST_DAY
    assert open_steps(player, number) == {"board_response"}
    with pytest.raises(Forbidden):
        before_beside(player.app, player.actor("sanne"), procedure_id, "committee_extend_term")
    with pytest.raises(NotFound):
        before_beside(player.app, player.actor("wim"), procedure_id, "committee_extend_term")
    player.do("marijke", number, "board_response", takes_measures="nee")
    with pytest.raises(Conflict):
        before_beside(player.app, marijke, procedure_id, "committee_extend_term")
