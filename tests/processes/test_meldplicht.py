"""The meldplicht runs as drawn: every answer, every timer, to an end, in the order of the law."""

from datetime import date

import pytest

from app.domain.facts import FactValue
from app.domain.period import Unit, parse_period
from tests.engine.play import MONDAY
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, all_elements, all_levels, at, each_of, left, never_walked, on


def heard(informant: str = "ouder", **answers: FactValue) -> Story:
    """An adviser hears it."""
    story = Story.of("meldplicht", "start_adviser", file_consent="nee")
    story.term("confirm_staff_reported", due=0.2)
    story.term("consult_inspector", due=0.3)
    story.term("police_report", due=1)
    usual: dict[str, FactValue] = {"informant": informant, "adviser_kind": "intern", "acute_danger": "nee"}
    story.do("informant", **(usual | answers))
    return story


def at_board(contact_by: str = "vertrouwenspersoon") -> Story:
    """A board heard it from somebody and took over."""
    story = Story.of("meldplicht", "start_board")
    story.term("consult_inspector", due=0.3)
    story.term("police_report", due=1)
    story.do("take_over", conflict_of_interest="nee", contact_by=contact_by)
    return story


def suspect(story: Story) -> None:
    story.do("consult_inspector", reached="ja", conclusion="redelijk_vermoeden")


def report(story: Story) -> None:
    """From the suspicion to the inspector."""
    story.do("inform_parents", objection="ja")
    story.do("inform_accused")
    story.do("police_report")
    story.do("inform_inspector")


def finish(story: Story, step: str = "keep_contact") -> Story:
    """Nothing is left to do for pupil and parents."""
    story.do(step, matter_done="ja")
    return story


def told_by_a_parent() -> Story:
    story = heard("ouder")
    assert story.ready == ["report_to_board", "tell_duty"]
    story.do("report_to_board")
    assert story.ready == ["take_over", "tell_duty"]
    story.do("tell_duty")
    story.do("explain_legal_steps", safe_to_inform="ja")
    story.do("take_over", conflict_of_interest="nee", contact_by="vertrouwenspersoon")
    assert story.ready == ["consult_inspector", "keep_contact", "protect_now"]
    suspect(story)
    report(story)
    story.do("protect_now")
    return finish(story)


def told_by_nobody_with_a_name() -> Story:
    story = heard("anoniem", acute_danger="ja")
    story.do("act_on_danger")
    assert story.ready == ["report_to_board"]
    story.do("report_to_board")
    story.do("take_over", conflict_of_interest="nee", contact_by="bestuur")
    suspect(story)
    report(story)
    story.do("protect_now")
    return finish(story, "board_keep_contact")


def own_observation() -> Story:
    story = heard("eigen_waarneming")
    assert story.ready == ["explain_legal_steps", "report_to_board"]
    story.do("explain_legal_steps")
    story.do("report_to_board")
    story.do("take_over", conflict_of_interest="nee")
    story.do("consult_inspector", reached="ja", conclusion="geen_redelijk_vermoeden")
    story.do("record_no_suspicion", accused_told="wist_niets")
    return story


def colleague_reports() -> Story:
    story = heard("medewerker")
    assert story.ready == ["confirm_staff_reported", "tell_duty"]
    story.do("tell_duty")
    story.do("confirm_staff_reported", staff_reported="ja", board_confirms="ja")
    assert story.ready == ["take_over"]
    story.do("take_over", conflict_of_interest="ja")
    assert story.marks == ["stepped_aside"]
    story.do("take_over", conflict_of_interest="nee", handled_by="toezichthouder")
    story.do("consult_inspector", reached="ja", conclusion="geen_redelijk_vermoeden")
    story.do("record_no_suspicion", accused_told="ja")
    story.do("ask_rehabilitation", accused_wants="ja")
    return story


def colleague_does_not_report() -> Story:
    story = heard("medewerker")
    story.do("confirm_staff_reported", staff_reported="ja", board_confirms="nee")
    assert story.ready == ["report_to_board", "tell_duty"]
    story.do("tell_duty")
    story.do("report_to_board")
    story.do("take_over", conflict_of_interest="nee")
    story.do("consult_inspector", reached="ja", conclusion="geen_redelijk_vermoeden")
    story.do("record_no_suspicion", accused_told="ja")
    story.do("ask_rehabilitation", accused_wants="later")
    return story


def colleague_keeps_silent() -> Story:
    story = heard("medewerker")
    story.do("tell_duty")
    assert story.ready == ["confirm_staff_reported"]
    story.wake(on=0.2)
    assert story.ready == ["confirm_staff_reported", "report_for_colleague"]
    story.do("report_for_colleague")
    assert story.ready == ["take_over"]
    story.do("take_over", conflict_of_interest="nee", contact_by="schoolleiding")
    suspect(story)
    report(story)
    story.do("protect_now")
    return finish(story, "leader_keep_contact")


def duty_does_not_apply() -> Story:
    return heard(works_for_school="nee")


def external_reports() -> Story:
    story = heard("ouder", adviser_kind="extern")
    story.do("decide_external_report", reports="eerst_overleg")
    assert story.ready == ["decide_external_report"]
    story.do("decide_external_report", reports="ja")
    assert story.ready == ["report_to_board", "tell_duty"]
    story.do("report_to_board")
    story.do("tell_duty")
    story.do("explain_legal_steps")
    story.do("take_over", conflict_of_interest="nee")
    story.do("consult_inspector", reached="ja", conclusion="geen_redelijk_vermoeden")
    story.do("record_no_suspicion", accused_told="nee")
    return story


def external_stays_silent() -> Story:
    story = heard("ouder", adviser_kind="extern")
    story.do("decide_external_report", reports="nee")
    return story


def consultation_takes_three_calls() -> Story:
    story = at_board()
    story.do("consult_inspector", reached="nee_buiten_kantooruren", consult_again_on=at(story, 12))
    assert story.timers["timer_consult_again"] == at(story, 12)
    story.wake(on=0.5)
    story.do("consult_again", reached="ja", conclusion="eerst_meer_feiten", consult_again_on=at(story, 48))
    story.wake(on=3)
    story.do("consult_again", reached="ja", conclusion="redelijk_vermoeden")
    report(story)
    story.do("protect_now")
    return finish(story)


def the_board_is_late() -> Story:
    story = at_board()
    story.wake(on=0.3)
    assert story.marks == ["consult_inspector"]
    suspect(story)
    story.do("inform_parents", not_informed_reason="onveilig_voor_leerling")
    story.do("inform_accused", accused_not_informed_reason="niet_bereikbaar")
    story.wake(on=1)
    assert story.marks == ["consult_inspector", "police_report"]
    story.do("police_report")
    story.do("inform_inspector")
    story.do("protect_now")
    return finish(story)


def contact_again_and_again() -> Story:
    story = at_board("vertrouwenspersoon")
    suspect(story)
    report(story)
    story.do("protect_now")
    unhappy: dict[str, FactValue] = {"satisfied_with_measures": "nee", "committee_wanted": "ja"}
    story.do("keep_contact", matter_done="nee", contact_by="vertrouwenspersoon", next_contact_on=on(story, 14), **unhappy)
    assert story.marks == ["committee start_with_adviser"]
    assert story.ready == []
    story.wake(on=14)
    story.do("keep_contact", matter_done="nee", contact_by="schoolleiding")
    story.do("leader_keep_contact", matter_done="nee", contact_by="bestuur")
    story.do("board_keep_contact", matter_done="nee", contact_by="anders", next_contact_on=on(story, 14))
    story.wake(on=30)
    return finish(story, "board_keep_contact")


def beside(start_id: str, step: str, known: dict[str, FactValue], **answers: FactValue) -> Story:
    """A process beside the procedure, given these facts."""
    story = Story.of("meldplicht", start_id, **known)
    story.do(step, **answers)
    return story


RECORDED: dict[str, FactValue] = {"conclusion": "geen_redelijk_vermoeden", "recorded_on": date(2026, 11, 2)}


def board_hears_new_facts() -> Story:
    return beside("start_new_facts", "new_facts", RECORDED)


def board_hears_more_before_it_records() -> Story:
    return beside("start_new_facts", "new_facts", {"conclusion": "geen_redelijk_vermoeden"})


def board_hears_more() -> Story:
    return beside("start_new_facts", "new_facts", {"conclusion": "redelijk_vermoeden"})


def adviser_hears_new_facts_after_no_suspicion() -> Story:
    return beside("start_adviser_new_facts", "adviser_new_facts", RECORDED | {"board_knew_on": MONDAY})


def adviser_hears_new_facts_that_the_board_does_not_know() -> Story:
    return beside("start_adviser_new_facts", "adviser_new_facts", {})


def adviser_hears_more() -> Story:
    return beside("start_adviser_new_facts", "adviser_new_facts", {"board_knew_on": MONDAY})


def acquitted() -> Story:
    return beside("start_justice", "justice_result", {}, justice_result="vrijspraak", accused_wants="ja")


def dismissed() -> Story:
    return beside("start_justice", "justice_result", {}, justice_result="niet_vervolgd_of_sepot")


STORIES: dict[Tell, str] = {
    told_by_a_parent: "end_reported",
    told_by_nobody_with_a_name: "end_reported",
    own_observation: "end_no_suspicion",
    colleague_reports: "end_no_suspicion",
    colleague_does_not_report: "end_no_suspicion",
    colleague_keeps_silent: "end_reported",
    duty_does_not_apply: "end_not_applicable",
    external_reports: "end_no_suspicion",
    external_stays_silent: "end_external",
    consultation_takes_three_calls: "end_reported",
    the_board_is_late: "end_reported",
    contact_again_and_again: "end_reported",
    board_hears_new_facts: "end_reopened",
    board_hears_more: "end_facts_noted",
    board_hears_more_before_it_records: "end_facts_noted",
    adviser_hears_new_facts_after_no_suspicion: "end_reopened_at_board",
    adviser_hears_new_facts_that_the_board_does_not_know: "end_reopened_at_adviser",
    adviser_hears_more: "end_passed_on",
    acquitted: "end_court_rehabilitation",
    dismissed: "end_justice_noted",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("meldplicht"), STORIES) == set()


def test_the_order_of_the_law_is_kept() -> None:
    """WPO art. 4a lid 2: consultation, suspicion, inform parents and accused, police, inspector."""
    story = at_board()
    assert not {"inform_parents", "inform_accused", "police_report", "inform_inspector"} & set(story.ready)
    suspect(story)
    assert {"inform_parents", "inform_accused"} < set(story.ready)
    story.do("inform_accused")
    assert "police_report" not in story.ready
    story.do("inform_parents")
    assert {"police_report"} == set(story.ready) - {"keep_contact", "protect_now"}
    story.do("police_report")
    assert "inform_inspector" in story.ready


@pytest.mark.parametrize("works", ["ja", "twijfel"])
@pytest.mark.parametrize("minor", ["ja", "twijfel"])
def test_doubt_counts_as_yes(works: str, minor: str) -> None:
    assert "report_to_board" in heard(works_for_school=works, pupil_under_18=minor).ready


def test_a_colleague_who_reports_after_all_spares_the_adviser_the_report() -> None:
    story = heard("medewerker")
    story.wake(on=0.2)
    assert "report_for_colleague" in story.ready
    story.do("confirm_staff_reported", staff_reported="ja", board_confirms="ja")
    assert story.ready == ["take_over", "tell_duty"]


def test_the_board_is_told_once_by_an_adviser_whose_colleague_did_not() -> None:
    story = heard("medewerker")
    story.wake(on=0.2)
    story.do("confirm_staff_reported", staff_reported="weigert", board_confirms="nee")
    story.do("report_to_board")
    assert story.ready == ["take_over", "tell_duty"]


@pytest.mark.parametrize("answers", [{"adviser_kind": "extern"}, {"works_for_school": "nee"}, {"pupil_under_18": "nee"}])
def test_who_need_not_report_writes_nothing_for_the_board_yet(answers: dict[str, FactValue]) -> None:
    story = Story.of("meldplicht", "start_adviser")
    assert "what_was_said" in story.asks("informant", adviser_kind="intern", works_for_school="ja", pupil_under_18="twijfel")
    assert "what_was_said" not in story.asks("informant", **answers)


def test_nobody_can_be_told_nothing_without_a_reason() -> None:
    story = at_board()
    suspect(story)
    form = story.procedure.form_of("inform_parents")
    assert form.field("not_informed_reason").required_when == "parents_informed_on == null"
    assert "not_informed_reason" not in story.asks("inform_parents", parents_informed_on=story.now)


def test_an_objection_stops_nothing() -> None:
    conditions = [flow.condition for process in procedures()["meldplicht"].processes.values() for flow in process.flows.values()]
    assert not [text for text in conditions if text is not None and "objection" in text]


def test_no_suspicion_ends_contact_and_protection_at_once() -> None:
    story = at_board()
    assert story.ready == ["consult_inspector", "keep_contact", "protect_now"]
    story.do("consult_inspector", reached="ja", conclusion="geen_redelijk_vermoeden")
    story.do("record_no_suspicion", accused_told="wist_niets")
    assert (story.ready, story.outcome.ended) == ([], "end_no_suspicion")


def test_who_is_involved_is_asked_nothing_more() -> None:
    story = Story.of("meldplicht", "start_board")
    asked = story.asks("take_over", conflict_of_interest="ja")
    assert asked == {"conflict_of_interest"}


def test_without_undue_delay_is_a_target_in_hours_that_warns_and_escalates() -> None:
    steps = ("report_to_board", "confirm_staff_reported", "take_over", "protect_now", "consult_inspector", "police_report")
    for step in (*steps, "inform_parents", "inform_accused", "inform_inspector"):
        term = procedures()["meldplicht"].element(step).term
        assert term is not None
        assert parse_period(term.period).unit is Unit.HOUR
        assert (term.warn is not None, term.escalate is not None, term.statutory) == (True, True, False)


def test_weekends_count_for_the_report_and_the_inspector_answers_in_office_hours() -> None:
    procedure = procedures()["meldplicht"]
    calendars = {step: term.calendar.value for step in all_elements("meldplicht") if (term := procedure.element(step).term)}
    assert {calendars[step] for step in ("report_to_board", "confirm_staff_reported", "take_over", "protect_now")} == {"calendar"}
    assert {calendars[step] for step in ("consult_inspector", "consult_again", "inform_inspector")} == {"officehours"}
