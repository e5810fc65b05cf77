"""A referral runs as drawn: warm, with permission, and asked after only as was agreed."""

import pytest

from app.domain.facts import FactValue
from tests.processes.story import Story, Tell, all_levels, each_of, left, never_walked, on


def referred(*, days: int | None = 14, **known: FactValue) -> Story:
    """The complainant was brought to somebody else; on this day the adviser may ask whether it helped."""
    story = Story.of("referral", "start_referral", file_consent="ja", **known)
    check = {} if days is None else {"referral_check_on": on(story, days)}
    story.do("refer_warmly", referral_permission="ja", referred_to="huisarts", **check)
    return story


def checked(**answers: FactValue) -> Story:
    story = referred()
    assert (story.ready, list(story.timers)) == ([], ["timer_referral"])
    story.wake(on=14)
    story.do("check_referral", **answers)
    return story


def it_helped() -> Story:
    return checked(referral_helped="ja", sexual_staff_minor="nee", violence_at_home="nee", acute_danger="nee")


def it_did_not_help() -> Story:
    story = checked(
        referral_helped="nee", sexual_staff_minor="mogelijk", board_involved="nee", violence_at_home="ja", acute_danger="ja"
    )
    assert (story.ready, story.marks) == (["act_on_danger", "hand_over_signals"], ["meldplicht start_adviser"])
    story.do("act_on_danger", called="112")
    story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    assert story.marks == ["meldplicht start_adviser", "meldcode start_suspicion"]
    return story


def the_board_reads_along() -> Story:
    """Who may be involved must not read of it, so the duty gets its own case; without an officer the head has the signals."""
    story = checked(
        referral_helped="ja", sexual_staff_minor="ja", board_involved="ja", violence_at_home="mogelijk", acute_danger="nee"
    )
    assert story.ready == ["hand_over_signals", "open_separate_case"]
    story.do("hand_over_signals", handed_to="schoolleiding")
    story.do("open_separate_case")
    assert story.marks == []
    return story


def nobody_knows() -> Story:
    return checked(referral_helped="onbekend")


def no_day_was_agreed() -> Story:
    return referred(days=None)


def complainant_wants_no_contact() -> Story:
    return referred(days=None, may_contact="nee")


def complainant_does_not_want_it() -> Story:
    story = Story.of("referral", "start_referral", file_consent="nee")
    story.do("refer_warmly", referral_permission="nee")
    return story


def complainant_stops() -> Story:
    story = referred()
    story.send("ev_referral_stops")
    return story


STORIES: dict[Tell, str] = {
    it_helped: "end_helped",
    it_did_not_help: "end_not_helped",
    the_board_reads_along: "end_helped",
    nobody_knows: "end_referred",
    no_day_was_agreed: "end_referred",
    complainant_wants_no_contact: "end_referred",
    complainant_does_not_want_it: "end_not_wanted",
    complainant_stops: "end_withdrawn",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("referral"), STORIES) == set()


def test_what_must_be_reported_does_not_stop_when_the_complainant_does() -> None:
    story = checked(referral_helped="ja", sexual_staff_minor="nee", violence_at_home="ja", acute_danger="ja")
    assert story.ready == ["act_on_danger", "hand_over_signals"]
    assert story.outcome.messages == ()


def test_without_permission_nothing_else_is_asked_and_nobody_is_told() -> None:
    story = Story.of("referral", "start_referral", file_consent="ja", minor="ja")
    assert story.asks("refer_warmly", referral_permission="nee") == {"referral_permission", "minutes"}


@pytest.mark.parametrize(("minor", "asked"), [("ja", True), ("nee", False), ("onbekend", False)])
def test_a_parent_is_asked_about_when_the_complainant_is_a_minor(minor: str, *, asked: bool) -> None:
    story = Story.of("referral", "start_referral", minor=minor)
    assert ("parent_involved" in story.asks("refer_warmly", referral_permission="ja")) is asked


def test_whoever_wants_no_contact_is_not_asked_for_a_day() -> None:
    story = Story.of("referral", "start_referral", may_contact="nee")
    assert "referral_check_on" not in story.asks("refer_warmly", referral_permission="ja")
