"""The question after an agreement runs as drawn: on the agreed day, again only as agreed, never unasked."""

from app.domain.facts import FactValue
from tests.engine.play import day
from tests.processes.story import Story, Tell, all_levels, each_of, left, never_walked, on

NOTHING: dict[str, FactValue] = {"sexual_staff_minor": "nee", "violence_at_home": "nee", "acute_danger": "nee"}
DUTIES: dict[str, FactValue] = {"sexual_staff_minor": "ja", "violence_at_home": "mogelijk", "acute_danger": "ja"}


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
    story = asked(contact_made="ja", kept="nee", board_involved="nee", **DUTIES)
    story.do("act_on_danger", called="veilig_thuis")
    story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    assert story.marks == ["meldplicht start_adviser", "meldcode start_suspicion"]
    return story


def the_board_reads_along() -> Story:
    """Who may be involved must not read of it, so the duty gets its own case; without an officer the head has the signals."""
    story = asked(contact_made="ja", kept="nee", board_involved="ja", **DUTIES)
    story.do("open_separate_case")
    story.do("hand_over_signals", handed_to="schoolleiding")
    story.do("act_on_danger")
    assert story.marks == []
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


def stopped_while_something_must_be_reported() -> Story:
    """What must be reported goes on; the day that was agreed does not come, for nobody wants the question."""
    story = agreed()
    story.wake(on=28)
    early: dict[str, FactValue] = {"contact_made": "ja", "kept": "nee", "stopped_structurally": "te_vroeg"}
    story.do("follow_up_check", follow_up_on=on(story, 28), **early, **(NOTHING | {"acute_danger": "ja"}))
    assert (story.ready, story.outcome.messages) == (["act_on_danger"], ())
    story.facts["stop_follow_up"] = "ja"  # as the route gives along with its message
    story.do("act_on_danger")
    return story


STORIES: dict[Tell, str] = {
    kept_for_good: "end_kept",
    too_early_to_say: "end_kept",
    each_incident_was_handled_but_it_goes_on: "end_not_kept",
    something_must_be_reported: "end_not_kept",
    the_board_reads_along: "end_not_kept",
    not_reached: "end_not_reached",
    complainant_wants_no_more_contact: "end_not_reached",
    complainant_wanted_no_contact: "end_not_asked",
    complainant_stops: "end_withdrawn",
    stopped_while_something_must_be_reported: "end_not_kept",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("follow_up"), STORIES) == set()


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
    story = asked(contact_made="ja", kept="nee", board_involved="nee", **DUTIES)
    assert (story.ready, story.marks) == (["act_on_danger", "hand_over_signals"], ["meldplicht start_adviser"])


def test_what_must_be_reported_does_not_stop_when_the_complainant_does() -> None:
    story = asked(contact_made="ja", kept="nee", board_involved="ja", **DUTIES)
    assert story.ready == ["act_on_danger", "hand_over_signals", "open_separate_case"]
    assert story.outcome.messages == ()
