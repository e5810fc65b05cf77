"""Parents of a minor are talked about beside the help: objection and safety first, and a decision that is not the adviser's."""

import pytest

from app.domain.facts import FactValue
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, all_levels, each_of, left, never_walked, on

NOTHING: dict[str, FactValue] = {"sexual_staff_minor": "nee", "violence_at_home": "nee", "acute_danger": "nee"}
SAFE: dict[str, FactValue] = {
    "minor": "ja",
    "pupil_agrees": "ja",
    "safe_to_inform": "ja",
    "parent_is_party": "nee",
    "head_involved": "nee",
}


def talked(**answers: FactValue) -> Story:
    """The adviser talked with the pupil."""
    story = Story.of("parents", "start_parents", file_consent="ja", minor="ja")
    return talk(story, **answers)


def talk(story: Story, **answers: FactValue) -> Story:
    story.do("talk_about_parents", **(NOTHING | SAFE | answers))
    return story


def know(story: Story, **answers: FactValue) -> Story:
    """The parents were told."""
    story.do("involve_parents", **(NOTHING | {"parents_informed": "ja"} | answers))
    return story


def parents_are_told() -> Story:
    story = talked(pupil_agrees="onder_voorwaarden")
    assert story.ready == ["involve_parents"]
    return know(story, complainant_is_now="ouder")


def parents_cannot_be_reached_at_once() -> Story:
    story = know(talked(), parents_informed="nog_niet", parents_next_on=on(talked(), 7))
    assert (story.ready, set(story.timers)) == ([], {"timer_try_again"})
    story.wake(on=7)
    return know(story)


def pupil_objects_and_the_head_lets_them_be_told() -> Story:
    story = talked(pupil_agrees="nee")
    assert story.ready == ["decide_not_informing"]
    story.do("decide_not_informing", conflict_of_interest="nee", parents_decision="wel_informeren")
    return know(story)


def pupil_objects_until_eighteen() -> Story:
    story = talked(pupil_agrees="nee", head_involved="ja")
    assert story.ready == ["board_decide_not_informing"]
    story.do(
        "board_decide_not_informing", conflict_of_interest="nee", parents_decision="niet_informeren", review_on=on(story, 30)
    )
    assert (story.ready, set(story.timers)) == ([], {"timer_review"})
    story.wake(on=30)
    story.do("talk_about_parents", **(NOTHING | {"minor": "nee"}))
    return story


def everybody_who_is_involved_leaves_it_to_another() -> Story:
    story = talked(parent_is_party="ja")
    assert story.asks("decide_not_informing", conflict_of_interest="ja") == {"conflict_of_interest"}
    story.do("decide_not_informing", conflict_of_interest="ja")
    story.do("board_decide_not_informing", conflict_of_interest="ja")
    assert story.ready == ["board_decide_not_informing"]
    assert story.marks == ["stepped_aside", "stepped_aside"]
    story.do("board_decide_not_informing", conflict_of_interest="nee", parents_decision="wel_informeren")
    return know(story)


def head_is_found_to_be_involved_while_he_decides() -> Story:
    story = talked(pupil_agrees="nee")
    story.send("ev_head_involved")
    assert (story.marks, story.ready) == (["left_out"], ["board_decide_not_informing"])
    story.do("board_decide_not_informing", conflict_of_interest="nee", parents_decision="wel_informeren")
    return know(story)


def pupil_takes_his_yes_back() -> Story:
    story = know(talked(), parents_informed="besluit_gevraagd")
    assert story.ready == ["talk_about_parents"]
    return know(talk(story))


def home_turns_out_to_be_unsafe() -> Story:
    story = talked(safe_to_inform="nee", violence_at_home="ja", sexual_staff_minor="mogelijk", acute_danger="ja")
    assert story.ready == ["act_on_danger", "hand_over_signals"]
    story.do("act_on_danger")
    story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    assert story.marks == ["meldplicht start_adviser", "meldcode start_suspicion"]
    story.do("decide_not_informing", conflict_of_interest="nee", parents_decision="later_beslissen", review_on=on(story, 5))
    story.send("ev_help_stopped")
    return story


def signals_go_to_the_head() -> Story:
    story = talked(violence_at_home="mogelijk")
    story.do("hand_over_signals", handed_to="schoolleiding")
    return know(story)


STORIES: dict[Tell, str] = {
    parents_are_told: "end_parents_informed",
    parents_cannot_be_reached_at_once: "end_parents_informed",
    pupil_objects_and_the_head_lets_them_be_told: "end_parents_informed",
    pupil_objects_until_eighteen: "end_of_age",
    everybody_who_is_involved_leaves_it_to_another: "end_parents_informed",
    head_is_found_to_be_involved_while_he_decides: "end_parents_informed",
    pupil_takes_his_yes_back: "end_parents_informed",
    home_turns_out_to_be_unsafe: "end_help_stopped",
    signals_go_to_the_head: "end_parents_informed",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("parents"), STORIES) == set()


@pytest.mark.parametrize(
    "answers", [{"pupil_agrees": "nee"}, {"safe_to_inform": "nee"}, {"safe_to_inform": "twijfel"}, {"parent_is_party": "ja"}]
)
def test_whoever_objects_or_doubts_is_heard_before_any_parent_knows(answers: dict[str, FactValue]) -> None:
    assert talked(**answers).ready == ["decide_not_informing"]


def test_a_board_that_decides_already_is_not_asked_again() -> None:
    assert "ev_head_involved" in talked(pupil_agrees="nee").outcome.messages
    assert "ev_head_involved" not in talked(pupil_agrees="nee", head_involved="ja").outcome.messages


def test_who_decides_gets_a_criterion_and_no_story() -> None:
    procedure = procedures()["parents"]
    for step, file in (("decide_not_informing", "leader_file"), ("board_decide_not_informing", "board_file")):
        texts = [question for question in procedure.form_of(step).fields if question.sealed]
        assert [question.file for question in texts] == [file]
    told = {question.key: question for question in procedure.form_of("talk_about_parents").fields if not question.sealed}
    assert {key for key, question in told.items() if question.audience == "case"} == {"criterion", "advice_asked"}


def test_the_decision_has_two_school_days_and_the_adviser_hears_when_it_is_late() -> None:
    for step in ("decide_not_informing", "board_decide_not_informing"):
        term = procedures()["parents"].element(step).term
        assert term is not None
        assert (term.period, term.calendar.value, term.escalate) == ("P2D", "schooldays", "adviser")


def test_an_answer_that_is_put_off_is_asked_again_on_the_day_agreed() -> None:
    story = talked(pupil_agrees="nee")
    story.do("decide_not_informing", conflict_of_interest="nee", parents_decision="later_beslissen", review_on=on(story, 10))
    story.wake(on=9)
    assert story.ready == []
    story.wake(on=10)
    assert story.ready == ["talk_about_parents"]
