"""The guidance of the complaint route runs as drawn: the complainant chooses, pauses, stops and closes at any moment."""

import pytest

from app.domain.facts import FactValue
from app.domain.procedure import ElementKind
from tests.processes.product import procedures
from tests.processes.story import Story, Tell, each_of, left, never_walked, on

SAFE: dict[str, FactValue] = {"acute_danger": "nee"}
PHASES = ("guidance", "steps", "own_step", "talk", "priorities", "others_step", "sharing", "now", "pause", "waiting", "stopping")
CLOSING = ("withdrawal", "closing", "wrap_up")
BESIDE = ("record_talk", "own_case", "police_result")
LEVELS = {f"complaint_route_{name}" for name in (*PHASES, *CLOSING, *BESIDE)}


def guided(**scope: FactValue) -> Story:
    """A complaint that the adviser guides: the complainant may choose his first step."""
    story = Story.of("complaint_route", "start_knock")
    story.do("register_contact", contact_kind="klacht")
    story.do("first_talk", contact_kind="klacht", minor="nee", one_off="nee", **SAFE)
    story.do("explain")
    story.do("file_consent", file_consent="ja", replacement_consent="nee")
    story.do("self_check", fit_to_guide="ja", complainant_prefers="deze_vertrouwenspersoon")
    usual: dict[str, FactValue] = {"area": "ongewenst_gedrag", "possible_offence": "nee", "head_involved": "nee"}
    story.do("scope", **(usual | SAFE | scope))
    assert story.ready == ["choose_step"]
    return story


def choose(story: Story, step: str) -> Story:
    story.do("choose_step", step=step)
    return story


def step_done(story: Story, next_step: str, **answers: FactValue) -> Story:
    """What another did is done, and the complainant says how it is."""
    story.send("ev_step_done")
    story.do("how_is_it_now", next_step=next_step, **(SAFE | answers))
    return story


def close(story: Story) -> Story:
    """No aftercare; the last two steps of every complaint."""
    story.do("aftercare", wanted="nee")
    return wrap_up(story)


def wrap_up(story: Story) -> Story:
    story.do("what_can_the_school_learn")
    story.do("close_case")
    return story


def solved_by_a_talk() -> Story:
    story = choose(guided(), "gesprek_aangeklaagde")
    assert story.ready == ["choose_step", "prepare_talk"]
    story.do("prepare_talk", accused_willing="nog_niet_gevraagd")
    story.do("prepare_talk", accused_willing="ja", talk_planned_on=on(story, 3))
    story.do("hold_talk", talk_held="ja", follow_up_on=on(story, 30), new_complaint="nee", **SAFE)
    assert story.marks == ["follow_up start_follow_up"]
    step_done(story, "afronden", result="opgelost")
    story.do("aftercare", wanted="ja", farewell="nee", **SAFE)
    story.do("aftercare", wanted="ja", farewell="ja", **SAFE)
    return wrap_up(story)


def the_accused_does_not_want_to_talk() -> Story:
    story = choose(guided(), "gesprek_aangeklaagde")
    story.do("prepare_talk", accused_willing="nee")
    assert story.ready == ["choose_step"]
    return close(choose(story, "afronden"))


def a_talk_brings_up_another_complaint() -> Story:
    story = choose(guided(), "gesprek_aangeklaagde")
    story.do("prepare_talk", accused_willing="ja")
    story.do("hold_talk", talk_held="ja", new_complaint="ja", **SAFE)
    story.do("set_priorities", handle_as="bij_deze_zaak")
    return close(choose(story, "afronden"))


def another_complaint_gets_a_case_of_its_own() -> Story:
    story = choose(guided(), "nieuwe_klacht")
    story.do("set_priorities", handle_as="eigen_zaak")
    assert [call.properties.get("own_case") for call in story.calls] == ["same"]
    return close(choose(story, "afronden"))


def talks_and_thinks() -> Story:
    story = choose(guided(), "vervolggesprek")
    story.do("talk_again", **SAFE)
    choose(story, "nu_geen_stap")
    assert story.ready == ["choose_step"]
    return close(choose(story, "afronden"))


def goes_to_the_police() -> Story:
    story = choose(guided(), "aangifte")
    story.do("support_police_report", police_step="aangifte_gedaan")
    return close(choose(story, "afronden"))


def goes_on_alone() -> Story:
    story = choose(guided(), "zelf_verder")
    story.do("stay_in_background", evaluation_agreed="nee")
    choose(story, "zelf_verder")
    story.do("stay_in_background", evaluation_agreed="ja", follow_up_on=on(story, 30))
    assert story.marks == ["follow_up start_follow_up"]
    step_done(story, "nog_een_stap")
    return close(choose(story, "afronden"))


def asks_everybody() -> Story:
    story = guided()
    for step in ("bemiddeling", "klachtencommissie", "hulp_ernaast", "andere_vertrouwenspersoon"):
        choose(story, step)
        assert story.ready == ["choose_step"]
    assert story.marks == [
        "mediation start_mediation",
        "committee start_with_adviser",
        "referral start_referral",
        "handover start_handover",
    ]
    step_done(story, "wachten_op_afspraak", follow_up_on=on(story, 30))
    assert story.ready == ["choose_step"]
    return close(step_done(story, "afronden"))


def asks_leader_and_board() -> Story:
    story = choose(guided(), "schoolleiding")
    story.do("agree_sharing", sharing_agreed="nee")
    assert story.calls == []
    choose(story, "schoolleiding")
    story.do("agree_sharing", sharing_agreed="ja", share_with="schoolleiding")
    choose(story, "bestuur")
    story.do("agree_sharing", sharing_agreed="ja", share_with="bestuur")
    assert [call.properties.get("to") for call in story.calls] == ["leader_file", None, "board_file", None]
    assert story.marks[1::2] == ["measures start_measures", "measures start_measures_board"]
    return close(choose(story, "afronden"))


def an_offence_is_not_mediated() -> Story:
    story = choose(guided(possible_offence="ja"), "bemiddeling")
    assert (story.ready, story.calls) == (["choose_step"], [])
    return close(choose(story, "afronden"))


def comes_back_from_a_pause() -> Story:
    story = choose(guided(), "pauze")
    story.do("plan_pause", pause_check_on=on(story, 90))
    assert (story.ready, list(story.timers)) == ([], ["timer_pause"])
    story.wake(on=90)
    story.do("still_paused", keep_file="ja", pause_check_on=on(story, 90))
    story.send("ev_resume")
    story.do("how_is_it_now", next_step="pauze", **SAFE)
    story.do("plan_pause", pause_check_on=on(story, 30))
    story.send("ev_resume")
    story.do("how_is_it_now", next_step="nog_een_stap", **SAFE)
    assert story.ready == ["choose_step"]
    return close(choose(story, "afronden"))


def does_not_come_back_from_a_pause() -> Story:
    story = step_done(guided(), "pauze")
    story.do("plan_pause", pause_check_on=on(story, 90))
    story.wake(on=90)
    story.do("still_paused", keep_file="nee")
    return close(story)


def stops_after_a_pause() -> Story:
    story = choose(guided(), "pauze")
    story.do("plan_pause", pause_check_on=on(story, 90))
    story.send("ev_resume")
    story.do("how_is_it_now", next_step="stoppen", **SAFE)
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "nee"))
    return close(story)


def chooses_to_stop() -> Story:
    story = choose(guided(), "stoppen")
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "ja"))
    told = [call.properties["procedure"] for call in story.calls]
    assert told == [name.removeprefix("stop_") for name in STOPS]
    return close(story)


def withdraws_halfway() -> Story:
    story = choose(guided(), "gesprek_aangeklaagde")
    story.send("ev_withdrawn")
    assert story.ready == ["record_withdrawal"]
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "loopt_niet"))
    assert [call.element_id for call in story.calls] == ["stop_parents"]
    return wrap_up(story)


def stops_before_signals_and_danger_were_reported() -> Story:
    """A duty does not end because the complainant stops: what was left lying comes before closing."""
    story = choose(guided(), "gesprek_aangeklaagde")
    story.do("prepare_talk", accused_willing="ja", talk_planned_on=on(story, 3))
    story.do("hold_talk", talk_held="ja", new_complaint="nee", violence_at_home="mogelijk", acute_danger="ja")
    assert story.marks == []
    assert {"act_on_danger", "hand_over_signals"} <= set(story.ready)
    story.send("ev_withdrawn")
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "loopt_niet"))
    assert sorted(story.ready) == ["act_on_danger", "hand_over_signals"]
    story.do("act_on_danger")
    story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    assert story.marks == ["meldcode start_suspicion", "parents"]
    return wrap_up(story)


def stops_before_later_signals_were_passed_on() -> Story:
    """That signals were passed on once says nothing of those that came later, so the adviser is asked."""
    story = guided()
    for _ in range(2):
        assert "hand_over_signals" not in story.ready
        choose(story, "vervolggesprek")
        story.do("talk_again", violence_at_home="mogelijk", **SAFE)
        if not story.marks:
            story.do("hand_over_signals", handed_to="aandachtsfunctionaris")
    story.send("ev_withdrawn")
    story.do("record_withdrawal", **dict.fromkeys(STOPS, "loopt_niet"))
    assert story.ready == ["check_signals"]
    story.do("check_signals", signals_left="ja")
    story.do("hand_over_signals", handed_to="schoolleiding")
    return wrap_up(story)


def beside(start_id: str, step: str, **answers: FactValue) -> Story:
    """A process beside the route."""
    story = Story.of("complaint_route", start_id, file_consent="ja")
    story.do(step, **answers)
    return story


def talk_on_the_way() -> Story:
    return beside("start_record_talk", "record_talk", **SAFE)


def talk_about_staff_and_home() -> Story:
    story = beside("start_record_talk", "record_talk", sexual_staff_minor="mogelijk", violence_at_home="ja", acute_danger="ja")
    assert story.marks == ["meldplicht start_adviser", "meldcode start_suspicion"]
    return story


def counter_complaint() -> Story:
    story = beside("start_own_case", "open_own_case", own_case_for="tegenklacht")
    assert [call.properties["own_case"] for call in story.calls] == ["other"]
    return story


def another_complainant() -> Story:
    story = beside("start_own_case", "open_own_case", own_case_for="andere_klager")
    assert [call.properties["own_case"] for call in story.calls] == ["same"]
    return story


def no_case_of_its_own_after_all() -> Story:
    return beside("start_own_case", "open_own_case", own_case_for="niet_nodig")


def word_from_justice() -> Story:
    return beside("start_police_result", "police_result", justice_result="vrijspraak")


STOPS = ("stop_mediation", "stop_measures", "stop_committee", "stop_referral", "stop_follow_up")
STORIES: dict[Tell, str] = {
    solved_by_a_talk: "end_done",
    the_accused_does_not_want_to_talk: "end_done",
    a_talk_brings_up_another_complaint: "end_done",
    another_complaint_gets_a_case_of_its_own: "end_done",
    talks_and_thinks: "end_done",
    goes_to_the_police: "end_done",
    goes_on_alone: "end_done",
    asks_everybody: "end_done",
    asks_leader_and_board: "end_done",
    an_offence_is_not_mediated: "end_done",
    comes_back_from_a_pause: "end_done",
    does_not_come_back_from_a_pause: "end_done",
    stops_after_a_pause: "end_done",
    chooses_to_stop: "end_done",
    withdraws_halfway: "end_withdrawn",
    stops_before_signals_and_danger_were_reported: "end_withdrawn",
    stops_before_later_signals_were_passed_on: "end_withdrawn",
    talk_on_the_way: "end_talk_recorded",
    talk_about_staff_and_home: "end_talk_recorded",
    counter_complaint: "end_other_side",
    another_complainant: "end_same_side",
    no_case_of_its_own_after_all: "end_no_own_case",
    word_from_justice: "end_police_result",
}


@each_of(STORIES)
def test_each_story_comes_to_its_own_end(tell: Tell, end: str) -> None:
    assert left(tell) == (end, [], {})


def test_every_element_and_every_way_out_of_a_choice_is_walked() -> None:
    levels = [process for name, process in procedures()["complaint_route"].processes.items() if name in LEVELS]
    assert len(levels) == len(LEVELS)
    assert never_walked(levels, STORIES) == set()


STEPS_OF_OTHERS = ("bemiddeling", "schoolleiding", "klachtencommissie", "hulp_ernaast", "nu_geen_stap")


def test_fifty_rounds_leave_one_choice_one_catch_and_a_state_that_does_not_grow() -> None:
    story, sizes = guided(), []
    for turn in range(50):
        choose(story, STEPS_OF_OTHERS[turn % len(STEPS_OF_OTHERS)])
        if "agree_sharing" in story.ready:
            story.do("agree_sharing", sharing_agreed="ja", share_with="schoolleiding")
        step_done(story, "nog_een_stap")
        assert story.ready == ["choose_step"]
        assert sorted(story.outcome.messages) == ["ev_step_done", "ev_withdrawn"]
        sizes.append(len(story.outcome.state))
    assert max(sizes[5:]) <= max(sizes[:5]) + 200


def test_ten_pauses_leave_one_choice_and_a_state_that_does_not_grow() -> None:
    story, sizes = guided(), []
    for _ in range(10):
        choose(story, "pauze")
        story.do("plan_pause", pause_check_on=on(story, 90))
        assert sorted(story.outcome.messages) == ["ev_resume", "ev_withdrawn"]
        story.send("ev_resume")
        story.do("how_is_it_now", next_step="nog_een_stap", **SAFE)
        assert story.ready == ["choose_step"]
        sizes.append(len(story.outcome.state))
    assert max(sizes[2:]) <= max(sizes[:2]) + 200


def test_the_complainant_chooses_again_while_a_talk_and_a_sharing_are_open() -> None:
    story = choose(choose(guided(), "gesprek_aangeklaagde"), "schoolleiding")
    assert story.ready == ["agree_sharing", "choose_step", "prepare_talk"]
    story.send("ev_step_done")
    assert story.ready == ["agree_sharing", "choose_step", "how_is_it_now", "prepare_talk"]


@pytest.mark.parametrize("how", ["pauze", "stoppen", "afronden"])
def test_a_pause_stopping_and_closing_end_both_loops(how: str) -> None:
    chosen = choose(choose(guided(), "gesprek_aangeklaagde"), how)
    said = step_done(choose(guided(), "gesprek_aangeklaagde"), how)
    assert len(chosen.ready) == 1
    assert chosen.ready == said.ready
    assert "ev_step_done" not in (*chosen.outcome.messages, *said.outcome.messages)


def test_what_others_finish_during_a_pause_waits_for_the_complainant() -> None:
    story = choose(choose(guided(), "hulp_ernaast"), "pauze")
    story.do("plan_pause", pause_check_on=on(story, 90))
    assert "ev_step_done" not in story.outcome.messages
    story.send("ev_resume")
    story.do("how_is_it_now", next_step="nog_een_stap", **SAFE)
    assert "ev_step_done" in story.outcome.messages


def test_an_earlier_pause_does_not_pause_again_when_the_complainant_is_done() -> None:
    story = choose(guided(), "pauze")
    story.do("plan_pause", pause_check_on=on(story, 90))
    story.send("ev_resume")
    story.do("how_is_it_now", next_step="nog_een_stap", **SAFE)
    assert step_done(story, "afronden").ready == ["aftercare"]


def test_a_head_who_is_involved_is_never_chosen_to_hear_of_it() -> None:
    story = choose(guided(head_involved="ja"), "schoolleiding")
    assert "share_with" not in story.asks("agree_sharing", sharing_agreed="ja")
    story.do("agree_sharing", sharing_agreed="ja")
    assert story.marks == ["parents", "meldcode", "", "measures start_measures_board"]
    assert story.calls[2].properties["to"] == "board_file"


def test_staff_and_a_minor_in_a_talk_open_the_meldplicht_beside_the_choice() -> None:
    story = choose(guided(), "vervolggesprek")
    story.do("talk_again", sexual_staff_minor="mogelijk", **SAFE)
    assert story.marks == ["meldplicht start_adviser"]
    assert "choose_step" in story.ready


def test_without_consent_no_step_of_the_guidance_asks_for_a_text() -> None:
    procedure = procedures()["complaint_route"]
    tasks = [one for name in LEVELS for one in procedure.processes[name].elements.values() if one.form_id is not None]
    texts = [field for task in tasks for field in procedure.form_of(task.id).fields if field.sealed]
    assert texts
    story = guided()
    story.facts["file_consent"] = "nee"
    asked = {key for task in tasks for key in story.asks(task.id)}
    assert asked & {field.key for field in texts} == set()


def test_every_step_of_the_guidance_says_what_the_handreiking_asks() -> None:
    procedure = procedures()["complaint_route"]
    tasks = [one for name in LEVELS for one in procedure.processes[name].elements.values() if one.kind is ElementKind.USER_TASK]
    assert [one.id for one in tasks if len(one.properties.get("help", "")) < 40] == []
