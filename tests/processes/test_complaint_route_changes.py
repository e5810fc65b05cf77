"""What changes on the way in the complaint route: silence, another area, consent, danger again; each as drawn, to an end."""

import pytest

from app.domain.facts import FactValue
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, each_of, left, never_walked, on
from tests.processes.test_complaint_route_guidance import SAFE, STOPS, choose, guided, wrap_up

LEVELS = ("complaint_route_silent_check", "complaint_route_other_area", "complaint_route_consent")
HERE: dict[str, FactValue] = {
    "both_at_school": "ja",
    "about_school_or_teaching": "ja",
    "committee_would_take": "ja",
    "area": "ongewenst_gedrag",
    "head_involved": "nee",
    "possible_offence": "nee",
}


def silent(**known: FactValue) -> Story:
    """The adviser looks at a case in which nothing was heard for long."""
    return Story.of("complaint_route", "start_silent_check", **known)


def waits_and_closes() -> Story:
    story = silent()
    story.do("silent_check", school_safety="voldoende", silent_decision="wachten", wait_until=on(story, 14))
    assert (story.calls, list(story.timers)) == ([], ["timer_silent"])
    story.wake(on=14)
    story.do("silent_check", school_safety="voldoende", silent_decision="afronden")
    assert [(call.topic, call.properties["procedure"], call.properties["message"]) for call in story.calls] == [
        ("send_message", "complaint_route", "withdrawn")
    ]
    return story


def gives_a_signal_first() -> Story:
    story = silent()
    story.do("silent_check", school_safety="signaal_nodig", silent_decision="wachten", wait_until=on(story, 14))
    assert [call.properties.get("own_case") for call in story.calls] == ["same"]
    story.wake(on=14)
    story.do("silent_check", school_safety="signaal_gegeven", silent_decision="afronden")
    assert [call.topic for call in story.calls] == ["start_procedure", "send_message"]
    return story


def changed(**answers: FactValue) -> Story:
    """The complaint turns out to be another one."""
    story = Story.of("complaint_route", "start_other_area", file_consent="ja")
    story.do("other_area", **(HERE | SAFE | {"sexual_staff_minor": "nee", "violence_at_home": "nee"} | answers))
    return story


def stays_with_the_adviser() -> Story:
    story = changed()
    assert story.calls == []
    return story


def belongs_elsewhere() -> Story:
    story = changed(area="onderwijskundig")
    assert story.marks == ["referral start_referral"]
    return story


def head_is_involved_and_it_may_be_an_offence() -> Story:
    story = changed(head_involved="ja", possible_offence="ja")
    assert story.marks == ["left_out", "measures", "parents", "meldcode", "mediation"]
    assert [call.properties.get("message") for call in story.calls] == [None, *["head_involved"] * 3, "withdrawn"]
    return story


def must_be_reported() -> Story:
    story = changed(sexual_staff_minor="mogelijk", violence_at_home="ja", acute_danger="ja", committee_would_take="nee")
    assert story.marks == ["meldplicht start_adviser", "meldcode start_suspicion", "referral start_referral"]
    return story


def consent_is_given_later() -> Story:
    story = Story.of("complaint_route", "start_consent")
    story.do("change_consent", file_consent="ja", replacement_consent="ja")
    return story


def consent_is_withdrawn() -> Story:
    story = Story.of("complaint_route", "start_consent", file_consent="ja")
    story.do("change_consent", file_consent="nee", may_contact="nee")
    return story


STORIES: dict[Tell, str] = {
    waits_and_closes: "end_no_contact",
    gives_a_signal_first: "end_no_contact",
    stays_with_the_adviser: "end_area_changed",
    belongs_elsewhere: "end_area_changed",
    head_is_involved_and_it_may_be_an_offence: "end_area_changed",
    must_be_reported: "end_area_changed",
    consent_is_given_later: "end_replacement_named",
    consent_is_withdrawn: "end_consent_noted",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    processes = procedures()["complaint_route"].processes
    assert never_walked([processes[name] for name in LEVELS], STORIES) == set()


def test_what_was_asked_of_the_area_is_asked_again_and_handed_back() -> None:
    procedure = procedures()["complaint_route"]
    beside = procedure.processes["complaint_route_other_area"]
    first = {question.key for question in procedure.form_of("scope").fields if not question.sealed}
    again = {question.key for question in procedure.form_of("other_area").fields if not question.sealed}
    duty = {"sexual_staff_minor", "violence_at_home", "acute_danger", "minutes"}
    assert again - first == {"changed_on", "called", "called_on"}
    assert set(beside.outputs) == first - duty
    assert set(beside.inputs) == {*beside.outputs, "file_consent"}


@pytest.mark.parametrize("reason", ["te_zwaar", "geen_contact_meer"])
def test_who_is_silent_is_not_said_to_have_said_anything(reason: str) -> None:
    story = choose(guided(), "stoppen")
    asked = story.asks("record_withdrawal", stop_reason=reason)
    said, silence = {"withdrawn_on", "withdrawal_report", "stop_committee"}, {"silent_since", "silence_report"}
    assert asked & (said | silence) == (silence if reason == "geen_contact_meer" else said)


def test_danger_that_was_over_and_came_back_comes_before_closing() -> None:
    story = choose(guided(), "vervolggesprek")
    story.do("talk_again", acute_danger="ja")
    story.do("act_on_danger", acute_danger="nee")
    choose(story, "vervolggesprek")
    story.do("talk_again", acute_danger="ja")
    story.send("ev_withdrawn")
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "loopt_niet"))
    assert story.ready == ["act_on_danger"]
    story.do("act_on_danger", acute_danger="nee")
    assert wrap_up(story).outcome.ended == "end_withdrawn"


def test_danger_that_is_over_is_not_asked_about_again() -> None:
    story = choose(guided(), "vervolggesprek")
    story.do("talk_again", acute_danger="ja")
    story.do("act_on_danger", acute_danger="nee")
    story.send("ev_withdrawn")
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "loopt_niet"))
    assert story.ready == ["what_can_the_school_learn"]
