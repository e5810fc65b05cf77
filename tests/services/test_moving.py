"""Running cases that go on under another version: what a plan says is what happens, and no term loses a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.demo.play import Answer, Player
from app.domain import deadlines
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.services import task_page, tasks
from app.services.moving import plans
from app.services.moving.going import go_on
from app.storage.tables import DeadlineChange, Event, MovedProcedure, Outbox
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
)
from tests.services.moved import (
    NO_TERM,
    SIX_WEEKS,
    five_cases,
    move,
    outcomes,
    plan,
    publish_version,
    version_of,
    work_on,
)

SIX_WEEKS_ON = date(2027, 1, 8)
WEEK = timedelta(weeks=1)
FORMAL = "committee/formal.bpmn"
#: The step `submit_defence` under another name, with the form that it had.
DEFENCE = (
    (FORMAL, 'id="submit_defence"', 'id="send_defence"'),
    (FORMAL, ">submit_defence<", ">send_defence<"),
    (FORMAL, 'Ref="submit_defence" targetRef', 'Ref="send_defence" targetRef'),
    (FORMAL, 'targetRef="submit_defence"', 'targetRef="send_defence"'),
    (FORMAL, 'bpmnElement="submit_defence"', 'bpmnElement="send_defence"'),
)
STEPS = {"file_consent", "committee_answer", "submit_defence", "measures_done", "board_response"}


def rows(player: Player) -> tuple[int, int]:
    """How much the histories and the outbox hold."""
    with player.app.database.read() as tx:
        return len(tx.scalars(select(Event.seq)).all()), len(tx.scalars(select(Outbox.id)).all())


def test_what_was_tried_is_what_happens_and_terms_keep_their_day(player: Player) -> None:
    numbers = five_cases(player)
    version, before = publish_version(player, *SIX_WEEKS), rows(player)
    plan_id = plan(player, version)
    assert outcomes(player, plan_id, numbers) == dict.fromkeys(STEPS, "ready")
    assert rows(player) == before
    assert {version_of(player, number) for number in numbers.values()} == {1}
    with player.app.database.read() as tx:
        kept = [(item.number, item.stands_at, item.changes) for item in tx.scalars(select(MovedProcedure))]
    assert sorted(number for number, _, _ in kept) == [1, 2, 3, 4, 5]
    assert not any(number in str(kept) for number in [*numbers.values(), "2026", "2027"])
    move(player, plan_id)
    assert outcomes(player, plan_id, numbers) == dict.fromkeys(STEPS, "moved")
    assert {version_of(player, number) for number in numbers.values()} == {version}
    assert {step: open_steps(player, number) >= {step} for step, number in numbers.items()} == dict.fromkeys(STEPS, True)
    late = numbers["board_response"]
    assert term(player, late).due_at == deadlines.due_moment(LAST_DAY)
    assert [str(line.detail["version"]) for line in history(player, late, "procedure.moved")] == [str(version)]
    player.until(player.on(LAST_DAY - WEEK, 0) + timedelta(minutes=1))
    assert (term(player, late).warned_at, told(player, late, "term_soon")) == (
        player.on(LAST_DAY - WEEK, 0),
        ["kemal", "marijke"],
    )
    day: dict[str, Answer] = {"complainant_told_on": LAST_DAY - WEEK, "committee_told_on": LAST_DAY - WEEK}
    player.do("marijke", late, "board_response", tick=None, takes_measures="nee", **day)
    assert (term(player, late).state, "tell_staff" in open_steps(player, late)) == ("met", True)


def test_terms_that_are_computed_anew_move_with_their_timers_and_are_told(player: Player) -> None:
    number = receive_advice(player)
    plan_id = plan(player, publish_version(player, *SIX_WEEKS), terms="recompute")
    move(player, plan_id)
    due = deadlines.due_moment(SIX_WEEKS_ON)
    assert (term(player, number).due_at, told(player, number, "term_recomputed")) == (due, ["kemal", "marijke"])
    (recomputed,) = history(player, number, "term.recomputed")
    assert recomputed.detail["last_day"] == "2027-01-08"
    assert [(kind, new) for _, kind, _, new in page(player, "marijke", number).terms[0].changes] == [("recomputed", SIX_WEEKS_ON)]
    player.until(player.on(LAST_DAY, 12))
    assert (term(player, number).warned_at, told(player, number, "term_soon")) == (None, [])
    player.until(player.on(SIX_WEEKS_ON - WEEK, 12))
    assert told(player, number, "term_soon") == ["kemal", "marijke"]
    player.until(due)
    assert (term(player, number).state, told(player, number, "term_missed")) == ("missed", ["kemal", "marijke", "sanne"])


def test_undoing_puts_back_what_did_not_go_on(player: Player) -> None:
    numbers = {
        "board_response": receive_advice(player),
        "file_consent": player.start("sanne", "committee", "start_with_adviser", "De Linde"),
    }
    plan_id = plan(player, publish_version(player, *SIX_WEEKS), terms="recompute")
    move(player, plan_id)
    player.do("sanne", numbers["file_consent"], "file_consent", file_consent="ja")
    plans.undo(player.app, player.actor("marijke"), "committee", plan_id)
    work_on(player)
    assert outcomes(player, plan_id, numbers) == {"board_response": "undone", "file_consent": "changed_since"}
    assert (version_of(player, numbers["board_response"]), version_of(player, numbers["file_consent"])) == (1, 2)
    number = numbers["board_response"]
    assert term(player, number).due_at == deadlines.due_moment(LAST_DAY)
    assert told(player, number, "term_recomputed") == ["kemal", "kemal", "marijke", "marijke"]
    with player.app.database.read() as tx:
        kinds = tx.scalars(select(DeadlineChange.kind).where(DeadlineChange.deadline_id == term(player, number).id)).all()
    assert kinds == ["recomputed", "recomputed"]
    player.until(player.on(LAST_DAY - WEEK, 12))
    assert told(player, number, "term_soon") == ["kemal", "marijke"]


def test_a_term_that_the_new_version_lacks_falls_away_and_comes_back_with_the_old_one(player: Player) -> None:
    number = receive_advice(player)
    told_on: dict[str, Answer] = {"complainant_told_on": ADVICE_ON, "committee_told_on": ADVICE_ON}
    due = LAST_DAY + WEEK
    player.do("marijke", number, "board_response", tick=None, takes_measures="ja", measures_due_on=due, **told_on)
    version = publish_version(player, *NO_TERM)
    move(player, plan(player, version))
    assert [line.element_id for line in history(player, number, "term.dropped")] == ["measures_done"]
    active = next(step for step in page(player, "marijke", number).steps if step.state == "active")
    shown = task_page.show(player.app, player.actor("marijke"), player.task(number, "measures_done"))
    assert (active.due, shown.term) == (None, None)
    move(player, plan(player, 1, start=version))
    assert (version_of(player, number), term(player, number, "measures_done").due_at) == (1, deadlines.due_moment(due))
    player.until(player.on(due, 12))
    player.do("marijke", number, "measures_done", tick=None, done="ja", done_on=due)
    assert term(player, number, "measures_done").state == "met"


def test_what_runs_beside_a_procedure_moves_with_its_version(player: Player) -> None:
    number = receive_advice(player)
    player.beside("marijke", number, "committee_extend_term")
    plan_id = plan(player, publish_version(player, *SIX_WEEKS))
    move(player, plan_id)
    with player.app.database.read() as tx:
        found = tx.scalars(select(MovedProcedure.outcome).where(MovedProcedure.plan_id == plan_id)).all()
    assert found == ["moved", "moved"]
    heard: dict[str, Answer] = {"complainant_notified_on": ADVICE_ON, "committee_notified_on": ADVICE_ON}
    player.do("marijke", number, "extend_term", tick=None, extended_to=SIX_WEEKS_ON, **heard)
    assert term(player, number).due_at == deadlines.due_moment(SIX_WEEKS_ON)


def test_a_draft_goes_along_and_what_the_form_asks_no_more_is_left_out(player: Player) -> None:
    number = receive_advice(player)
    actor, task_id = player.actor("marijke"), player.task(number, "board_response")
    tasks.claim(player.app, actor, task_id)
    tasks.save_draft(player.app, actor, task_id, {"reasoned_decision": "Concept.", "response_letters": "Brief."})
    form = (player.app.settings.forms / "committee" / "board_response.form").read_text(encoding="utf-8")
    changed = form.replace('"response_letters"', '"answer_letters"').encode()
    plan_id = plan(player, publish_version(player, *SIX_WEEKS, forms={"forms/board_response.form": changed}))
    move(player, plan_id)
    shown = task_page.show(player.app, actor, task_id)
    assert (shown.values["reasoned_decision"], "response_letters" in shown.values) == ("Concept.", False)
    assert {"answer_letters", "reasoned_decision"} <= {field.key for field in shown.form.fields}
    assert told(player, number, "procedure_changed") == ["kemal", "marijke"]


def test_a_case_that_cannot_move_stays_until_its_step_is_given_a_place(player: Player) -> None:
    numbers = {"submit_defence": committee_says(player, "formeel", tick=BOARD)}
    numbers["file_consent"] = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    version = publish_version(player, *DEFENCE)
    plan_id = plan(player, version)
    move(player, plan_id)
    assert outcomes(player, plan_id, numbers) == {"submit_defence": "element_gone", "file_consent": "moved"}
    number = numbers["submit_defence"]
    assert (version_of(player, number), open_steps(player, number) >= {"submit_defence"}) == (1, True)
    again = plan(player, version, mapping={"map_submit_defence": "send_defence"})
    move(player, again)
    assert version_of(player, number) == version
    player.do("marijke", number, "send_defence", defence_due_on=date(2026, 10, 1))
    assert "hearing" in open_steps(player, number)


def test_what_was_done_before_is_still_told_as_it_was_then(player: Player) -> None:
    number = receive_advice(player)
    done = next(step for step in page(player, "marijke", number).steps if step.element_id == "submit_defence")
    lines = [line for line in page(player, "marijke", number).history if line.step == done.label]
    move(player, plan(player, publish_version(player, *DEFENCE)))
    after = page(player, "marijke", number)
    assert done in after.steps
    assert [line for line in after.history if line.step == done.label] == lines
    assert not any(line.step is None and line.kind.startswith("task.") for line in page(player, "sanne", number).history)


def test_a_plan_stops_between_two_procedures_and_goes_on_where_it_was(player: Player) -> None:
    numbers = [player.start("sanne", "committee", "start_with_adviser", "De Linde") for _ in range(5)]
    plan_id = plan(player, publish_version(player, *SIX_WEEKS))
    board = player.actor("marijke")
    plans.start(player.app, board, "committee", plan_id)
    assert go_on(player.app, 2) == 2
    plans.stop(player.app, player.actor("piet"), "committee", plan_id)
    assert go_on(player.app, 2) == 0
    assert sorted(version_of(player, number) for number in numbers) == [1, 1, 1, 2, 2]
    with pytest.raises(Forbidden):
        plans.resume(player.app, player.actor("piet"), "committee", plan_id)
    plans.resume(player.app, board, "committee", plan_id)
    work_on(player)
    assert {version_of(player, number) for number in numbers} == {2}
    with pytest.raises(Conflict):
        plans.resume(player.app, board, "committee", plan_id)


def test_who_draws_plans_and_a_second_person_of_his_board_moves(player: Player) -> None:
    version = publish_version(player, *SIX_WEEKS)
    plan_id = plan(player, version)
    for part, refusal in (("piet", Forbidden), ("nina", Forbidden), ("sanne", NotFound), ("ada", NotFound)):
        with pytest.raises(refusal):
            plans.start(player.app, player.actor(part), "committee", plan_id)
    own = plan(player, version, by="marijke")
    with pytest.raises(Forbidden):
        plans.start(player.app, player.actor("marijke"), "committee", own)
    plans.start(player.app, player.actor("kemal"), "committee", own)
    with pytest.raises(NotFound):
        plans.start(player.app, player.actor("marijke"), "meldplicht", plan_id)


WRONG = (
    ({"to": "1"}, "to"),
    ({"to": "9"}, "to"),
    ({"terms": "forget"}, "terms"),
    ({"why": " "}, "why"),
    ({"map_submit_defence": "hearing"}, "map_submit_defence"),
)


def test_a_plan_that_cannot_be_says_what_is_wrong(player: Player) -> None:
    version = publish_version(player, *DEFENCE)
    for wrong, field in WRONG:
        raw = {"from": "1", "to": str(version), "terms": "keep", "why": "Omdat.", **wrong}
        with pytest.raises(InvalidAnswers) as refused:
            plans.make(player.app, player.actor("piet"), "committee", raw)
        assert set(refused.value.fields) == {field}
