"""What may come next is read from the drawing: through choices, into phases and out of them again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option
from app.domain.lookahead import Ahead, next_waits, steps_ahead, ways_on
from app.domain.procedure import Element, ElementKind, Flow, Procedure, Process
from app.domain.running import MOST_WAYS

#: What the first part of an id draws; `call_x` calls the process x.
KINDS = {
    "start": ElementKind.START,
    "letter": ElementKind.MESSAGE_START,
    "do": ElementKind.USER_TASK,
    "service": ElementKind.SERVICE_TASK,
    "choice": ElementKind.EXCLUSIVE,
    "all": ElementKind.PARALLEL,
    "date": ElementKind.TIMER_CATCH,
    "message": ElementKind.MESSAGE_CATCH,
    "withdrawn": ElementKind.MESSAGE_BOUNDARY,
    "call": ElementKind.CALL,
    "end": ElementKind.END,
    "stop": ElementKind.TERMINATE_END,
}


def told(ahead: Ahead) -> tuple[tuple[str, str], ...]:
    """The choices that lead to an element, by the names of the gateways."""
    return tuple((gate.name, label) for gate, label in ahead.choices)


def process(process_id: str, *drawn: str) -> Process:
    """A process from lines such as `start > choice`, `choice > do_a : yes [step == 'a']` and `choice > do_b : no [else]`."""
    flows = [_flow(number, line) for number, line in enumerate(drawn)]
    ids = dict.fromkeys(name for flow in flows for name in (flow.source, flow.target))
    elements = {name: _element(name, process_id, flows) for name in ids}
    return Process(process_id, process_id, elements, {flow.id: flow for flow in flows})


def _flow(number: int, line: str) -> Flow:
    drawn, _, condition = line.rstrip("]").partition("[")
    way, _, label = (part.strip() for part in drawn.partition(":"))
    source, target = (name.strip() for name in way.split(">"))
    stated = condition if condition not in ("", "else") else None
    return Flow(f"{source}_{number}", label, source, target, condition=stated, default=condition == "else")


def _element(name: str, process_id: str, flows: Iterable[Flow]) -> Element:
    kind = KINDS[name.partition("_")[0]]
    return Element(
        id=name,
        name=f"{name}?",
        kind=kind,
        process_id=process_id,
        outgoing=tuple(flow.id for flow in flows if flow.source == name),
        form_id=name if kind is ElementKind.USER_TASK else None,
        called=name.partition("_")[2].partition("_")[0] if kind is ElementKind.CALL else None,
    )


def procedure(*processes: Process, asks: Mapping[str, str] | None = None) -> Procedure:
    """A procedure of these processes; `asks` gives the fact that a task's form asks."""
    levels = {one.id: one for one in processes}
    forms = {task: Form(task, (_question(fact),)) for task, fact in (asks or {}).items()}
    return Procedure("main", "main", levels, forms, "")


def _question(fact: str) -> Field:
    return Field(fact, fact, FactType.ENUM, options=(Option("ja", "Ja"), Option("nee", "Nee")))


def ids(found: Iterable[Ahead]) -> list[str]:
    return [ahead.element.id for ahead in found]


def test_what_comes_next_is_the_nearest_step_and_what_is_ahead_is_all_of_them() -> None:
    drawn = procedure(process("main", "start > do_a", "do_a > do_b", "do_b > end"))

    assert ids(next_waits(drawn, "start")) == ["do_a"]
    assert ids(steps_ahead(drawn, "start")) == ["do_a", "do_b", "end"]
    assert ids(next_waits(drawn, "do_b")) == ["end"]


def test_service_tasks_and_parallel_gateways_are_passed_through() -> None:
    drawn = procedure(process("main", "do_a > service", "service > all", "all > do_b", "all > do_c"))

    assert ids(next_waits(drawn, "do_a")) == ["do_b", "do_c"]


def test_dates_and_messages_are_waited_for_as_people_are() -> None:
    drawn = procedure(process("main", "do_a > all", "all > date", "all > message", "date > do_b", "message > do_c"))

    assert ids(next_waits(drawn, "do_a")) == ["date", "message"]


def test_a_choice_says_which_answer_leads_where() -> None:
    drawn = procedure(process("main", "do_a > choice", "choice > do_b : ja", "choice > do_c : nee"))

    assert [(ahead.element.id, told(ahead)) for ahead in next_waits(drawn, "do_a")] == [
        ("do_b", (("choice?", "ja"),)),
        ("do_c", (("choice?", "nee"),)),
    ]


def test_choices_one_after_the_other_are_told_in_their_order_and_a_merge_adds_none() -> None:
    drawn = procedure(
        process(
            "main",
            "do_a > choice_1",
            "choice_1 > choice_merge : ja",
            "choice_1 > do_c : nee",
            "choice_merge > choice_2",
            "choice_2 > do_b : nee",
            "choice_2 > do_c : ja",
        )
    )

    found = {ahead.element.id: told(ahead) for ahead in next_waits(drawn, "do_a")}
    assert found == {"do_c": (("choice_1?", "nee"),), "do_b": (("choice_1?", "ja"), ("choice_2?", "nee"))}


def test_a_labelled_flow_that_leaves_no_choice_is_no_choice() -> None:
    drawn = procedure(process("main", "do_a > do_b : daarna"))

    assert next_waits(drawn, "do_a")[0].choices == ()


def test_a_phase_is_entered_at_its_start() -> None:
    drawn = procedure(process("main", "do_a > call_phase", "call_phase > end"), process("phase", "start > do_b", "do_b > end_b"))

    assert ids(next_waits(drawn, "do_a")) == ["do_b"]
    assert ids(next_waits(drawn, "call_phase")) == ["do_b"]


@pytest.mark.parametrize("last", ["end_inner", "stop_inner"])
def test_the_end_of_a_phase_leads_on_behind_its_call_and_is_no_end_itself(last: str) -> None:
    drawn = procedure(process("main", "call_phase > do_c", "do_c > end"), process("phase", "start > do_b", f"do_b > {last}"))

    assert ids(steps_ahead(drawn, "do_b")) == ["do_c", "end"]


def test_a_phase_that_is_called_in_two_places_may_lead_to_both() -> None:
    drawn = procedure(
        process("main", "call_phase_1 > do_x", "call_phase_2 > do_y"), process("phase", "start > do_b", "do_b > end_inner")
    )

    assert ids(next_waits(drawn, "do_b")) == ["do_x", "do_y"]


def test_two_phases_that_end_together_lead_out_of_both() -> None:
    drawn = procedure(
        process("main", "call_outer > do_after"),
        process("outer", "start > call_inner", "call_inner > end_outer"),
        process("inner", "start_i > do_b", "do_b > end_inner"),
    )

    assert ids(next_waits(drawn, "do_b")) == ["do_after"]


def test_a_process_that_nobody_calls_ends_at_its_own_end() -> None:
    drawn = procedure(process("main", "start > end"), process("beside", "start_b > do_b", "do_b > end_b"))

    assert ids(next_waits(drawn, "do_b")) == ["end_b"]


def test_what_follows_a_withdrawal_is_asked_from_its_event() -> None:
    drawn = procedure(process("main", "call_phase > end", "withdrawn > do_w", "do_w > end"), process("phase", "start > do_b"))

    assert ids(next_waits(drawn, "withdrawn")) == ["do_w"]
    assert "do_w" not in ids(steps_ahead(drawn, "do_b"))


def test_the_nearest_comes_first_and_each_step_once() -> None:
    drawn = procedure(
        process("main", "do_a > choice", "choice > do_far_1 : lang", "do_far_1 > do_b", "choice > do_b : kort", "do_b > end")
    )

    assert ids(steps_ahead(drawn, "do_a")) == ["do_far_1", "do_b", "end"]
    assert told(steps_ahead(drawn, "do_a")[1]) == (("choice?", "kort"),)


def test_a_loop_comes_to_an_end_and_a_step_is_not_ahead_of_itself() -> None:
    drawn = procedure(process("main", "do_a > choice", "choice > do_a : nee", "choice > do_b : ja", "do_b > choice"))

    assert ids(next_waits(drawn, "do_a")) == ["do_b"]
    assert ids(steps_ahead(drawn, "do_b")) == ["do_a"]


CHOICE = ("do_a > choice", "choice > do_b : ja [minor == 'ja']", "choice > do_c : nee [else]")


@pytest.mark.parametrize(("facts", "next_one"), [({"minor": "ja"}, "do_b"), ({"minor": "nee"}, "do_c"), ({}, "do_c")])
def test_a_choice_that_the_facts_decide_is_taken_and_no_longer_told(facts: dict[str, str], next_one: str) -> None:
    found = next_waits(procedure(process("main", *CHOICE)), "do_a", facts)

    assert [(ahead.element.id, told(ahead)) for ahead in found] == [(next_one, ())]


def test_a_choice_that_this_step_asks_about_is_still_open() -> None:
    drawn = procedure(process("main", *CHOICE), asks={"do_a": "minor"})

    assert ids(next_waits(drawn, "do_a", {"minor": "nee"})) == ["do_b", "do_c"]


def test_a_choice_that_a_later_step_asks_about_is_still_open() -> None:
    drawn = procedure(process("main", "start > do_a", *CHOICE), asks={"do_a": "minor"})

    assert ids(steps_ahead(drawn, "start", {"minor": "nee"})) == ["do_a", "do_b", "do_c"]


def test_without_facts_every_choice_is_open() -> None:
    assert ids(next_waits(procedure(process("main", *CHOICE)), "do_a")) == ["do_b", "do_c"]


def test_parallel_ways_are_all_taken_whatever_the_facts_are() -> None:
    drawn = procedure(process("main", "do_a > all", "all > do_b", "all > do_c"))

    assert ids(next_waits(drawn, "do_a", {"minor": "ja"})) == ["do_b", "do_c"]


def test_a_step_that_is_not_drawn_has_nothing_ahead_to_tell() -> None:
    with pytest.raises(KeyError):
        next_waits(procedure(process("main", "start > end")), "do_a")


_NAMES = st.sampled_from(["do_a", "do_b", "do_c", "choice_d", "service_e", "date_f", "end_g"])
_WAYS = st.sets(st.tuples(_NAMES.filter(lambda name: name != "end_g"), _NAMES), min_size=1)


@given(ways=_WAYS)
def test_what_comes_next_lies_ahead_whatever_was_drawn(ways: set[tuple[str, str]]) -> None:
    drawn = procedure(process("main", *sorted(f"{source} > {target}" for source, target in ways)))

    for element_id in drawn.processes["main"].elements:
        near, far = ids(next_waits(drawn, element_id)), ids(steps_ahead(drawn, element_id))
        assert len(set(far)) == len(far)
        assert set(near) <= set(far)
        assert ways_on(drawn, element_id) or not far


def test_what_hangs_on_a_hidden_fact_stays_open() -> None:
    drawn = procedure(process("main", "do_a > choice", "choice > do_b : ja", "choice > do_c : nee"))
    flows = drawn.processes["main"].flows
    first = next(iter(flow for flow in flows.values() if flow.target == "do_b"))
    decided = replace(first, condition="wish == 'ja'")
    drawn = replace(drawn, processes={"main": replace(drawn.processes["main"], flows={**flows, first.id: decided})})

    assert ids(next_waits(drawn, "do_a", {"wish": "ja"})) == ["do_b"]
    assert ids(next_waits(drawn, "do_a", {}, frozenset({"wish"}))) == ["do_b", "do_c"]


def test_a_question_that_facts_close_decides_nothing_any_more() -> None:
    level = process(
        "main", "start > do_ask", "do_ask > choice", "choice > end_report : ja [else]", "choice > do_wait : nee [answer == 'nee']"
    )
    closed = Field("answer", "?", FactType.ENUM, options=(Option("ja", "Ja"), Option("nee", "Nee")), shown_when="danger != 'ja'")
    drawn = replace(procedure(level), forms={"do_ask": Form("do_ask", (closed,))})
    names = {
        fact: [a.element.id for a in next_waits(drawn, "do_ask", {"danger": fact, "answer": "nee"})] for fact in ("ja", "nee")
    }
    assert names == {"ja": ["end_report"], "nee": ["end_report", "do_wait"]}
    unknown = next_waits(drawn, "do_ask", {"answer": "nee"}, frozenset({"danger"}))
    assert [a.element.id for a in unknown] == ["end_report", "do_wait"]


def told_ways(found: Iterable[Ahead]) -> list[tuple[str, str]]:
    """Where each way leads, and what is chosen on it."""
    return [(ahead.element.id, ", ".join(f"{gate.id} {label}" for gate, label in ahead.choices)) for ahead in found]


def test_each_way_to_an_end_is_told_with_its_own_choices() -> None:
    drawn = procedure(
        process(
            "main",
            *("do_a > choice_1", "choice_1 > end : nee", "choice_1 > choice_2 : ja"),
            *("choice_2 > end : later", "choice_2 > do_b : nu"),
        )
    )
    assert told_ways(ways_on(drawn, "do_a")) == [
        ("end", "choice_1 nee"),
        ("end", "choice_1 ja, choice_2 later"),
        ("do_b", "choice_1 ja, choice_2 nu"),
    ]
    assert ids(next_waits(drawn, "do_a")) == ["end", "do_b"]


def test_what_a_choice_says_decides_a_later_one_on_its_way_alone() -> None:
    again = ("choice_2 > end_given : ja [minor == 'ja']", "choice_2 > end_kept : nee [minor == 'nee']")
    drawn = procedure(
        process(
            "main",
            "do_a > choice_1",
            "choice_1 > service : ja [minor == 'ja' and other != 'x']",
            "choice_1 > choice_merge : nee [minor == 'nee']",
            "choice_1 > choice_merge : anders [else]",
            "service > choice_merge",
            "choice_merge > choice_2",
            *again,
        ),
        asks={"do_a": "minor"},
    )
    assert sorted(told_ways(ways_on(drawn, "do_a", {}, frozenset({"other"})))) == [
        ("end_given", "choice_1 anders"),
        ("end_given", "choice_1 ja"),
        ("end_kept", "choice_1 nee"),
    ]
    assert sorted(told_ways(ways_on(drawn, "do_a", {}))) == [("end_given", "choice_1 ja"), ("end_kept", "choice_1 nee")]


@given(ways=_WAYS)
def test_the_ways_lead_to_what_comes_next_and_nowhere_else(ways: set[tuple[str, str]]) -> None:
    drawn = procedure(process("main", *sorted(f"{source} > {target}" for source, target in ways)))
    for element_id in drawn.processes["main"].elements:
        assert set(ids(ways_on(drawn, element_id))) - {element_id} == set(ids(next_waits(drawn, element_id)))


def test_a_drawing_of_very_many_ways_is_told_up_to_a_number() -> None:
    gates = [line for n in range(12) for line in (f"choice_{n} > choice_{n + 1} : ja", f"choice_{n} > choice_{n + 1} : nee")]
    drawn = procedure(process("main", "do_a > choice_0", *gates, "choice_12 > end"))
    assert len(ways_on(drawn, "do_a")) == MOST_WAYS
