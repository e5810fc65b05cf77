"""A handover runs as drawn: with written consent, to who wants it and stands free, and in illness as agreed beforehand."""

import pytest

from app.domain.facts import FactValue
from app.domain.roles import Role
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, all_levels, each_of, left, never_walked


def proposed(**answers: FactValue) -> Story:
    """An adviser asks a colleague, with the written consent of the complainant."""
    story = Story.of("handover", "start_handover", file_consent="ja")
    usual: dict[str, FactValue] = {"handover_reason": "wil_onafhankelijk", "handover_consent": "ja"}
    story.do("propose_handover", **(usual | answers))
    return story


def handed_over() -> Story:
    story = proposed()
    assert story.ready == ["accept_handover"]
    story.do("accept_handover", accepts="ja")
    assert story.ready == ["hand_over_file"]
    story.do("hand_over_file", handed_over="ja")
    return story


def second_colleague_accepts() -> Story:
    story = proposed()
    story.do("accept_handover", accepts="nee")
    assert (story.marks, story.ready) == (["stepped_aside"], ["choose_other_successor"])
    story.do("choose_other_successor", handover_next="andere_opvolger")
    story.do("accept_handover", accepts="ja")
    story.do("hand_over_file", handed_over="ja")
    return story


def nobody_accepts() -> Story:
    story = proposed()
    story.do("accept_handover", accepts="nee")
    story.do("choose_other_successor", handover_next="stoppen")
    return story


def no_written_consent() -> Story:
    return proposed(handover_consent="nee")


def complainant_changes_his_mind_at_the_last_moment() -> Story:
    story = proposed()
    story.do("accept_handover", accepts="ja")
    story.do("hand_over_file", handed_over="nee")
    assert story.calls == []
    return story


def complainant_wants_to_stay() -> Story:
    story = proposed()
    story.send("ev_handover_stops")
    return story


def replaced_in_illness() -> Story:
    story = Story.of("handover", "start_replacement")
    story.do("accept_replacement", accepts="ja")
    return story


def replacement_refuses() -> Story:
    story = Story.of("handover", "start_replacement")
    story.do("accept_replacement", accepts="nee")
    assert story.marks == ["stepped_aside"]
    return story


STORIES: dict[Tell, str] = {
    handed_over: "end_handed_over",
    second_colleague_accepts: "end_handed_over",
    nobody_accepts: "end_nobody",
    no_written_consent: "end_no_consent",
    complainant_changes_his_mind_at_the_last_moment: "end_stays",
    complainant_wants_to_stay: "end_stays",
    replaced_in_illness: "end_taken_over",
    replacement_refuses: "end_not_replaced",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("handover"), STORIES) == set()


def test_the_file_moves_only_after_consent_acceptance_and_the_last_word_of_the_complainant() -> None:
    assert [call.topic for call in handed_over().calls] == ["hand_over"]
    assert [call.topic for call in replaced_in_illness().calls] == ["take_over"]
    for tell in (nobody_accepts, no_written_consent, complainant_wants_to_stay, replacement_refuses):
        assert not {"hand_over", "take_over"} & {call.topic for call in tell().calls}


@pytest.mark.parametrize("step", ["accept_handover", "accept_replacement"])
def test_who_is_asked_answers_yes_or_no_and_writes_nothing(step: str) -> None:
    element = procedures()["handover"].element(step)
    assert element.lane is Role.SUCCESSOR
    assert [field.key for field in procedures()["handover"].form_of(step).fields] == ["accepts", "minutes"]


def test_consent_is_in_writing_and_has_a_day() -> None:
    story = Story.of("handover", "start_handover", file_consent="ja")
    assert "handover_consent_on" in story.asks("propose_handover", handover_consent="ja")
    assert procedures()["handover"].form_of("propose_handover").field("handover_consent_on").required


def test_handing_over_is_a_target_of_five_school_days_after_consent() -> None:
    term = procedures()["handover"].element("hand_over_file").term
    assert term is not None
    assert (term.period, term.calendar.value, term.starts_from) == ("P5D", "schooldays", "handover_consent_on")
