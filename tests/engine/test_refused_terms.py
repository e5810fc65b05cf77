"""One mistake in a term, a timer or a fact: the diagram is refused where the mistake is; and what a sound one gives."""

import re
from collections.abc import Callable

import pytest

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option
from app.domain.procedure import Calendar, ElementKind, TermRule
from app.domain.roles import FileKind, Role
from app.engine.spiff_parser import build
from tests.engine.sheet import timer
from tests.engine.sound import Sound, refusals

Spoil = Callable[[Sound], object]


def term(**changes: str | None) -> Spoil:
    """Changes or drops properties of the term in the phase."""

    def spoil(sound: Sound) -> None:
        held = sound.phase.nodes["answer"].properties
        held.update({name: value for name, value in changes.items() if value is not None})
        for name in [name for name, value in changes.items() if value is None]:
            del held[name]

    return spoil


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (term(deadline="4 weken"), "period"),
        (term(deadline="P4W3D"), "period"),
        (term(deadline="PT4H"), "period"),
        (term(deadlineWarn="1W"), "period"),
        (term(deadlineCalendar="feestdagen"), "deadlineCalendar"),
        (term(deadlineCalendar=None), "deadlineCalendar"),
        (term(deadlineEscalate="minister"), "deadlineEscalate"),
        (term(deadlineEscalate="administrator"), "deadlineEscalate"),
        (term(statutory="ja"), "statutory"),
        (term(deadlineMetBy="Told on"), "deadlineMetBy"),
        (term(deadlineMetBy="wanted"), "met_by"),
        (term(deadlineMetBy="extended_to"), "met_by"),
        (term(deadlineCommittee="wanted"), "statutory_committee"),
        (term(statutory=None, deadlineCommittee="wanted"), "committee"),
        (term(statutory=None, deadlineCommittee="nothing"), "committee"),
        (term(deadlineFrom=None), "statutory_start"),
        (term(deadlineFrom="nothing"), "fact_unknown"),
        (term(deadlineFrom="told_on"), "fact_unknown"),
        (term(deadlineFrom="wanted"), "fact_no_day"),
        (term(deadlineCalendar="calendar", deadline="PT24H"), "fact_no_moment"),
    ],
)
def test_a_term_that_cannot_be_counted_is_refused(spoil: Spoil, code: str) -> None:
    found = refusals(spoil)
    assert ("answer", code) in found
    # A term that is malformed is no term, so nothing can extend it either.
    assert found - {("answer", code)} <= {("apply", "not_extendable")}


def test_what_is_wrong_with_a_term_is_said_in_the_words_of_its_fields() -> None:
    sound = Sound()
    term(deadlineWarn=None, deadlineFrom=None, deadlineCalendar="feestdagen", deadlineEscalate="minister")(sound)
    texts = " ".join(one.text for one in sound.findings())
    assert all(
        f"'{words}'" in texts for words in ("Waarschuw zo lang vooraf", "Telt vanaf", "Hoe wordt geteld", "Meld te laat ook aan")
    )
    assert "In schooldagen" in texts
    assert not re.search("deadline|statutory|workdays", texts)


def test_a_warning_of_a_statutory_term_is_needed() -> None:
    assert {("answer", "statutory_warning"), ("soon", "timer_term")} <= refusals(term(deadlineWarn=None))


def test_the_parts_of_a_term_without_a_period_are_refused() -> None:
    assert ("answer", "deadline_missing") in refusals(term(deadline=None))


@pytest.mark.parametrize("gone", ["soon", "late"])
def test_a_statutory_term_draws_its_warning_and_its_end(gone: str) -> None:
    def spoil(sound: Sound) -> None:
        for part in (gone, f"tell_{gone}", f"told_{gone}"):
            del sound.phase.nodes[part]
        sound.phase.flows = {name: flow for name, flow in sound.phase.flows.items() if gone not in name}

    assert refusals(spoil) == {("answer", "statutory_timers")}


def test_a_target_needs_no_drawn_timers_and_may_start_from_its_own_form() -> None:
    def spoil(sound: Sound) -> None:
        term(statutory="false", deadlineFrom="told_on")(sound)
        for part in ("soon", "tell_soon", "told_soon"):
            del sound.phase.nodes[part]
        sound.phase.flows = {name: flow for name, flow in sound.phase.flows.items() if "soon" not in name}

    assert refusals(spoil) == set()


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("P4W", "timer_not_ours"),
        ("2026-11-27T10:00:00Z", "timer_not_ours"),
        ("${now()}", "timer_not_ours"),
        ("${told_on.plusDays(1)}", "timer_not_ours"),
        ("told_on", "timer_not_ours"),
        ("", "timer_not_ours"),
        ("${deadline.answer}", "timer_place"),
        ("${warn.answer}", "timer_place"),
        ("${deadline.nothing}", "timer_place"),
        ("${nothing}", "fact_unknown"),
        ("${wanted}", "fact_no_day"),
    ],
)
def test_a_timer_waits_for_a_moment_of_ours(at: str, code: str) -> None:
    assert refusals(lambda s: s.phase.nodes.update(wait=timer(at))) == {("wait", code)}


@pytest.mark.parametrize("how", ["timeDuration", "timeCycle"])
def test_a_duration_or_a_cycle_is_no_timer_of_ours(how: str) -> None:
    assert refusals(lambda s: s.phase.nodes.update(wait=timer("${told_on}", how=how))) == {("wait", "timer_not_ours")}


def test_a_warning_timer_needs_a_warning() -> None:
    def spoil(sound: Sound) -> None:
        term(statutory="false", deadlineWarn=None)(sound)

    assert refusals(spoil) == {("soon", "timer_term")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Field("wanted", "Nog?", FactType.DATE), ("answer", "fact_two_kinds")),
        (
            Field("wanted", "Nog?", FactType.ENUM, options=(Option("ja", "Ja"), Option("misschien", "Wie weet"))),
            ("answer", "fact_two_kinds"),
        ),
        (Field("wanted", "Nog?", None), ("answer", "fact_sealed")),
        (Field("letter", "Nog?", FactType.DATE), ("answer", "fact_sealed")),
        (Field("story", "Verhaal", None, file=FileKind.ADVISER), ("answer", "sealed_file")),
        (Field("more", "Meer?", FactType.DATE, shown_when="nothing == 'x'"), ("answer", "fact_unknown")),
        (Field("more", "Meer?", FactType.DATE, required_when="extended_to != null"), ("answer", "fact_unknown")),
        (Field("more", "Meer?", FactType.DATE, shown_when="wanted == 'yes'"), ("answer", "condition_value")),
    ],
)
def test_a_fact_means_one_thing_and_a_field_goes_where_its_lane_may_write(change: Field, expected: tuple[str, str]) -> None:
    def spoil(sound: Sound) -> None:
        sound.forms["answer"] = Form("answer", (*sound.forms["answer"].fields, change))

    assert refusals(spoil) == {expected}


def test_an_extension_goes_to_a_date_that_is_asked() -> None:
    assert refusals(lambda s: s.longer.nodes["apply"].properties.update(to="known_on")) == {("apply", "fact_unknown")}
    assert refusals(lambda s: s.longer.nodes["apply"].properties.update(told="may_contact")) == {("apply", "fact_unknown")}


def test_all_mistakes_are_found_at_once_in_the_order_of_the_files() -> None:
    sound = Sound()
    sound.longer.nodes["extend"].documentation = ""
    sound.phase.nodes["wait"].name = ""
    sound.route.nodes["done"].lane = None
    term(deadlineEscalate="minister")(sound)
    found = [(one.file, one.element_id) for one in sound.findings()]
    assert found[0] == ("route.bpmn", "done")
    assert {file for file, _ in found} == {"route.bpmn", "route/phase.bpmn", "route/longer.bpmn"}
    assert [file for file, _ in found] == sorted(
        (file for file, _ in found), key=["route.bpmn", "route/phase.bpmn", "route/longer.bpmn"].index
    )


def test_a_finding_names_the_element_as_it_is_drawn() -> None:
    sound = Sound()
    sound.route.nodes["ask"].name = "Vraag het"
    sound.route.nodes["ask"].documentation = ""
    (finding,) = sound.findings()
    assert (finding.file, finding.element_id, finding.element_name) == ("route.bpmn", "ask", "Vraag het")


def test_a_sound_procedure_is_read_whole() -> None:
    procedure = Sound().read().procedure
    assert procedure is not None
    assert list(procedure.processes) == ["route", "phase", "longer"]
    assert [element.id for element in procedure.starts()] == ["begin"]
    assert list(procedure.processes["route"].elements)[:3] == ["begin", "ask", "gw"]
    answer = procedure.element("answer")
    assert (answer.lane, answer.checklist, answer.legal_basis) == (Role.BOARD, (59, 132), "WPO art. 14")
    assert answer.term == TermRule("P4W", Calendar.ATW, "known_on", "P1W", Role.ADVISER, True, True, ("told_on",))
    assert (procedure.element("late").timer, procedure.element("late").attached_to) == ("deadline.answer", "answer")
    assert (procedure.element("ev_stop").message, procedure.element("ev_stop").interrupting) == ("stopped", True)
    assert procedure.element("not_wanted").kind is ElementKind.TERMINATE_END
    assert procedure.processes["route"].flows["gw_answering"].condition == "wanted == 'ja'"
    assert procedure.form_of("ask").field("letter").file is FileKind.BOARD


def test_a_sound_procedure_can_be_built_for_the_engine() -> None:
    procedure = Sound().read().procedure
    assert procedure is not None
    specs = build(procedure)
    assert (set(specs.subs), set(specs.anytime)) == ({"phase"}, {"longer"})


def fingerprint(sound: Sound) -> str:
    procedure = sound.read().procedure
    assert procedure is not None
    return procedure.sha256


def test_the_fingerprint_follows_meaning_and_not_the_writing_of_the_file() -> None:
    plain = fingerprint(Sound())
    rewritten = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn again -->' + Sound().route.source()
    assert fingerprint(Sound(more={"route.bpmn": rewritten})) == plain
    renamed, asked = Sound(), Sound()
    renamed.route.nodes["ask"].name = "Anders"
    asked.field("ask", "wanted", label="Anders")
    assert len({plain, fingerprint(renamed), fingerprint(asked)}) == 3
