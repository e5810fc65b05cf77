"""Mediation runs as drawn: by somebody outside, only when both want it, never at a possible offence."""

import pytest

from app.domain.facts import FactValue
from app.domain.roles import Role
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, all_levels, each_of, left, never_walked, on


def wanted(**known: FactValue) -> Story:
    """The complainant wants mediation."""
    return Story.of("mediation", "start_mediation", file_consent="ja", **known)


def both_want_it() -> Story:
    story = wanted(possible_offence="nee")
    story.do("ask_both", both_willing="ja")
    story.do("arrange_mediator", mediator_kind="van_buiten", mediation_planned_on=on(story, 10), adviser_joins="ja")
    story.do("mediation_result", mediation_outcome="gelukt", follow_up_on=on(story, 40))
    return story


def the_other_does_not() -> Story:
    story = wanted(possible_offence="onbekend")
    story.do("ask_both", both_willing="nee")
    return story


def may_be_an_offence() -> Story:
    return wanted(possible_offence="ja")


def complainant_stops() -> Story:
    story = wanted()
    story.do("ask_both", both_willing="ja")
    story.send("ev_mediation_stops")
    return story


STORIES: dict[Tell, str] = {
    both_want_it: "end_mediated",
    the_other_does_not: "end_not_willing",
    may_be_an_offence: "end_not_fit",
    complainant_stops: "end_withdrawn",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("mediation"), STORIES) == set()


def test_an_adviser_is_never_the_mediator() -> None:
    """Handreiking 2.4 and 5.2: who may be chosen is somebody else, and nobody but the adviser has a task here."""
    mediators = procedures()["mediation"].form_of("arrange_mediator").field("mediator_kind").options
    assert [option.value for option in mediators] == ["van_school", "van_buiten"]
    tasks = [e for process in procedures()["mediation"].processes.values() for e in process.elements.values() if e.form_id]
    assert {task.lane for task in tasks} == {Role.ADVISER}


@pytest.mark.parametrize("outcome", ["mislukt", "niet_gestart"])
def test_agreements_are_asked_only_when_there_are_some(outcome: str) -> None:
    story = wanted()
    assert {"agreements", "agreement_kind"} <= story.asks("mediation_result", mediation_outcome="deels")
    assert not {"agreements", "agreement_kind", "follow_up_on"} & story.asks("mediation_result", mediation_outcome=outcome)


def test_the_outcome_is_asked_some_days_after_the_planned_talk() -> None:
    term = procedures()["mediation"].element("mediation_result").term
    assert term is not None
    assert (term.starts_from, term.period) == ("mediation_planned_on", "P5D")
