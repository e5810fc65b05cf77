"""One mistake in a part by itself: the diagram is refused, with the part's id, its name and a Dutch sentence."""

from collections.abc import Callable

import pytest

from tests.engine.sheet import Node, event, message, task, timer
from tests.engine.sound import Sound, refusals

Spoil = Callable[[Sound], object]
MULTI = "<bpmn:multiInstanceLoopCharacteristics/>"
LISTENER = '<camunda:executionListener class="org.example.Listener" event="start"/>'


def between(node: Node) -> Spoil:
    """Puts a node between the first task and the choice that follows it."""

    def spoil(sound: Sound) -> None:
        sound.route.nodes["extra"] = node
        del sound.route.flows["ask_gw"]
        sound.arrows(sound.route, "ask > extra", "extra > gw")

    return spoil


def ending(node: Node) -> Spoil:
    """Ends the route with this node."""
    return lambda sound: sound.route.nodes.update(done=node)


def test_a_sound_procedure_has_no_findings() -> None:
    reading = Sound().read()
    assert reading.findings == ()
    assert reading.procedure is not None


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (between(event("scriptTask")), ("extra", "script")),
        (between(event("businessRuleTask")), ("extra", "business_rule")),
        (between(event("subProcess")), ("extra", "subprocess")),
        (between(event("transaction")), ("extra", "subprocess")),
        (between(event("adHocSubProcess")), ("extra", "subprocess")),
        (between(event("task")), ("extra", "unsupported_element")),
        (between(event("manualTask")), ("extra", "unsupported_element")),
        (between(event("sendTask")), ("extra", "unsupported_element")),
        (between(event("receiveTask")), ("extra", "unsupported_element")),
        (between(event("inclusiveGateway")), ("extra", "unsupported_element")),
        (between(event("complexGateway")), ("extra", "unsupported_element")),
        (between(event("eventBasedGateway")), ("extra", "unsupported_element")),
        (between(event("intermediateThrowEvent", "link")), ("extra", "link_event")),
        (between(event("intermediateCatchEvent", "link")), ("extra", "link_event")),
        (between(event("intermediateCatchEvent", "signal")), ("extra", "signal_event")),
        (between(event("intermediateThrowEvent", "compensate")), ("extra", "compensation")),
        (between(event("intermediateThrowEvent", "message")), ("extra", "unsupported_event")),
        (between(event("intermediateCatchEvent", "conditional")), ("extra", "unsupported_event")),
        (between(event("intermediateCatchEvent")), ("extra", "unsupported_event")),
        (ending(event("endEvent", "signal")), ("done", "signal_event")),
        (ending(event("endEvent", "compensate")), ("done", "compensation")),
        (ending(event("endEvent", "error")), ("done", "unsupported_event")),
        (ending(event("endEvent", "message")), ("done", "unsupported_event")),
    ],
)
def test_what_we_do_not_run_is_refused_by_name(spoil: Spoil, expected: tuple[str, str]) -> None:
    assert refusals(spoil) == {expected}


def test_an_event_sub_process_is_refused_by_name() -> None:
    def spoil(sound: Sound) -> None:
        sound.route.nodes["extra"] = Node("subProcess", attributes={"triggeredByEvent": "true"})

    assert refusals(spoil) == {("extra", "event_subprocess")}


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: setattr(s.route.nodes["ask"], "inside", MULTI), ("ask", "multi_instance")),
        (lambda s: setattr(s.route.nodes["ask"], "inside", "<bpmn:standardLoopCharacteristics/>"), ("ask", "multi_instance")),
        (lambda s: s.route.nodes["ask"].attributes.update(isForCompensation="true"), ("ask", "compensation")),
        (lambda s: setattr(s.route.nodes["ask"], "extension", LISTENER), ("ask", "foreign_code")),
        (
            lambda s: s.route.nodes["note_stop"].attributes.update({"camunda:class": "org.example.Run"}),
            ("note_stop", "foreign_code"),
        ),
        (lambda s: s.route.nodes["note_stop"].attributes.update({"camunda:expression": "${a}"}), ("note_stop", "foreign_code")),
        (lambda s: setattr(s.route.nodes["ask"], "name", ""), ("ask", "label_missing")),
        (lambda s: setattr(s.route.nodes["begin"], "name", " "), ("begin", "label_missing")),
        (lambda s: setattr(s.route.nodes["gw"], "name", ""), ("gw", "label_missing")),
        (lambda s: setattr(s.route.flows["gw_answering"], "name", ""), ("gw_answering", "label_missing")),
        (lambda s: setattr(s.phase.nodes["late"], "name", ""), ("late", "label_missing")),
        (lambda s: setattr(s.phase, "name", ""), ("phase", "label_missing")),
        (lambda s: setattr(s.route.nodes["done"], "lane", None), ("done", "no_lane")),
        (lambda s: s.route.extra_lanes.update(done="Schoolleiding"), ("done", "two_lanes")),
        (lambda s: s.route.hidden.add("done"), ("done", "no_drawing")),
        (lambda s: s.route.hidden.add("ask_gw"), ("ask_gw", "no_drawing")),
        (lambda s: s.phase.hidden.add("late"), ("late", "no_drawing")),
    ],
)
def test_a_part_that_is_not_complete_is_refused(spoil: Spoil, expected: tuple[str, str]) -> None:
    assert refusals(spoil) == {expected}


def test_an_unknown_lane_is_refused_by_name() -> None:
    def spoil(sound: Sound) -> None:
        sound.route.nodes["done"].lane = "Conciërge"

    assert refusals(spoil) == {("lane_route_1", "unknown_lane")}


def test_a_gateway_that_only_joins_needs_no_label() -> None:
    sound = Sound()
    between(Node("exclusiveGateway", name=""))(sound)
    assert sound.findings() == ()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: s.route.nodes.update(soon=event("endEvent")), {("soon", "duplicate_id"), ("soon", "orphan")}),
        (lambda s: s.route.nodes.update({"Aap": event("endEvent")}), {("Aap", "id_form"), ("Aap", "orphan")}),
        (lambda s: s.route.nodes.update(start=event("startEvent"), stop=event("endEvent")), {("start", "id_form")}),
        (lambda s: s.route.flows.update(phase=s.route.flows.pop("ask_gw")), {("phase", "duplicate_id")}),
    ],
)
def test_ids_are_ours_and_unique_over_all_levels(spoil: Spoil, expected: set[tuple[str, str]]) -> None:
    def whole(sound: Sound) -> None:
        spoil(sound)
        if "start" in sound.route.nodes:
            sound.arrows(sound.route, "start > stop")

    assert refusals(whole) == expected


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: s.route.nodes["ask"].attributes.update({"camunda:candidateGroups": "adviser"}), ("ask", "candidate_group")),
        (lambda s: s.route.nodes["ask"].attributes.pop("camunda:candidateGroups"), ("ask", "candidate_group")),
        (lambda s: setattr(s.route.nodes["ask"], "documentation", ""), ("ask", "documentation_missing")),
        (lambda s: s.route.nodes["ask"].properties.update(legalBasis=" "), ("ask", "legal_basis_missing")),
        (lambda s: s.route.nodes["ask"].properties.pop("checklist"), ("ask", "checklist_missing")),
        (lambda s: s.route.nodes["ask"].properties.update(checklist="59, vijf"), ("ask", "checklist_missing")),
        (lambda s: s.phase.nodes["wait"].properties.pop("legalBasis"), ("wait", "legal_basis_missing")),
        (lambda s: s.phase.nodes["late"].properties.pop("checklist"), ("late", "checklist_missing")),
    ],
)
def test_a_task_says_who_does_what_and_why(spoil: Spoil, expected: tuple[str, str]) -> None:
    assert refusals(spoil) == {expected}


@pytest.mark.parametrize("reference", ["m_unknown", "m_nameless"])
def test_a_message_event_without_a_named_message_is_refused(reference: str) -> None:
    def spoil(sound: Sound) -> None:
        sound.route.messages["m_nameless"] = ""
        sound.route.nodes["ev_stop"] = message("boundaryEvent", reference, attachedToRef="answering")

    assert refusals(spoil) == {("ev_stop", "message_unknown")}


def test_a_message_has_one_name_in_all_files() -> None:
    assert refusals(lambda s: s.phase.messages.update(m_stop="other")) == {("m_stop", "message_twice")}


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda s: s.route.nodes["note_stop"].attributes.update({"camunda:topic": "mail"}), ("note_stop", "topic_unknown")),
        (lambda s: s.route.nodes["note_stop"].attributes.pop("camunda:type"), ("note_stop", "topic_unknown")),
        (lambda s: s.route.nodes["note_stop"].properties.clear(), ("note_stop", "topic_property")),
        (lambda s: s.phase.nodes["tell_late"].properties.update(to="board,everybody"), ("tell_late", "topic_property")),
        (lambda s: s.phase.nodes["tell_late"].properties.pop("notice"), ("tell_late", "topic_property")),
        (lambda s: s.phase.nodes["tell_soon"].properties.update(about="nothing"), ("tell_soon", "topic_task")),
        (lambda s: s.phase.nodes["tell_late"].properties.update(notice="gossip"), ("tell_late", "topic_property")),
        (lambda s: s.phase.nodes["tell_late"].properties.update(body="Beste ouder"), ("tell_late", "topic_property")),
        (lambda s: s.phase.nodes["answer"].properties.pop("deadlineExtendable"), ("apply", "not_extendable")),
    ],
)
def test_a_service_task_has_a_known_topic_and_what_it_needs(spoil: Spoil, expected: tuple[str, str]) -> None:
    assert refusals(spoil) == {expected}


def test_a_task_of_another_lane_may_not_write_to_a_file_of_the_board() -> None:
    def spoil(sound: Sound) -> None:
        sound.route.nodes["ask"].lane = "Begeleider van de aangeklaagde"
        sound.route.nodes["ask"].attributes["camunda:candidateGroups"] = "accused_support"

    assert refusals(spoil) == {("ask", "sealed_file")}


def test_a_task_without_its_form_is_refused() -> None:
    # The facts of the form are then missing too, wherever they are read.
    found = refusals(lambda s: s.forms.pop("extend"))
    assert ("extend", "form_missing") in found
    assert found == {("extend", "form_missing"), ("apply", "fact_unknown")}


def test_a_form_belongs_to_one_task() -> None:
    assert ("extra", "form_shared") in refusals(between(task("ask")))


def test_a_timer_is_no_place_for_a_second_form_of_time() -> None:
    assert refusals(between(timer("P4W", how="timeDuration"))) == {("extra", "timer_not_ours")}
