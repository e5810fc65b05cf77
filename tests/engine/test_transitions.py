"""What a transition does: starts, tasks, gateways, calls, messages, ends."""

import pytest

from app.engine.run import MessageNotExpected, TaskNotReady, UnknownStart
from tests.engine.play import MONDAY, Play, procedure


def whole() -> Play:
    return Play(procedure("whole"))


def in_phase() -> Play:
    play = whole()
    play.start("letter")
    play.complete("intake")
    return play


@pytest.mark.parametrize("start_id", ["letter", "request"])
def test_only_the_named_start_fires(start_id: str) -> None:
    play = whole()
    outcome = play.start(start_id)
    assert play.just_passed == [start_id]
    assert play.ready == ["intake"]
    assert outcome.messages == ()


def test_a_start_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownStart):
        whole().start("intake")


def test_an_anytime_process_runs_on_its_own() -> None:
    play = Play(procedure("beside", anytime="record_talk"))
    play.start("talk_begin")
    assert play.ready == ["record"]
    assert play.complete("record").ended == "talk_end"


def test_passed_names_drawn_elements_in_order_with_the_submitted_task_first() -> None:
    play = in_phase()
    assert play.just_passed == ["intake", "split", "phase_start", "phase_again"]
    assert {step.at for step in play.outcome.passed} == {MONDAY}


def test_a_parallel_join_waits_for_both_branches() -> None:
    play = in_phase()
    play.complete("beside")
    assert play.ready == ["talk"]
    play.send("withdraw")
    play.complete("withdrawn")
    assert play.just_passed == ["withdrawn", "phase_over", "join", "decide_again"]
    assert play.ready == ["decide"]


def at_decide() -> Play:
    play = in_phase()
    play.complete("beside")
    play.send("withdraw")
    play.complete("withdrawn")
    return play


@pytest.mark.parametrize(("answer", "end"), [("no", "refused"), ("yes", "ready")])
def test_a_gateway_follows_its_condition_or_else_its_default(answer: str, end: str) -> None:
    play = at_decide()
    outcome = play.complete("decide", answer=answer)
    assert outcome.ended == end
    assert not outcome.ready
    assert not outcome.timers
    assert not outcome.messages


def test_a_loop_opens_the_task_again_under_a_new_id() -> None:
    play = at_decide()
    first = play.task_id("decide")
    play.complete("decide", answer="again")
    assert play.ready == ["decide"]
    assert play.task_id("decide") != first


def test_a_task_completes_once() -> None:
    play = in_phase()
    done = play.task_id("beside")
    play.complete("beside")
    with pytest.raises(TaskNotReady):
        play.runner.complete(play.procedure, play.outcome.state, done, play.situation)


def test_an_unknown_task_is_not_ready() -> None:
    play = in_phase()
    with pytest.raises(TaskNotReady):
        play.runner.complete(play.procedure, play.outcome.state, "no-such-task", play.situation)


def test_a_withdrawal_cancels_inner_tasks_and_nested_calls() -> None:
    play = in_phase()
    play.complete("talk")
    assert play.ready == ["agree", "beside"]
    play.send("withdraw")
    assert play.ready == ["beside", "withdrawn"]
    assert play.timers == {"beside_due": None}
    assert play.just_passed == ["withdraw"]
    assert "agree" not in play.outcome.state


def test_a_message_that_nobody_waits_for_is_refused() -> None:
    play = in_phase()
    play.send("withdraw")
    with pytest.raises(MessageNotExpected):
        play.send("withdraw")


def test_a_message_start_is_no_longer_expected_after_another_start() -> None:
    play = in_phase()
    with pytest.raises(MessageNotExpected):
        play.send("request")


def test_a_terminate_end_in_a_call_ends_only_that_call() -> None:
    play = in_phase()
    play.facts["answer"] = "no"
    play.complete("talk")
    play.complete("agree", follow_up_on=MONDAY)
    assert play.just_passed[-4:] == ["talked", "phase_stop", "phase", "phase_over"]
    assert play.ready == ["beside"]
    assert play.outcome.ended is None


def test_a_terminate_end_cancels_what_is_open_beside_it() -> None:
    play = Play(procedure("beside"))
    play.start("begin")
    assert play.ready == ["one", "two"]
    outcome = play.complete("one")
    assert outcome.ended == "all_over"
    assert outcome.ready == ()


def test_a_procedure_with_an_open_branch_has_not_ended() -> None:
    play = Play(procedure("beside"))
    play.start("begin")
    assert play.complete("two").ended is None
    assert play.complete("one").ended == "all_over"


def test_a_service_task_is_collected_with_its_topic_and_properties() -> None:
    play = whole()
    play.term("intake", due=2)
    play.start("letter")
    call = play.wake(on=2).calls[0]
    assert (call.element_id, call.topic, call.properties) == ("escalate", "notify", {"to": "board"})


def test_two_loops_run_beside_each_other_until_a_terminate_end_closes_both() -> None:
    play = Play(procedure("guidance"))
    play.start("begin")
    for _ in range(10):
        assert play.outcome.messages == ("step_done",)
        play.complete("choose_step", step="gesprek")
        play.send("step_done")
        assert play.ready == ["choose_step", "how_is_it_now"]
        with pytest.raises(MessageNotExpected):
            play.send("step_done")
        play.complete("how_is_it_now")
    assert play.complete("choose_step", step="klaar").ended == "over"
    assert play.passed.count("step_done") == 10
    assert not play.outcome.messages
