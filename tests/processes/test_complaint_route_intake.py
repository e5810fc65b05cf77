"""The complaint route runs as drawn up to the guidance, and the parents beside it: every answer, every day, to an end."""

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest

from app.domain.facts import FactType, FactValue
from app.domain.form_file import fact_kind
from app.domain.procedure import Process
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, each_of, left, never_walked, on

LEVELS = ("intake", "talks", "signal", "notice", "from_list", "lesson", "complaint", "opening", "placing", "duty")
NOTHING: dict[str, FactValue] = {"sexual_staff_minor": "nee", "violence_at_home": "nee", "acute_danger": "nee"}
#: After this many steps a story has lost its way.
MOST = 40


def finish(story: Story, **wanted: FactValue) -> Story:
    """Take open steps with the first answers that stand, or with those wanted where they are asked, to the end."""
    for steps in count():
        if not story.ready:
            return story
        assert steps < MOST, story.ready
        step = story.ready[0]
        asked = {question.key for question in story.procedure.form_of(step).fields}
        calm = NOTHING | {"conflict_of_interest": "nee"} | wanted
        story.do(step, **{name: value for name, value in calm.items() if name in asked & story.asks(step, **calm)})
    return story


def knocks(kind: str = "nog_niet_duidelijk") -> Story:
    """Somebody comes to the adviser."""
    story = Story.of("complaint_route", "start_knock")
    story.do("register_contact", contact_on=date(2026, 11, 2), contact_kind=kind)
    return story


def talks(kind: str, **answers: FactValue) -> Story:
    """After the first talk."""
    story = knocks()
    usual: dict[str, FactValue] = {"contact_kind": kind, "one_off": "nee", "minor": "nee"}
    story.do("first_talk", **(NOTHING | usual | answers))
    return story


def question() -> Story:
    story = knocks("vraag")
    story.do("answer_question", more_than_question="nee", **NOTHING)
    return story


def question_with_more_behind_it() -> Story:
    story = knocks("vraag")
    story.do("answer_question", more_than_question="ja", **NOTHING)
    assert story.ready == ["first_talk"]
    story.do("first_talk", contact_kind="melding", one_off="nee", enough_for_school_safety="ja", **NOTHING)
    return finish(story)


def danger_behind_a_question() -> Story:
    story = knocks("vraag")
    story.do("answer_question", more_than_question="nee", **(NOTHING | {"acute_danger": "ja", "sexual_staff_minor": "mogelijk"}))
    assert story.ready == ["act_on_danger"]
    story.do("act_on_danger", acute_danger="ja")
    assert story.ready == ["act_on_danger"]
    story.do("act_on_danger", acute_danger="nee")
    assert story.marks == ["meldplicht start_adviser"]
    return story


def heart_relieved() -> Story:
    story = talks("nog_niet_duidelijk", one_off="ja", enough_for_complainant="ja", enough_for_school_safety="ja")
    assert story.ready == ["what_can_the_school_learn"]
    return finish(story)


def one_talk_but_the_school_is_not_safe() -> Story:
    story = talks("nog_niet_duidelijk", one_off="ja", enough_for_complainant="ja", enough_for_school_safety="nee")
    assert story.ready == ["pass_on_unsafe_signal"]
    return finish(story, recipient="schoolleiding", acted="ja")


def stays_away() -> Story:
    story = talks("nog_niet_duidelijk", next_talk_on=date(2026, 11, 9))
    assert (story.ready, set(story.timers)) == ([], {"timer_next_talk"})
    story.wake(on=7)
    story.do("came_back", came_back_kind="nieuwe_dag", next_talk_on=on(story, 7))
    story.wake(on=14)
    story.do("came_back", came_back_kind="nee", school_safety="voldoende")
    return story


def comes_back() -> Story:
    story = talks("nog_niet_duidelijk", next_talk_on=date(2026, 11, 9))
    story.wake(on=7)
    story.do("came_back", came_back_kind="ja")
    assert story.ready == ["first_talk"]
    answers: dict[str, FactValue] = {"contact_kind": "klacht", "one_off": "ja", "enough_for_complainant": "ja"}
    story.do("first_talk", **(NOTHING | answers | {"enough_for_school_safety": "ja"}))
    return finish(story)


def stays_away_and_the_school_is_not_safe() -> Story:
    story = talks("nog_niet_duidelijk", next_talk_on=date(2026, 11, 9))
    story.wake(on=7)
    story.do("came_back", came_back_kind="nee", school_safety="signaal_nodig")
    assert story.ready == ["pass_on_unsafe_signal"]
    return finish(story, recipient="bestuur", acted="ja")


def signal_that_the_head_gives_to_the_board() -> Story:
    story = talks("signaal", unsafe_situation="ja", second_hand="ja", anonymous="ja")
    story.do("pass_on_unsafe_signal", recipient="schoolleiding")
    story.do("act_on_signal", conflict_of_interest="nee", acted="naar_bestuur")
    story.do("board_act_on_signal", conflict_of_interest="nee", acted="ja")
    return finish(story)


def signal_about_the_head() -> Story:
    story = talks("signaal", unsafe_situation="nee")
    story.do("pass_on_signal", signal_passed="ja", recipient="bestuur")
    assert story.ready == ["board_act_on_signal"]
    return finish(story, acted="nee")


def signal_about_everybody_who_is_asked() -> Story:
    """Who is involved says so and decides nothing: the head leaves it to the board, a board member to another."""
    story = talks("signaal", unsafe_situation="ja")
    story.do("pass_on_unsafe_signal", recipient="schoolleiding")
    for step in ("act_on_signal", "board_act_on_signal"):
        assert story.asks(step, conflict_of_interest="ja") == {"conflict_of_interest"}
        story.do(step, conflict_of_interest="ja")
        assert story.ready == ["board_act_on_signal"]
    assert story.marks == ["stepped_aside", "stepped_aside"]
    return finish(story, acted="nee")


def signal_out_of_another_case() -> Story:
    story = Story.of("complaint_route", "start_signal_alone", school_safety="signaal_nodig", head_involved="nee")
    assert story.ready == ["pass_on_unsafe_signal"]
    story.do("pass_on_unsafe_signal", recipient="schoolleiding")
    return finish(story)


def signal_out_of_a_case_in_which_the_head_is_involved() -> Story:
    story = Story.of("complaint_route", "start_signal_alone", school_safety="signaal_nodig", head_involved="ja")
    assert story.asks("pass_on_unsafe_signal") & {"recipient", "signal_note_leader", "signal_note_board"} == {"signal_note_board"}
    story.do("pass_on_unsafe_signal")
    assert story.ready == ["board_act_on_signal"]
    return finish(story)


def signal_that_stays_with_the_adviser() -> Story:
    story = talks("signaal", unsafe_situation="nee")
    story.do("pass_on_signal", signal_passed="nee")
    assert story.ready == ["what_can_the_school_learn"]
    return finish(story)


def notice() -> Story:
    story = talks("melding", enough_for_school_safety="ja")
    assert story.marks == ["listed"]
    return finish(story)


def notice_and_signal() -> Story:
    story = talks("melding", enough_for_school_safety="nee")
    story.do("pass_on_unsafe_signal", recipient="schoolleiding")
    return finish(story, acted="ja")


def complaint(**answers: FactValue) -> Story:
    """A complaint whose routes were explained; `answers` to what is asked until it is placed."""
    story = talks("klacht")
    story.do("explain")
    story.do("file_consent", **_of(answers, "file_consent", "replacement_consent"))
    story.do("self_check", **({"fit_to_guide": "ja", "complainant_is_colleague": "nee"} | _of(answers, *SELF)))
    return story


SELF = ("fit_to_guide", "complainant_is_colleague", "complainant_prefers")


def _of(answers: dict[str, FactValue], *names: str) -> dict[str, FactValue]:
    return {name: answers[name] for name in names if name in answers}


def place(story: Story, **answers: FactValue) -> None:
    """The three questions, all yes, and an area."""
    usual: dict[str, FactValue] = {"both_at_school": "ja", "about_school_or_teaching": "ja", "committee_would_take": "ja"}
    place: dict[str, FactValue] = {"area": "ongewenst_gedrag", "nature_main": "pesten", "conduct_part_stays": "nee"}
    story.do("scope", **(NOTHING | usual | place | {"head_involved": "nee"} | answers))


def close(story: Story) -> Story:
    """The complainant wants to round off."""
    assert story.ready == ["choose_step"]
    story.do("choose_step", step="afronden")
    return finish(story, wanted="nee")


def guided() -> Story:
    story = complaint(file_consent="ja", replacement_consent="ja")
    assert "name_replacement" in story.passed
    place(story)
    return close(story)


def conduct_part_stays() -> Story:
    story = complaint(file_consent="nee")
    place(story, area="arbeidsconflict", conduct_part_stays="ja")
    assert story.marks == ["referral start_referral"]
    return close(story)


def another_adviser() -> Story:
    story = complaint(
        file_consent="ja", fit_to_guide="ja", complainant_is_colleague="ja", complainant_prefers="externe_vertrouwenspersoon"
    )
    assert story.marks == ["handover start_handover"]
    place(story, committee_would_take="twijfel", head_involved="ja")
    assert [told.properties["procedure"] for told in story.calls[-2:]] == ["parents", "meldcode"]
    return close(story)


def referred_and_helped() -> Story:
    story = complaint(file_consent="later")
    place(story, both_at_school="nee")
    assert (story.ready, story.marks) == ([], ["referral start_referral"])
    story.send("ev_referral_done")
    story.do("referral_back", referral_now="loopt_nog")
    assert story.ready == []
    story.send("ev_referral_done")
    story.do("referral_back", referral_now="geholpen")
    return finish(story, wanted="nee")


def referred_and_back() -> Story:
    story = complaint(file_consent="ja")
    place(story, area="onderwijskundig")
    story.send("ev_referral_done")
    story.do("referral_back", referral_now="terug")
    place(story, area="onderwijskundig")
    return close(story)


def stops_before_the_guidance() -> Story:
    story = complaint(file_consent="ja")
    story.send("ev_withdrawn")
    assert "scope" not in story.ready
    return finish(story)


def home_is_not_safe() -> Story:
    story = talks("klacht", minor="ja", violence_at_home="ja")
    story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    assert story.marks == ["meldcode start_suspicion"]
    story.do("explain")
    story.do("file_consent", file_consent="ja")
    story.do("self_check", fit_to_guide="ja", complainant_is_colleague="nee", complainant_prefers="deze_vertrouwenspersoon")
    assert story.marks == ["meldcode start_suspicion", "parents start_parents"]
    assert story.ready == ["scope"]
    place(story)
    return close(story)


def home_is_not_safe_and_there_is_no_officer() -> Story:
    story = talks("melding", violence_at_home="mogelijk", enough_for_school_safety="ja")
    story.do("hand_over_signals", handed_to="schoolleiding")
    assert story.marks == ["listed"]
    return finish(story)


def notice_becomes_a_complaint() -> Story:
    story = Story.of("complaint_route", "start_from_list")
    story.do("reopen_notice", minor="nee", **NOTHING)
    assert (story.marks, story.ready) == (["unlisted"], ["explain"])
    story.do("explain")
    story.do("file_consent", file_consent="ja")
    story.do("self_check", fit_to_guide="ja", complainant_is_colleague="nee")
    place(story)
    return close(story)


STORIES: dict[Tell, str] = {
    question: "end_answered",
    question_with_more_behind_it: "end_on_list",
    danger_behind_a_question: "end_answered",
    heart_relieved: "end_enough",
    one_talk_but_the_school_is_not_safe: "end_signal",
    stays_away: "end_enough",
    comes_back: "end_enough",
    stays_away_and_the_school_is_not_safe: "end_signal",
    signal_that_the_head_gives_to_the_board: "end_signal",
    signal_about_the_head: "end_signal",
    signal_about_everybody_who_is_asked: "end_signal",
    signal_out_of_another_case: "end_signal",
    signal_out_of_a_case_in_which_the_head_is_involved: "end_signal",
    signal_that_stays_with_the_adviser: "end_signal",
    notice: "end_on_list",
    notice_and_signal: "end_on_list",
    guided: "end_done",
    conduct_part_stays: "end_done",
    another_adviser: "end_done",
    referred_and_helped: "end_done",
    referred_and_back: "end_done",
    stops_before_the_guidance: "end_withdrawn",
    home_is_not_safe: "end_done",
    home_is_not_safe_and_there_is_no_officer: "end_on_list",
    notice_becomes_a_complaint: "end_done",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def levels() -> Iterator[Process]:
    processes = procedures()["complaint_route"].processes
    yield processes["complaint_route"]
    yield from (processes[f"complaint_route_{name}"] for name in LEVELS)


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(levels(), STORIES) == set()


@pytest.mark.parametrize("step", ["register_contact", "answer_question", "first_talk", "came_back", "reopen_notice", "explain"])
def test_no_text_about_persons_is_asked_before_consent(step: str) -> None:
    form = procedures()["complaint_route"].form_of(step)
    assert [question.key for question in form.fields if question.sealed] == []


def test_without_consent_the_adviser_writes_no_text() -> None:
    story = complaint(file_consent="nee")
    sealed = {question.key for question in story.procedure.form_of("scope").fields if question.sealed}
    assert sealed == {"scope_complaint"}
    assert sealed & story.asks("scope") == set()
    story.facts["file_consent"] = "ja"
    assert sealed & story.asks("scope") == sealed


def test_after_every_talk_the_duty_to_report_is_asked() -> None:
    procedure = procedures()["complaint_route"]
    for step in ("answer_question", "first_talk", "reopen_notice", "scope"):
        asked = {question.key: question for question in procedure.form_of(step).fields}
        for name in NOTHING:
            assert (asked[name].required, asked[name].shown_when) == (True, None)


@pytest.mark.parametrize("answer", ["ja", "mogelijk"])
def test_perhaps_counts_as_yes(answer: str) -> None:
    assert talks("klacht", sexual_staff_minor=answer).marks == ["meldplicht start_adviser"]
    assert talks("klacht", violence_at_home=answer).ready == ["hand_over_signals"]


def test_what_must_be_reported_does_not_wait_for_anything_else() -> None:
    story = talks("klacht", acute_danger="ja", sexual_staff_minor="ja", violence_at_home="ja")
    assert (story.ready, story.marks) == (["act_on_danger", "hand_over_signals"], ["meldplicht start_adviser"])
    story.facts |= NOTHING  # another talk, recorded while these steps are open
    story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    assert (story.ready, story.marks[1:]) == (["act_on_danger"], ["meldcode start_suspicion"])
    story.do("act_on_danger")
    assert story.ready == ["explain"]


def test_an_unsafe_signal_is_passed_on_the_same_day_and_cannot_be_kept() -> None:
    procedure = procedures()["complaint_route"]
    assert "signal_passed" not in {question.key for question in procedure.form_of("pass_on_unsafe_signal").fields}
    term = procedure.element("pass_on_unsafe_signal").term
    assert term is not None
    assert (term.period, term.calendar.value) == ("PT8H", "calendar")


def test_the_explanation_counts_from_the_first_contact() -> None:
    term = procedures()["complaint_route"].element("explain").term
    assert term is not None
    assert (term.period, term.starts_from, term.statutory) == ("P10D", "contact_on", False)


@pytest.mark.parametrize("minor", ["ja", "onbekend"])
def test_the_help_goes_on_while_parents_are_talked_about(minor: str) -> None:
    story = talks("klacht", minor=minor)
    story.do("explain")
    story.do("file_consent", file_consent="ja")
    story.do("self_check", fit_to_guide="ja", complainant_is_colleague="nee", complainant_prefers="deze_vertrouwenspersoon")
    assert (story.marks, story.ready) == (["parents start_parents"], ["scope"])


def test_what_steers_the_route_is_a_choice() -> None:
    form = procedures()["complaint_route"].form_of("first_talk")
    kinds = {question.key: fact_kind(question) for question in form.fields}
    assert {name for name, kind in kinds.items() if kind is not None and kind.type is FactType.DATE} == {
        "talk_on",
        "next_talk_on",
    }
