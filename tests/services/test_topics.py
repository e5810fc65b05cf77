"""The fixed list of what service tasks may do: explained, and exactly what the product carries out."""

import pytest

from app.domain.dialect import TOPICS, Asks, Topic
from app.mail import texts
from app.services import calls


def test_what_diagrams_may_ask_is_what_is_carried_out() -> None:
    assert set(TOPICS) == set(calls.DOES)


def test_diagrams_send_no_mail_that_has_no_text() -> None:
    (notice,) = (one for one in TOPICS["notify"].properties if one.name == "notice")
    assert {code for code, _ in notice.choices} <= set(texts.NOTICES)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_every_topic_is_explained(topic: Topic) -> None:
    assert topic.label
    assert topic.help.endswith(".")
    assert all(one.label for one in topic.properties)
    assert all(bool(one.choices) == (one.asks in (Asks.CHOICE, Asks.TICK)) for one in topic.properties)
