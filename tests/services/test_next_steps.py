"""What a task page says of what comes after: by its answers, each thing that happens once, and in few words."""

import pytest

from app.demo.play import Player
from app.domain.facts import Facts
from app.domain.roles import Role
from app.services import task_page
from app.services.next_steps import next_steps
from app.services.views.task import NextStep
from tests.processes.product import procedures
from tests.services.route import guided


def steps(key: str, element_id: str, within: tuple[str, ...] = ()) -> tuple[NextStep, ...]:
    """What is told to whoever does a step, of whose case nothing is known."""
    procedure = procedures()[key]
    lane = procedure.element(element_id).lane or Role.ADVISER
    name_of = {one: other.name for one, other in procedures().items()}.__getitem__
    return next_steps(procedure, element_id, frozenset({lane}), Facts(), name_of=name_of, within=within)


def told(key: str, element_id: str, within: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The same: answers, and behind them what comes."""
    found = {}
    for step in steps(key, element_id, within):
        answers = ("anders " if step.otherwise else "") + " | ".join(step.answers)
        found[answers] = [f"{then.comes} {then.step or then.role or ''}".strip() for then in step.then]
    return found


def test_handing_over_leads_to_the_successor_or_to_where_it_was() -> None:
    assert told("handover", "hand_over_file") == {
        "Gaat de zaak nu over? Ja": ["ends Zaak overgedragen"],
        "Gaat de zaak nu over? Nee": ["ends Zaak blijft bij jou"],
    }


def test_each_choice_of_a_step_says_what_begins_and_that_the_question_comes_back() -> None:
    found = told("complaint_route", "choose_step")

    assert found["Naar de klachtencommissie"] == ["starts Klachtencommissie"]
    assert found["Een pauze"] == ["task Spreek de pauze af"]
    assert found["Naar de schoolleiding of Naar het bestuur"] == ["task Spreek af wat je deelt"]
    back = "Welke stap kiest de klager nu? alles behalve Een pauze, Stoppen met de klacht of Afronden: het is genoeg"
    assert found[back] == ["again"]
    # Nothing of what comes behind those who do the step.
    assert found["Stoppen met de klacht"] == ["task Noteer waarom het stopt"]
    assert found["Afronden: het is genoeg"] == ["task Geef nazorg"]


def test_what_an_answer_bars_is_told_once_as_otherwise() -> None:
    found = told("complaint_route", "answer_question")

    assert list(found)[:4] == [
        "Is er nu gevaar? Ja",
        "Ging het over geweld of verwaarlozing thuis? Mogelijk of Ja",
        "anders Zit er meer achter de vraag? Ja",
        "anders Zit er meer achter de vraag? Nee",
    ]


def test_one_heading_stands_above_all_that_an_answer_opens_and_the_other_answer_is_told_too() -> None:
    assert told("meldplicht", "take_over") == {
        "Gaat het over jou of ben je betrokken? Ja": ["again"],
        "anders ": ["task Zorg voor veiligheid", "task Bel de inspecteur"],
        "anders Wie houdt contact? vertrouwenspersoon": ["passes adviser"],
        "anders Wie houdt contact? leiding": ["passes school_leader"],
        "anders Wie houdt contact? bestuur of ander": ["task Houd contact als bestuur"],
    }


def test_the_centre_of_the_route_asks_whom_to_tick_only_where_somebody_is_needed(player: Player) -> None:
    number = guided(player)
    shown = task_page.show(player.app, player.actor("sanne"), player.task(number, "choose_step"))

    assert [choice.role for choice in shown.handlers] == []


def test_completing_tells_what_opened_in_what_began_and_last_that_the_same_task_is_open_again(player: Player) -> None:
    number = guided(player)
    done = player.do("sanne", number, "choose_step", step="klachtencommissie")

    assert [(one.title, one.again) for one in done.opened] == [
        ("Leg de commissie uit", False),
        ("Noteer wat de klager kiest", True),
    ]
    assert all(one.task_id is not None for one in done.opened)


@pytest.mark.parametrize("element_id", ["tell_duty", "explain_legal_steps", "protect_now"])
def test_what_waits_for_others_is_told_to_wait(element_id: str) -> None:
    assert "joins" in told("meldplicht", element_id)[""]


def test_no_answer_is_told_together_with_what_it_excludes() -> None:
    assert told("committee", "explain_committee") == {
        "Wil de klager naar de commissie? Ja": ["task Noteer wie de klager steunt"],
        "Nee, hij gaat verder op school": ["ends Terug naar de interne route"],
        "Hij denkt er nog over na": ["again"],
    }
    assert told("committee", "ask_progress") == {"Nog eens vragen? ja": ["waits Dag om opnieuw te vragen"]}


def test_a_phase_with_several_callers_goes_on_behind_the_one_that_it_runs_for() -> None:
    assert told("complaint_route", "how_is_it_now", ("complaint", "guidance", "steps", "now_after_step")) != told(
        "complaint_route", "how_is_it_now", ("complaint", "guidance", "pause", "now_after_pause")
    )


@pytest.mark.parametrize("key", sorted(procedures()))
def test_every_group_of_every_task_is_told_once_and_in_few_words(key: str) -> None:
    drawn = procedures()[key]
    tasks = [e for process in drawn.processes.values() for e in process.elements.values() if e.form_id is not None]
    for task in tasks:
        found = steps(key, task.id)
        assert len({(step.answers, step.otherwise) for step in found}) == len(found)
        assert all(len(step.answers) <= 4 for step in found), task.id
        assert all(step.then for step in found)
