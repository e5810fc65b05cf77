"""The fixed list of what service tasks may do: explained, and exactly what the product carries out."""

import pytest

from app.domain.topics import NOTICES, TOPICS, Topic, Value
from app.mail import texts
from app.services import calls


def test_what_diagrams_may_ask_is_what_is_carried_out() -> None:
    assert set(TOPICS) == set(calls.DOES)
    assert set(NOTICES) <= set(texts.NOTICES)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_every_topic_is_explained(topic: Topic) -> None:
    assert topic.name
    assert topic.help.endswith(".")
    assert all(one.label and one.help.endswith(".") for one in topic.inputs)
    assert all(bool(one.choices) == (one.value is Value.CHOICE) for one in topic.inputs)


@pytest.mark.parametrize(
    ("topic", "name", "good", "bad"),
    [
        ("notify", "to", "board, adviser", "board,everybody"),
        ("notify", "neutralTitle", "Er is iets veranderd", " "),
        ("extend_term", "told", "told_on,asked_on", "told_on,"),
        ("share", "to", "board_file", "adviser_file"),
        ("record", "mark", "stepped_aside", "Stepped aside"),
    ],
)
def test_a_value_fits_its_property_or_not(topic: str, name: str, good: str, bad: str) -> None:
    one = TOPICS[topic].input(name)
    assert one is not None
    assert one.fits(good)
    assert not one.fits(bad)
