"""Measures run as drawn: the school leader or the board, never who is involved, and never further than the complainant wants."""

import pytest

from app.domain.facts import FactValue
from app.domain.roles import Role
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, all_levels, each_of, left, never_walked


def asked_leader(**known: FactValue) -> Story:
    """The complainant asks the school leader."""
    return Story.of("measures", "start_measures", file_consent="ja", **known)


def decided(story: Story, step: str = "school_leader_measures", **answers: FactValue) -> Story:
    """Somebody who is not involved takes a measure."""
    story.do(step, conflict_of_interest="nee", **answers)
    return story


def leader_decides() -> Story:
    return decided(asked_leader(head_involved="nee"), to_board="nee", measure_kind="afspraken")


def complainant_is_not_satisfied() -> Story:
    story = decided(asked_leader(), to_board="ja")
    assert story.ready == ["agree_board_sharing"]
    story.do("agree_board_sharing", sharing_agreed="ja")
    assert story.ready == ["board_measures"]
    return decided(story, "board_measures")


def complainant_stays_away_from_the_board() -> Story:
    story = decided(asked_leader(), to_board="ja")
    story.do("agree_board_sharing", sharing_agreed="nee")
    return story


def head_is_accused() -> Story:
    story = asked_leader(head_involved="ja")
    assert story.ready == ["agree_board_sharing"]
    story.do("agree_board_sharing", sharing_agreed="ja", names_allowed="alleen_aangeklaagde")
    return decided(story, "board_measures")


def leader_turns_out_to_be_involved() -> Story:
    story = asked_leader(head_involved="nee")
    story.do("school_leader_measures", conflict_of_interest="ja")
    assert (story.marks, story.ready) == (["stepped_aside"], ["agree_board_sharing"])
    story.do("agree_board_sharing", sharing_agreed="ja")
    return decided(story, "board_measures")


def leader_is_found_to_be_involved_while_he_is_at_it() -> Story:
    story = asked_leader(head_involved="nee")
    story.send("ev_head_involved")
    assert (story.marks, story.ready) == (["left_out"], ["agree_board_sharing"])
    story.do("agree_board_sharing", sharing_agreed="ja")
    return decided(story, "board_measures")


def asked_the_board() -> Story:
    story = Story.of("measures", "start_measures_board", board_member_involved="ja")
    story.do("board_measures", conflict_of_interest="ja")
    assert (story.marks, story.ready) == (["stepped_aside"], ["board_measures"])
    return decided(story, "board_measures", handled_by="toezichthouder")


def stops_at_the_leader() -> Story:
    story = asked_leader()
    story.send("ev_leader_stops")
    return story


def stops_at_the_board() -> Story:
    story = Story.of("measures", "start_measures_board")
    story.send("ev_board_stops")
    return story


STORIES: dict[Tell, str] = {
    leader_decides: "end_leader_done",
    complainant_is_not_satisfied: "end_board_done",
    complainant_stays_away_from_the_board: "end_no_board",
    head_is_accused: "end_board_done",
    leader_turns_out_to_be_involved: "end_board_done",
    leader_is_found_to_be_involved_while_he_is_at_it: "end_board_done",
    asked_the_board: "end_board_done",
    stops_at_the_leader: "end_withdrawn",
    stops_at_the_board: "end_withdrawn_at_board",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("measures"), STORIES) == set()


def test_a_head_who_is_accused_gets_no_task_and_no_notice() -> None:
    story = head_is_accused()
    assert "school_leader_measures" not in story.passed
    assert [call.topic for call in story.calls] == ["record", "share"]


def test_the_board_hears_only_what_the_complainant_agreed_to() -> None:
    assert [call.properties["to"] for call in complainant_is_not_satisfied().calls] == ["board_file"]
    assert complainant_stays_away_from_the_board().calls == []


@pytest.mark.parametrize("step", ["school_leader_measures", "board_measures"])
def test_who_is_involved_is_asked_nothing_more(step: str) -> None:
    story = Story.of("measures", "start_measures", board_member_involved="ja")
    assert story.asks(step, conflict_of_interest="ja") == {"conflict_of_interest"}


def test_who_handles_it_for_the_board_is_asked_only_when_a_board_member_is_involved() -> None:
    for involved, asked in (("ja", True), ("nee", False)):
        story = Story.of("measures", "start_measures_board", board_member_involved=involved)
        assert ("handled_by" in story.asks("board_measures", conflict_of_interest="nee")) is asked


@pytest.mark.parametrize(("step", "period"), [("school_leader_measures", "P3W"), ("board_measures", "P4W")])
def test_a_measure_is_a_target_in_school_days_that_warns_and_tells_the_adviser(step: str, period: str) -> None:
    term = procedures()["measures"].element(step).term
    assert term is not None
    assert (term.period, term.calendar.value, term.statutory) == (period, "schooldays", False)
    assert (term.warn is not None, term.escalate, term.met_by) == (True, Role.ADVISER, ("complainant_told_on",))


def test_the_adviser_can_stop_it_at_every_moment_that_others_work_on_it() -> None:
    assert asked_leader().outcome.messages == ("ev_leader_stops", "ev_head_involved")
    assert Story.of("measures", "start_measures_board").outcome.messages == ("ev_board_stops",)
