"""Stories in which procedures start each other, and a case is opened out of another one."""

import pytest

from app.demo.play import Player
from app.scenarios.known import check
from app.scenarios.playing import Played, play
from app.scenarios.reading import read
from app.scenarios.stage import stage
from app.scenarios.story import ScenarioError
from tests.engine.sheet import event, service, task
from tests.engine.test_driving import asks, sheet, sound
from tests.services.started import draw, drawn
from tests.world import ROOT

BEGIN = """
title: Proef
source: Handreiking 5.2
procedure: guide
start: {element: start_guide, person: sanne, school: De Linde, moment: 2026-09-07}
steps:
"""
OTHER = "- {complete: choose_step, as: sanne, with: {next_step: other}, tick: {adviser: [ruben]}}\n"


def tell(player: Player, steps: str) -> Played:
    """Play these steps after the start of a guidance."""
    scenario = read(BEGIN + steps)
    check(scenario, {procedure.key: procedure for procedure in drawn()})
    return play(draw(player), scenario)


def test_a_story_acts_in_whichever_procedure_of_the_case_has_the_step(player: Player) -> None:
    helped = """
- {complete: choose_step, as: sanne, with: {next_step: helper}, tick: {school_leader: [joost]}}
- expect: {running: [guide, helper], open: [{task: help_out, role: school_leader}]}
- {complete: help_out, as: joost, with: {help_kind: klaar}}
- expect: {running: [guide], open: [{task: how_is_it_now}], events: [procedure.ended, message.sent catch_done]}
"""
    assert tell(player, helped).failures == ()


def test_a_step_may_be_taken_and_expected_in_a_case_that_was_opened_out_of_the_first(player: Player) -> None:
    elsewhere = """
- {case: 2, expect: {open: [{task: meet}], running: [counter], events: [case.opened, task.opened meet], absent: [sanne]}}
- expect: {open: [{task: choose_step}], running: [guide], events: [case.linked start_other], absent: [ruben]}
- {complete: meet, case: 2, as: ruben, with: {met: nee}}
- {case: 2, expect: {running: [], ended: [end_counter]}}
- {case: 1, expect: {running: [guide]}}
"""
    assert tell(player, OTHER + elsewhere).failures == ()


def test_a_wrong_expectation_of_another_case_is_said(player: Player) -> None:
    played = tell(player, OTHER + "- {case: 2, expect: {running: [guide]}}\n- {case: 3, expect: {running: []}}\n")
    assert [failure.text for failure in played.failures] == [
        "verwacht dat loopt: guide; er loopt: counter",
        "er is geen zaak 3; er zijn er 2",
    ]


def test_a_story_goes_on_from_the_list_of_notices(player: Player) -> None:
    listed = """
- {complete: choose_step, as: sanne, with: {next_step: list}}
- expect: {running: [], ended: [end_listed]}
- {from_list: start_from_list, as: sanne, at: 2026-09-21}
- expect: {running: [guide], open: [{task: choose_step}]}
- {from_list: start_from_list, as: sanne}
"""
    assert [failure.text for failure in tell(player, listed).failures] == [
        "sanne kan dit niet: Deze zaak staat niet meer op de lijst met meldingen. Laad de pagina opnieuw."
    ]


def test_a_drawing_that_goes_round_for_ever_ends_the_story_with_the_reason() -> None:
    nodes = {"ask": task("ask"), "gw": event("exclusiveGateway"), "note": service("record", mark="gezien")}
    ways = ("begin > ask", "ask > gw", "gw > note: nee ? ${first == 'nee'}", "gw > done: ja ? ${first == 'ja'}", "note > gw")
    drawn = sound({"route": sheet(nodes, *ways)}, {"ask": (asks("first"),)})
    begin = BEGIN.replace("guide", "route").replace("start_route", "begin").replace("sanne", "marijke")
    with stage({"route": drawn}, ROOT / "processes", ROOT / "forms") as prepared, prepared.player() as player:
        found = play(player, read(begin + "- {complete: ask, as: marijke, with: {first: nee}}\n")).failures
    assert [failure.text.partition(", ")[0] for failure in found] == [
        "marijke kan dit niet: de tekening gaat hierna rond zonder op iemand te wachten"
    ]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("- {case: twee, expect: {running: []}}", "stap 1: twee is geen zaak; de eerste is 1"),
        ("- {case: 0, expect: {running: []}}", "0 is geen zaak"),
        ("- {case: 2, wait: P1D}", "case ken ik hier niet. Wel: wait"),
        ("- {from_list: start_guide, as: sanne}", "er is geen begin vanaf de lijst start_guide. Wel: start_from_list"),
        ("- {case: 2, complete: nergens, as: sanne}", "er is geen stap nergens"),
    ],
)
def test_what_a_step_cannot_mean_is_refused_with_its_line(player: Player, step: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        tell(player, step)
    assert said in str(refused.value)
