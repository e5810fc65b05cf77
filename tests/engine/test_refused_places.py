"""Where parts may stand that need the key of who acts, that wait for another procedure, or that begin something."""

from collections.abc import Callable

import pytest

from tests.engine.sheet import Node, message, service
from tests.engine.sound import Sound, refusals

ADVISER = "Vertrouwenspersoon"
SUCCESSOR = "Opvolgend vertrouwenspersoon"


def told(topic: str, lane: str = ADVISER) -> Node:
    """A service task with this topic in a lane."""
    more = {"form": "ask", "field": "letter", "to": "board_file"} if topic == "share" else {}
    node = service(topic, **more)
    node.lane = lane
    return node


def behind(node: Node, *, lane: str = ADVISER, code: str = "adviser") -> Callable[[Sound], None]:
    """Puts a service task between the first task, then in this lane, and the choice that follows it."""

    def spoil(sound: Sound) -> None:
        sound.route.nodes["ask"].lane = lane
        sound.route.nodes["ask"].attributes["camunda:candidateGroups"] = code
        sound.field("ask", "letter", type=None, options=(), file="adviser_file" if lane == ADVISER else "board_file")
        if lane == SUCCESSOR:
            fields = tuple(one for one in sound.forms["ask"].fields if not one.sealed)
            sound.forms["ask"] = type(sound.forms["ask"])("ask", fields)
        sound.route.nodes["extra"] = node
        del sound.route.flows["ask_gw"]
        sound.arrows(sound.route, "ask > extra", "extra > gw")

    return spoil


@pytest.mark.parametrize("topic", ["share", "hand_over", "name_replacement", "drop_replacement"])
def test_what_needs_the_advisers_key_stands_behind_his_own_task(topic: str) -> None:
    assert refusals(behind(told(topic))) == set()
    assert refusals(behind(told(topic), lane="Bevoegd gezag", code="board")) == {("extra", "topic_place")}
    assert refusals(behind(told(topic, "Bevoegd gezag"))) == {("extra", "topic_place")}


def test_taking_over_stands_behind_a_task_of_the_successor() -> None:
    assert refusals(behind(told("take_over", SUCCESSOR), lane=SUCCESSOR, code="successor")) == set()
    assert refusals(behind(told("take_over"))) == {("extra", "topic_place")}


def test_nothing_that_needs_a_key_stands_behind_a_timer_a_phase_or_the_begin() -> None:
    def behind_a_timer(sound: Sound) -> None:
        sound.phase.nodes["extra"] = told("hand_over")
        del sound.phase.flows["soon_tell_soon"]
        sound.arrows(sound.phase, "soon > extra", "extra > tell_soon")

    def behind_a_phase(sound: Sound) -> None:
        sound.route.nodes["extra"] = told("hand_over")
        del sound.route.flows["answering_done"]
        sound.arrows(sound.route, "answering > extra", "extra > done")

    def at_the_begin(sound: Sound) -> None:
        sound.route.nodes["extra"] = told("hand_over")
        del sound.route.flows["begin_ask"]
        sound.arrows(sound.route, "begin > extra", "extra > ask")

    for spoil in (behind_a_timer, behind_a_phase, at_the_begin):
        assert refusals(spoil) == {("extra", "topic_place")}


@pytest.mark.parametrize("change", [{"form": "answer"}, {"field": "wanted"}, {"field": "nothing"}])
def test_what_is_shared_is_a_sealed_text_of_the_task_before(change: dict[str, str]) -> None:
    node = told("share")
    node.properties |= change

    assert refusals(behind(node)) == {("extra", "share_field")}


@pytest.mark.parametrize(
    "node",
    [
        service("share", form="ask", field="letter", to="meldcode_file"),
        service("start_procedure", procedure="other", start="begin", again="ja"),
        service("start_procedure", procedure="other", start="begin", own_case="both"),
        service("send_message", procedure="other"),
        service("send_message", message="resume"),
    ],
)
def test_a_property_that_a_topic_does_not_understand_is_refused(node: Node) -> None:
    node.lane = ADVISER

    assert refusals(behind(node)) == {("extra", "topic_property")}


def test_somebody_starts_a_procedure_and_no_timer_or_end_of_another_one_does() -> None:
    def behind_a_timer(sound: Sound) -> None:
        sound.phase.nodes["tell_soon"] = service("start_procedure", procedure="other", start="begin")

    def behind_an_end(sound: Sound) -> None:
        sound.route.messages["m_done"] = "step_done"
        sound.route.nodes["waits"] = message("intermediateCatchEvent", "m_done")
        sound.route.nodes["extra"] = service("start_procedure", procedure="other", start="begin")
        del sound.route.flows["ask_gw"]
        sound.arrows(sound.route, "ask > waits", "waits > extra", "extra > gw")

    assert refusals(behind_a_timer) == {("tell_soon", "start_by_itself")}
    assert refusals(behind_an_end) == {("extra", "start_by_itself")}


def waits_at(node: Node) -> Callable[[Sound], None]:
    def spoil(sound: Sound) -> None:
        sound.route.messages["m_done"] = "step_done"
        sound.route.nodes["ev_stop"] = node

    return spoil


def test_step_done_is_waited_for_between_two_steps() -> None:
    def between(sound: Sound) -> None:
        sound.route.messages["m_done"] = "step_done"
        sound.route.nodes["extra"] = message("intermediateCatchEvent", "m_done")
        del sound.route.flows["ask_gw"]
        sound.arrows(sound.route, "ask > extra", "extra > gw")

    assert refusals(between) == set()
    assert refusals(waits_at(message("boundaryEvent", "m_done", attachedToRef="answering"))) == {("ev_stop", "step_done_place")}


@pytest.mark.parametrize(
    ("begins", "lane", "found"),
    [
        ("case", "Bevoegd gezag", set()),
        ("beside", "Bevoegd gezag", set()),
        ("list", ADVISER, set()),
        ("list", "Bevoegd gezag", {("begin", "begins_lane")}),
        ("illness", "Opvolgend vertrouwenspersoon", set()),
        ("illness", ADVISER, {("begin", "begins_lane")}),
        ("later", ADVISER, {("begin", "begins")}),
    ],
)
def test_a_start_says_what_it_begins_in_words_that_we_know(begins: str, lane: str, found: set[tuple[str, str]]) -> None:
    def spoil(sound: Sound) -> None:
        sound.route.nodes["begin"].lane = lane
        sound.route.nodes["begin"].properties["begins"] = begins

    assert refusals(spoil) == found


def test_only_the_main_process_says_what_its_start_begins() -> None:
    def spoil(sound: Sound) -> None:
        sound.phase.nodes["open_phase"].properties["begins"] = "case"

    assert refusals(spoil) == {("open_phase", "begins")}
