"""The meldcode runs as drawn: danger first, five steps, in doubt Veilig Thuis, and never silence about danger."""

from itertools import product

import pytest

from app.domain.facts import FactValue
from app.domain.roles import FileKind, Role
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, all_elements, all_levels, at, each_of, left, never_walked

Facts = dict[str, FactValue]
SAFE: Facts = {
    "w1_suspicion": "ja",
    "w2_danger": "geen",
    "w3_can_help": "ja",
    "w4_help_accepted": "ja",
    "w5_result_in_time": "nog_niet_bekend",
}
#: What is asked of who decides, whether he is involved; the officer was asked by nobody.
INVOLVED = {"leader_decide_report": "head_involved", "board_decide_report": "conflict_of_interest"}
DANGER: Facts = {"w1_suspicion": "ja", "w2_danger": "structureel"}


def seen(**answers: FactValue) -> Story:
    """A staff member hands over signals."""
    story = Story.of("meldcode", "start_suspicion")
    usual: Facts = {"acute_danger": "nee", "special_form": "nee", "by_school_staff": "nee"}
    story.do("take_over_signals", **(usual | answers))
    return story


def mapped(**answers: FactValue) -> Story:
    """Step 1 is done."""
    story = seen(**answers)
    story.do("map_signals")
    return story


def talked() -> Story:
    """Steps 2 and 3 are done."""
    story = mapped()
    story.do("consult_colleague", safe_to_talk="ja")
    story.do("talk_with_child")
    story.do("talk_with_parents")
    return story


def weighed(answers: Facts, by: str = "aandachtsfunctionaris") -> Story:
    """Step 4 is done."""
    story = talked()
    story.do("weigh", **(answers | {"report_decided_by": by}))
    return story


def decide(story: Story, **answers: FactValue) -> None:
    """Whoever decides is not involved."""
    (step,) = story.ready
    free = INVOLVED.get(step)
    story.do(step, **answers, **({} if free is None else {free: "nee"}))


def follow(story: Story, days: int, **answers: FactValue) -> None:
    """The day that was agreed comes."""
    story.now = at(story, 24 * days)
    story.wake()
    story.do("follow_up", **answers)


def close(story: Story, outcome: str) -> Story:
    story.do("close_meldcode", meldcode_outcome=outcome)
    return story


def danger_now() -> Story:
    story = seen(acute_danger="ja", by_school_staff="mogelijk")
    assert (story.ready, story.marks) == (["act_now"], [])
    story.do("act_now", reported_at_once="ja")
    assert (story.ready, story.marks) == (["map_signals"], ["meldplicht start_board"])
    story.do("map_signals")
    story.do("consult_colleague", safe_to_talk="nee")
    story.do("talk_with_child", child_talk_held="nee", child_reason_not="niet_veilig")
    assert story.ready == ["weigh"]
    story.do("weigh", **(DANGER | {"w2_danger": "beide", "report_decided_by": "bestuur"}))
    story.do("board_decide_report", conflict_of_interest="ja")
    assert (story.ready, story.marks[-1]) == (["board_decide_report"], "stepped_aside")
    story.do("board_decide_report", conflict_of_interest="nee")
    story.do("make_report", parents_told_before="nee")
    follow(story, 7, safety_now="voldoende", meldcode_next="afsluiten")
    return close(story, "gemeld_en_overgedragen")


def no_suspicion() -> Story:
    story = talked()
    story.do("weigh", w1_suspicion="nee")
    assert story.ready == ["close_meldcode"]
    return close(story, "geen_vermoeden")


def in_doubt_about_talking_and_about_danger() -> Story:
    story = mapped()
    story.do("consult_colleague", safe_to_talk="twijfel")
    story.do("ask_veilig_thuis", veilig_thuis_advice="eerst_praten")
    story.do("talk_with_child")
    story.do("talk_with_parents")
    for _ in range(2):
        story.do("weigh", w1_suspicion="ja", w2_danger="twijfel")
        assert story.ready == ["ask_in_doubt"]
        story.do("ask_in_doubt")
    story.do("weigh", **(SAFE | {"report_decided_by": "schoolleiding"}))
    story.do("leader_decide_report", head_involved="nee", decision_report="niet_melden")
    follow(story, 7, safety_now="voldoende", meldcode_next="afsluiten")
    return close(story, "hulp_klaar")


def help_does_not_make_it_safe() -> Story:
    story = weighed(SAFE)
    story.do("decide_report", decision_report="niet_melden", decision_help="door_school")
    follow(story, 7, safety_now="onbekend", meldcode_next="nieuwe_datum")
    assert story.ready == []
    follow(story, 7, safety_now="onvoldoende", meldcode_next="nieuwe_datum")
    assert story.ready == ["weigh"]
    story.do("weigh", **(SAFE | {"w5_result_in_time": "nee", "report_decided_by": "aandachtsfunctionaris"}))
    assert "decision_report" not in story.asks("decide_report")
    story.do("decide_report")
    story.term("make_report", due=100)
    story.do("make_report")
    follow(story, 7, safety_now="voldoende", meldcode_next="afsluiten")
    return close(story, "leerling_weg")


def the_report_is_late(by: str = "aandachtsfunctionaris") -> Story:
    story = weighed(DANGER, by)
    story.term("make_report", due=2)
    decide(story)
    story.wake(on=2)
    assert story.ready == ["make_report"]
    story.do("make_report")
    follow(story, 7, safety_now="voldoende", meldcode_next="afsluiten")
    return close(story, "gemeld_en_overgedragen")


def the_report_that_the_head_decided_is_late() -> Story:
    return the_report_is_late("schoolleiding")


def the_report_that_the_board_decided_is_late() -> Story:
    return the_report_is_late("bestuur")


def decided_by_the_board(story: Story) -> Story:
    """The board decides instead of the head, and hears that the report is late."""
    assert story.ready == ["board_decide_report"]
    story.term("make_report", due=2)
    decide(story)
    story.wake(on=2)
    assert [call.properties.get("to") for call in story.calls][-2:] == ["meldcode_officer", "board"]
    story.do("make_report")
    follow(story, 7, safety_now="voldoende", meldcode_next="afsluiten")
    return close(story, "gemeld_en_overgedragen")


def the_head_says_that_he_is_involved() -> Story:
    story = weighed(DANGER, "schoolleiding")
    assert story.asks("leader_decide_report", head_involved="ja") == {"head_involved"}
    story.do("leader_decide_report", head_involved="ja")
    assert story.marks == ["stepped_aside"]
    return decided_by_the_board(story)


def the_head_turns_out_to_be_involved() -> Story:
    """As the message of another procedure says, which gives that he is along."""
    story = weighed(DANGER, "schoolleiding")
    story.facts["head_involved"] = "ja"
    story.send("ev_head_involved")
    assert story.marks == ["left_out"]
    return decided_by_the_board(story)


def staff_after_all() -> Story:
    story = Story.of("meldcode", "start_staff")
    story.do("staff_suspected", by_school_staff="mogelijk")
    assert story.marks == ["meldplicht start_board"]
    return story


def no_staff_after_all() -> Story:
    story = Story.of("meldcode", "start_staff")
    story.do("staff_suspected", by_school_staff="nee")
    assert story.marks == []
    return story


STORIES: dict[Tell, str] = {
    danger_now: "end_reported",
    no_suspicion: "end_no_suspicion",
    in_doubt_about_talking_and_about_danger: "end_helped",
    help_does_not_make_it_safe: "end_helped",
    the_report_is_late: "end_reported",
    the_report_that_the_head_decided_is_late: "end_reported",
    the_report_that_the_board_decided_is_late: "end_reported",
    the_head_says_that_he_is_involved: "end_reported",
    the_head_turns_out_to_be_involved: "end_reported",
    staff_after_all: "end_meldplicht_started",
    no_staff_after_all: "end_no_staff",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    assert never_walked(all_levels("meldcode"), STORIES) == set()


def weighings() -> list[Facts]:
    """Every answer to weighings two to five that leads to a decision."""
    danger: list[Facts] = [{"w1_suspicion": "ja", "w2_danger": found} for found in ("acuut", "structureel", "beide")]
    names = ("w3_can_help", "w4_help_accepted", "w5_result_in_time")
    answers = product(("ja", "nee"), ("ja", "nee"), ("ja", "nee", "nog_niet_bekend"))
    none: Facts = {"w1_suspicion": "ja", "w2_danger": "geen"}
    return [*danger, *(none | dict(zip(names, answer, strict=True)) for answer in answers)]


@pytest.mark.parametrize("by", ["aandachtsfunctionaris", "schoolleiding", "bestuur"])
@pytest.mark.parametrize("answers", weighings(), ids=lambda answers: "-".join(str(a) for a in list(answers.values())[1:]))
def test_not_reporting_is_on_offer_only_without_danger_and_with_help_that_works(answers: Facts, by: str) -> None:
    story = weighed(answers, by)
    (step,) = story.ready
    may = answers["w2_danger"] == "geen" and "nee" not in list(answers.values())
    free: Facts = {INVOLVED[step]: "nee"} if step in INVOLVED else {}
    assert ("decision_report" in story.asks(step, **free)) is may
    if may:
        decide(story, decision_report="niet_melden")
        assert list(story.timers) == ["timer_follow_up"]
    else:
        decide(story)
        assert story.ready == ["make_report"]


def test_not_reporting_is_impossible_even_when_somebody_says_so() -> None:
    story = weighed(DANGER)
    story.facts["decision_report"] = "niet_melden"
    story.complete("decide_report")
    assert story.ready == ["make_report"]


@pytest.mark.parametrize(
    ("by", "lane"),
    [("aandachtsfunctionaris", Role.MELDCODE_OFFICER), ("schoolleiding", Role.SCHOOL_LEADER), ("bestuur", Role.BOARD)],
)
def test_whoever_the_school_names_decides(by: str, lane: Role) -> None:
    story = weighed(DANGER, by)
    (step,) = story.ready
    assert story.procedure.element(step).lane is lane


def test_a_head_who_was_known_to_be_involved_is_never_asked() -> None:
    story = talked()
    story.facts["head_involved"] = "ja"
    story.do("weigh", **(DANGER | {"report_decided_by": "schoolleiding"}))
    assert story.ready == ["board_decide_report"]


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("aandachtsfunctionaris", ["meldcode_officer term_missed"]),
        ("schoolleiding", ["meldcode_officer term_missed", "school_leader term_escalated"]),
        ("bestuur", ["meldcode_officer term_missed", "board term_escalated"]),
    ],
)
def test_whoever_decided_hears_that_the_report_is_late_and_nobody_else(by: str, told: list[str]) -> None:
    story = the_report_is_late(by)
    assert [f"{call.properties['to']} {call.properties['notice']}" for call in story.calls] == told
    assert {call.properties["about"] for call in story.calls} == {"make_report"}


@pytest.mark.parametrize("advice", ["niet_praten_met_ouders", "melden"])
def test_parents_are_not_talked_to_when_veilig_thuis_advises_against_it(advice: str) -> None:
    story = mapped()
    story.do("consult_colleague", safe_to_talk="twijfel")
    story.do("ask_veilig_thuis", veilig_thuis_advice=advice)
    story.do("talk_with_child")
    assert story.ready == ["weigh"]


def test_a_special_form_goes_to_veilig_thuis_before_anybody_is_talked_to() -> None:
    story = mapped(special_form="ja")
    story.do("consult_colleague", safe_to_talk="ja")
    assert story.ready == ["ask_veilig_thuis"]


def test_the_meldcode_has_its_own_file_and_no_step_for_an_adviser() -> None:
    procedure = procedures()["meldcode"]
    files = {field.file for form in procedure.forms.values() for field in form.fields if field.sealed}
    assert files == {FileKind.MELDCODE}
    assert Role.ADVISER not in {procedure.element(name).lane for name in all_elements("meldcode")}
