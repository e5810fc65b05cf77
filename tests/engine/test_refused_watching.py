"""Who may watch is said by conditions of the main process, over facts it can know, which hold for nobody beforehand."""

import pytest

from tests.engine.sound import Sound, refusals


@pytest.mark.parametrize("name", ["watchBoard", "watchLeader", "adviserWork"])
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("${wanted == 'nee'}", set()),
        ("${wanted == 'nee' and may_contact == 'ja'}", set()),
        ("wanted == 'nee'", {("route", "condition_outside")}),
        ("${wanted.lower() == 'nee'}", {("route", "condition_outside")}),
        ("", {("route", "condition_outside")}),
        ("${nobody_asks == 'nee'}", {("route", "fact_unknown")}),
        ("${wanted == 'misschien'}", {("route", "condition_value")}),
        ("${wanted != 'ja'}", {("route", "watch_open")}),
        ("${true}", {("route", "watch_open")}),
    ],
)
def test_a_condition_lets_nobody_watch_before_anything_is_known(
    name: str, condition: str, expected: set[tuple[str, str]]
) -> None:
    assert refusals(lambda sound: sound.route.properties.update({name: condition})) == expected


@pytest.mark.parametrize("level", ["phase", "longer"])
def test_it_is_said_of_the_procedure_and_not_of_a_phase(level: str) -> None:
    spoiled = refusals(lambda sound: getattr(sound, level).properties.update(watchBoard="${wanted == 'nee'}"))
    assert spoiled == {(level, "watch_place")}


def test_an_input_that_only_tells_who_may_watch_is_used() -> None:
    def given(sound: Sound) -> None:
        sound.route.properties.update(inputs="may_contact,board_involved", watchBoard="${board_involved == 'nee'}")

    assert refusals(given) == set()


@pytest.mark.parametrize(("said", "expected"), [("true", set()), ("ja", {("ask", "follow_up")}), ("", {("ask", "follow_up")})])
def test_a_step_asks_after_an_agreement_or_does_not(said: str, expected: set[tuple[str, str]]) -> None:
    assert refusals(lambda sound: sound.route.nodes["ask"].properties.update(followUp=said)) == expected
