"""One mistake in the arrows, the calls or the files: the diagram is refused where the mistake is."""

from collections.abc import Callable

import pytest

from app.engine.parse import read_procedure
from tests.engine.sheet import Flow, Node, Sheet, call, event, flows, service, task, timer
from tests.engine.sound import Sound, refusals

Spoil = Callable[[Sound], object]
UNREACHED = [(one, "orphan") for one in ("ev_stop", "note_stop", "stopped")]


def arrows(*drawn: str, without: str = "") -> Spoil:
    """Adds arrows to the route, and takes one away."""

    def spoil(sound: Sound) -> None:
        sound.route.flows.pop(without, None)
        sound.arrows(sound.route, *drawn)

    return spoil


def beside(name: str, node: Node, *drawn: str, without: str = "") -> Spoil:
    """Adds a node with its arrows to the route."""

    def spoil(sound: Sound) -> None:
        sound.route.nodes[name] = node
        arrows(*drawn, without=without)(sound)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (beside("extra", event("endEvent")), {("extra", "orphan")}),
        (beside("extra", service("record", mark="x"), "extra > done"), {("extra", "orphan")}),
        (arrows(without="answering_done"), {("answering", "dead_end"), ("done", "orphan")}),
        (arrows(without="ev_stop_note_stop"), {("ev_stop", "dead_end"), ("note_stop", "orphan"), ("stopped", "orphan")}),
        (arrows("done > note_stop"), {("done", "after_end")}),
        (arrows("ask > done"), {("ask", "many_out")}),
        (arrows("note_stop > ev_stop", without="note_stop_stopped"), {("ev_stop", "into_event"), ("stopped", "orphan")}),
        (arrows("note_stop > begin", without="note_stop_stopped"), {("begin", "into_event"), ("stopped", "orphan")}),
        (arrows("note_stop > nowhere"), {("note_stop_nowhere", "loose_flow")}),
        (lambda s: s.route.nodes["ev_stop"].attributes.pop("attachedToRef"), {("ev_stop", "loose_boundary"), *UNREACHED}),
        (lambda s: setattr(s.route, "executable", "false"), {("route", "not_executable")}),
        (beside("again", event("startEvent"), "again > ask"), set()),
    ],
)  # fmt: skip
def test_nothing_dangles_and_nothing_is_lost(spoil: Spoil, expected: set[tuple[str, str]]) -> None:
    assert refusals(spoil) == expected


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: setattr(s.route.flows["ask_gw"], "condition", "${wanted == 'ja'}"), {("ask_gw", "idle_condition")}),
        (lambda s: setattr(s.route.flows["answering_done"], "condition", "${true}"), {("answering_done", "idle_condition")}),
        (lambda s: setattr(s.route.flows["gw_answering"], "condition", None), {("gw_answering", "no_condition")}),
        (lambda s: s.route.nodes["gw"].attributes.update(default="gw_answering"), {("gw_answering", "idle_condition")}),
        (
            lambda s: setattr(s.route.flows["gw_answering"], "condition", "wanted == 'ja'"),
            {("gw_answering", "condition_outside")},
        ),
        (
            lambda s: setattr(s.route.flows["gw_answering"], "attributes", ' language="groovy"'),
            {("gw_answering", "condition_outside")},
        ),
        (
            lambda s: setattr(s.route.flows["gw_answering"], "condition", "${wanted.size()}"),
            {("gw_answering", "condition_outside")},
        ),
        (lambda s: setattr(s.route.flows["gw_answering"], "condition", "${unknown == 'ja'}"), {("gw_answering", "fact_unknown")}),
        (lambda s: setattr(s.route.flows["gw_answering"], "condition", "${told_on != null}"), {("gw_answering", "fact_unknown")}),
        (lambda s: setattr(s.route.flows["gw_answering"], "condition", "${letter != null}"), {("gw_answering", "fact_unknown")}),
        (
            lambda s: setattr(s.route.flows["gw_answering"], "condition", "${wanted == 'yes'}"),
            {("gw_answering", "condition_value")},
        ),
        (
            lambda s: setattr(s.route.flows["gw_answering"], "condition", "${known_on == 1}"),
            {("gw_answering", "condition_value")},
        ),
        (lambda s: setattr(s.route.flows["gw_answering"], "condition", "${wanted == 'nee'}"), {("gw", "no_default")}),
        (lambda s: s.field("ask", "wanted", required=False), {("gw", "no_default")}),
        (lambda s: s.field("ask", "wanted", shown_when="may_contact == 'ja'"), {("gw", "no_default")}),
        (lambda s: setattr(s.route.flows["gw_answering"], "condition", "${known_on != null}"), {("gw", "no_default")}),
    ],
)
def test_a_choice_reads_earlier_facts_and_always_has_an_answer(spoil: Spoil, expected: set[tuple[str, str]]) -> None:
    assert refusals(spoil) == expected


def test_a_default_makes_a_choice_whole_whatever_was_answered() -> None:
    def spoil(sound: Sound) -> None:
        sound.field("ask", "wanted", required=False)
        sound.route.nodes["gw"].attributes["default"] = "gw_not_wanted"
        sound.route.flows["gw_not_wanted"].condition = None

    assert refusals(spoil) == set()


def test_a_later_task_that_may_empty_a_fact_makes_a_default_needed() -> None:
    def spoil(sound: Sound) -> None:
        beside("again", task("again"), "ask > again", "again > gw", without="ask_gw")(sound)
        sound.forms["again"] = sound.forms["ask"]
        sound.field("again", "wanted", required=False)
        sound.forms["again"] = type(sound.forms["ask"])("again", sound.forms["again"].fields)

    assert refusals(spoil) == {("gw", "no_default")}


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: s.phase.nodes["late"].attributes.update(cancelActivity="true"), {("late", "interrupting")}),
        (lambda s: s.route.nodes["ev_stop"].attributes.update(attachedToRef="ask"), {("ev_stop", "interrupting")}),
        (
            lambda s: s.phase.flows.update(tell_late_told_late=Flow("tell_late", "wait")),
            {("late", "into_main"), ("told_late", "orphan")},
        ),
    ],
)
def test_only_a_message_on_a_phase_interrupts_and_nothing_runs_twice(spoil: Spoil, expected: set[tuple[str, str]]) -> None:
    assert refusals(spoil) == expected


def _late_task(sound: Sound) -> None:
    """The timer of a phase asks something of a person."""
    sound.phase.nodes["tell_late"] = task("look")
    sound.forms["look"] = type(sound.forms["ask"])("look", sound.forms["extend"].fields)


def test_a_timer_may_open_a_task_where_nothing_repeats() -> None:
    assert refusals(_late_task) == set()


@pytest.mark.parametrize("where", ["here", "in the calling level"])
def test_a_timer_opens_no_task_in_a_loop(where: str) -> None:
    def spoil(sound: Sound) -> None:
        _late_task(sound)
        if where == "here":
            sound.phase.nodes["again"] = Node("exclusiveGateway", attributes={"default": "again_answer"})
            del sound.phase.flows["answer_wait"]
            sound.arrows(sound.phase, "answer > again", "again > answer: nee", "again > wait: ja ? ${told_on != null}")
        else:
            del sound.route.flows["answering_done"]
            sound.route.nodes["again"] = Node("exclusiveGateway", attributes={"default": "again_answering"})
            sound.arrows(sound.route, "answering > again", "again > answering: nee", "again > done: ja ? ${told_on != null}")

    assert refusals(spoil) == {("late", "timer_task_in_loop")}


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: s.route.nodes["answering"].attributes.update(calledElement="nothing"), {("answering", "call_unknown")}),
        (lambda s: s.route.nodes["answering"].attributes.pop("calledElement"), {("answering", "call_unknown")}),
        (lambda s: s.route.nodes["answering"].properties.update(severalAtOnce="ja"), {("answering", "several_at_once")}),
        (lambda s: s.route.nodes["answering"].properties.update(severalAtOnce="true"), set()),
        (lambda s: s.longer.properties.update(onlyWhileRunning="ja"), {("longer", "only_while_running")}),
        (lambda s: s.longer.properties.update(onlyWhileRunning="true"), set()),
        (lambda s: s.route.properties.update(anytime="longer,nothing"), {("route", "anytime_unknown")}),
        (
            lambda s: s.phase.nodes.update(wait=call("route")),
            {("answering", "call_loop"), ("wait", "call_loop"), ("route", "one_start")},
        ),
        (
            lambda s: s.phase.nodes.update(other=event("startEvent")) or s.arrows(s.phase, "other > answer"),
            {("phase", "one_start")},
        ),
        (lambda s: s.longer.nodes.update(apply=task("ask")), {("longer", "anytime_tasks"), ("apply", "form_shared")}),
        (lambda s: s.route.properties.update(inputs="may_contact,unused"), {("route", "inputs_unknown")}),
        (lambda s: s.route.properties.update(outputs="wanted,nothing"), {("route", "outputs_unknown")}),
        (lambda s: s.longer.properties.update(outputs="wanted"), {("longer", "outputs_unknown")}),
    ],
)
def test_what_is_referred_to_exists(spoil: Spoil, expected: set[tuple[str, str]]) -> None:
    found = refusals(spoil)
    # A phase that is not called leaves its facts unset: the timer's process beside it then extends nothing.
    assert expected - {("route", "one_start")} <= found
    assert {code for _, code in found} - {code for _, code in expected} <= {"topic_task", "not_extendable", "one_start"}


def test_a_fact_of_the_process_that_runs_beside_is_known_when_handed_back() -> None:
    def spoil(sound: Sound) -> None:
        sound.phase.nodes["wait"] = timer("${extended_to}")

    assert refusals(spoil) == {("wait", "fact_unknown")}

    def handed(sound: Sound) -> None:
        spoil(sound)
        sound.longer.properties["outputs"] = "extended_to"

    assert refusals(handed) == set()


def test_facts_of_parallel_branches_are_known_after_they_join() -> None:
    def spoil(sound: Sound) -> None:
        sound.route = Sheet(
            "route",
            {
                "begin": event("startEvent"),
                "split": Node("parallelGateway", name=""),
                "ask": task("ask"),
                "other": task("other"),
                "join": Node("parallelGateway", name=""),
                "gw": event("exclusiveGateway"),
                "answering": call("phase"),
                "done": event("endEvent"),
            },
            flows("begin > split", "split > ask", "split > other", "ask > join", "other > join", "join > gw",
                  "gw > answering: ja ? ${wanted == 'ja'}", "gw > done: nee ? ${wanted == 'nee'}", "answering > done"),
            {"inputs": "may_contact", "anytime": "longer"},
        )  # fmt: skip
        sound.forms["other"] = type(sound.forms["ask"])("other", sound.forms["extend"].fields)

    assert refusals(spoil) == set()


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "DOCTYPE"),
        (b"<bpmn:definitions", "XML"),
        (b"", "XML"),
        (b"<definitions/>", "BPMN"),
        (b'<?xml version="1.0" encoding="klingon"?><x/>', "codering"),
        (b" " * 2_000_001, "groot"),
        (b"<x>" + b"<y/>" * 20_000 + b"</x>", "te veel onderdelen"),
    ],
)
def test_a_file_that_is_no_diagram_is_explained(source: bytes, word: str) -> None:
    sound = Sound()
    findings = read_procedure("route", sound.sources() | {"route/evil.bpmn": source}, sound.forms).findings
    assert [(one.file, one.code) for one in findings] == [("route/evil.bpmn", "xml")]
    assert word in findings[0].text


def test_another_encoding_is_fine_when_it_is_declared() -> None:
    sound = Sound()
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + sound.route.source().replace(b"Een route", b"Een \xe9\xe9n")
    reading = read_procedure("route", sound.sources() | {"route.bpmn": latin}, sound.forms)
    assert reading.procedure is not None
    assert reading.procedure.name == "Een één"


def test_a_procedure_without_a_process_of_its_name_is_refused() -> None:
    sound = Sound()
    assert [one.code for one in read_procedure("other", sound.sources(), sound.forms).findings] == ["main_missing"]


def test_two_processes_with_one_id_are_refused() -> None:
    sound = Sound(more={"route/copy.bpmn": Sound().phase.source()})
    assert ("phase", "duplicate_id") in {(one.element_id, one.code) for one in sound.findings()}
