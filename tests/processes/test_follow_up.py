"""The question after an agreement runs as drawn: on the agreed day, again only as agreed, never unasked."""

from collections.abc import Callable

import pytest

from app.domain.facts import FactValue
from tests.engine.play import day
from tests.processes.story import Story, all_elements, all_ways, on

NOTHING: dict[str, FactValue] = {"sexual_staff_minor": "nee", "violence_at_home": "nee", "acute_danger": "nee"}


def agreed(**known: FactValue) -> Story:
    """A day four weeks ahead was agreed."""
    usual: dict[str, FactValue] = {"file_consent": "ja", "may_contact": "alleen_op_afspraak", "follow_up_on": day(28).date()}
    return Story.of("follow_up", "start_follow_up", **(usual | known))


def asked(**answers: FactValue) -> Story:
    story = agreed()
    assert (story.ready, list(story.timers)) == ([], ["timer_follow_up"])
    story.wake(on=28)
    story.do("follow_up_check", **answers)
    return story


def kept_for_good() -> Story:
    return asked(contact_made="ja", kept="ja", stopped_structurally="ja", **NOTHING)


def too_early_to_say() -> Story:
    story = agreed()
    story.wake(on=28)
    story.do(
        "follow_up_check", contact_made="ja", kept="ja", stopped_structurally="te_vroeg", follow_up_on=on(story, 28), **NOTHING
    )
    assert list(story.timers) == ["timer_follow_up"]
    story.wake(on=56)
    story.do("follow_up_check", contact_made="ja", kept="ja", stopped_structurally="ja", **NOTHING)
    return story


def each_incident_was_handled_but_it_goes_on() -> Story:
    return asked(contact_made="ja", kept="ja", stopped_structurally="nee", **NOTHING)


def something_must_be_reported() -> Story:
    story = asked(contact_made="ja", kept="nee", sexual_staff_minor="ja", violence_at_home="mogelijk", acute_danger="ja")
    story.do("act_on_danger", called="veilig_thuis")
    assert story.marks == ["meldplicht start_adviser", "meldcode start_suspicion"]
    return story


def not_reached() -> Story:
    return asked(contact_made="niet_gelukt")


def complainant_wants_no_more_contact() -> Story:
    return asked(contact_made="klager_wil_niet")


def complainant_wanted_no_contact() -> Story:
    return agreed(may_contact="nee")


def complainant_stops() -> Story:
    story = agreed()
    story.send("ev_follow_up_stops")
    return story


STORIES: dict[Callable[[], Story], str] = {
    kept_for_good: "end_kept",
    too_early_to_say: "end_kept",
    each_incident_was_handled_but_it_goes_on: "end_not_kept",
    something_must_be_reported: "end_not_kept",
    not_reached: "end_not_reached",
    complainant_wants_no_more_contact: "end_not_reached",
    complainant_wanted_no_contact: "end_not_asked",
    complainant_stops: "end_withdrawn",
}


@pytest.mark.parametrize(("tell", "end"), STORIES.items(), ids=[tell.__name__ for tell in STORIES])
def test_each_story_comes_to_its_own_end(tell: Callable[[], Story], end: str) -> None:
    story = tell()
    assert (story.outcome.ended, story.ready, story.timers) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    stories = [tell() for tell in STORIES]
    assert all_elements("follow_up") - {name for story in stories for name in story.passed} == set()
    assert all_ways("follow_up") - {way for story in stories for way in story.ways} == set()


def test_nobody_is_asked_before_the_agreed_day() -> None:
    story = agreed()
    story.wake(on=27)
    assert (story.ready, list(story.timers)) == ([], ["timer_follow_up"])


def test_whoever_was_not_reached_is_not_chased() -> None:
    """Handreiking 5.7.4: a new day may be agreed; nothing forces the adviser to try again."""
    story = agreed()
    form = story.procedure.form_of("follow_up_check")
    assert (form.field("follow_up_on").required, form.field("follow_up_on").required_when) == (False, None)
    assert "kept" not in story.asks("follow_up_check", contact_made="niet_gelukt")


def test_nothing_that_must_be_done_waits_for_something_else() -> None:
    story = asked(contact_made="ja", kept="nee", sexual_staff_minor="ja", violence_at_home="mogelijk", acute_danger="ja")
    assert (story.ready, story.marks) == (["act_on_danger"], ["meldplicht start_adviser", "meldcode start_suspicion"])
