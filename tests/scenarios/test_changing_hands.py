"""Stories in which a case goes to another adviser: handed over, or taken over in illness."""

import pytest

from app.demo.play import Player
from app.scenarios.known import check
from app.scenarios.playing import Played, play
from app.scenarios.reading import read
from app.scenarios.story import ScenarioError
from tests.services.handing.play import draw, drawn

BEGIN = """
title: Proef
source: Handreiking 2.9
procedure: guided
start: {element: start_guided, person: sanne, school: De Linde, moment: 2026-09-07}
steps:
- {complete: consent, as: sanne, with: {file_consent: ja, story: Het verhaal}}
"""


def tell(player: Player, steps: str) -> Played:
    """Play these steps after consent was given."""
    scenario = read(BEGIN + steps)
    check(scenario, {procedure.key: procedure for procedure in drawn()})
    return play(draw(player), scenario)


def test_an_ill_adviser_is_replaced_by_the_one_who_was_named_and_by_nobody_else(player: Player) -> None:
    ill = """
- {complete: choose_next, as: sanne, with: {next_move: aanwijzen}, tick: {successor: [ruben]}}
- expect: {absent: [ruben, marijke], events: [replacement.named]}
- {ask_replacement: sanne, as: marijke, at: 2026-09-14}
- expect:
    events: [replacement.asked, procedure.started start_replacement, task.opened accept_replacement]
    mail: {task_opened: [ruben]}
    open: [{task: accept_replacement, role: successor}]
    absent: [marijke, farida]
- {complete: accept_replacement, as: ruben, with: {accepts: ja}}
- expect: {events: [handler.removed, handler.added], ended: [end_taken], absent: [sanne, marijke]}
- {complete: choose_next, as: ruben, with: {next_move: stoppen}}
- expect: {running: []}
"""
    assert tell(player, ill).failures == ()


def test_a_handover_takes_all_entries_along_and_leaves_the_former_adviser_outside(player: Player) -> None:
    handed = """
- {complete: choose_next, as: sanne, with: {next_move: overdragen}}
- {complete: prepare_handover, as: sanne, tick: {successor: [farida]}}
- {complete: accept_handover, as: farida, with: {accepts: ja}}
- {complete: give_file, as: sanne}
- expect:
    events: [file.resealed, handler.removed, handler.added]
    open: [{task: welcome, role: adviser}]
    absent: [sanne, ruben]
"""
    assert tell(player, handed).failures == ()


def test_whoever_the_complainant_did_not_agree_to_cannot_act_for_an_adviser(player: Player) -> None:
    away = """
- {complete: choose_next, as: sanne, with: {next_move: aanwijzen}, tick: {successor: [ruben]}}
- {absence: sanne, deputy: farida, lanes: [adviser], until: 2026-09-18}
- {expect: {absent: [farida]}}
"""
    [failure] = tell(player, away).failures
    assert (failure.where.step, "niet schriftelijk met deze waarnemer" in failure.text) == (3, True)


def test_an_absence_that_is_not_there_cannot_end(player: Player) -> None:
    [failure] = tell(player, "- {absence_ends: sanne, as: ruben}\n").failures
    assert failure.where.step == 2


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("- {ask_replacement: jan, as: marijke}", "er is geen persoon jan"),
        ("- {ask_replacement: sanne}", "as ontbreekt"),
    ],
)
def test_a_wish_for_a_replacement_that_means_nothing_is_refused(step: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        check(read(BEGIN + step + "\n"), {procedure.key: procedure for procedure in drawn()})
    assert said in str(refused.value)
