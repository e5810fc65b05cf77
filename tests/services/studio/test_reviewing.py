"""A second person looks: never who drew or asked, and for exactly the files that were shown."""

import pytest

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services.administration.letters import send_letters
from app.services.studio import reasons, reviewing
from tests.services.administration.acting import posting
from tests.services.post import Post
from tests.services.studio.acting import KEY, MAIN, SLOW, ask, decide, draft_of, draw, give_role, page, prove


@pytest.fixture
def asked(player: Player) -> Player:
    draw(player)
    prove(player)
    ask(player)
    return player


def test_whoever_drew_or_asked_does_not_decide(player: Player) -> None:
    for part in ("ruben", "amira"):
        give_role(player, part, Role.PROCESS_OWNER)
    draw(player)
    draw(player, "nu", part="ruben")
    prove(player)
    ask(player, "amira")
    for part in ("piet", "ruben", "amira"):
        with pytest.raises(Forbidden):
            decide(player, part)
    decide(player, "nina")
    review = page(player).ready.review
    assert review is not None
    assert (review.asked_by, review.decided_by, review.verdict, review.current) == (
        "Amira Haddad",
        "Nina Hoekstra",
        "approved",
        True,
    )


def test_strangers_know_of_no_review_and_boards_ask_for_none(asked: Player) -> None:
    with pytest.raises(NotFound):
        reviewing.page(asked.app, asked.actor("sanne"), KEY)
    with pytest.raises(NotFound):
        reviewing.decide(asked.app, asked.actor("ada"), KEY, {"verdict": "approved"})
    with pytest.raises(Forbidden):
        reviewing.ask(asked.app, asked.actor("kemal"), KEY, {"why": "Zomaar"})


def test_what_was_not_shown_is_not_approved(asked: Player) -> None:
    shown = draft_of(asked).sha256
    draw(asked)
    with pytest.raises(Conflict):
        reviewing.decide(asked.app, asked.actor("kemal"), KEY, {"verdict": "approved", "sha256": shown})
    review = page(asked).ready.review
    assert review is not None
    assert (review.verdict, review.current) == (None, False)


def test_a_draft_is_sent_back_with_what_must_be_otherwise(asked: Player) -> None:
    with pytest.raises(InvalidAnswers):
        decide(asked, "kemal", "perhaps")
    with pytest.raises(InvalidAnswers):
        decide(asked, "kemal", "returned")
    decide(asked, "kemal", "returned", "Noem de termijn.")
    with pytest.raises(Conflict):
        decide(asked, "marijke")
    ask(asked)
    decide(asked, "marijke")
    assert [one.remark for one in page(asked).earlier] == ["Noem de termijn."]


def test_a_review_is_asked_once_with_a_reason_and_of_a_change(player: Player) -> None:
    draw(player)
    for why in ("", "x" * 2001):
        with pytest.raises(InvalidAnswers):
            reviewing.ask(player.app, player.actor("piet"), KEY, {"why": why})
    ask(player)
    with pytest.raises(Conflict):
        ask(player)
    draw(player)
    ask(player)


def test_a_warning_without_a_reason_is_neither_asked_about_nor_approved(player: Player) -> None:
    reason = {"code": "slow", "file": MAIN, "element_id": "prepare_letter", "reason": "Zo wil het bestuur het."}
    draw(player)
    prove(player, {"findings": [SLOW], "states": 3, "complete": True})
    with pytest.raises(Conflict, match="Bij 1 waarschuwing staat nog niet waarom"):
        ask(player)
    reasons.give(player.app, player.actor("piet"), KEY, reason)
    ask(player)
    decide(player, "marijke")

    draw(player, "anders")
    ask(player)
    prove(player, {"findings": [SLOW | {"element": "end_done"}], "states": 3, "complete": True})
    with pytest.raises(InvalidAnswers) as told:
        decide(player, "marijke")
    assert "Goedkeuren kan pas daarna" in told.value.fields["verdict"]
    decide(player, "marijke", "returned", "Zeg waarom dit zo lang duurt.")


def test_those_who_may_decide_hear_of_it_and_whoever_asked_hears_how_it_went(asked: Player, post: Post) -> None:
    app = posting(asked.app)
    send_letters(app, post.server.send, 10)
    assert {message["To"] for message in post.arrived} == {email_of(part) for part in ("marijke", "kemal", "wim")}
    text = post.arrived[0].get_content()
    assert "https://veilig.example/studio" in text
    assert "Klachtencommissie" not in text
    decide(asked, "nina")
    send_letters(app, post.server.send, 10)
    assert (len(post.arrived), post.arrived[-1]["To"]) == (4, email_of("piet"))


def test_whoever_need_not_decide_any_more_gets_no_mail(asked: Player, post: Post) -> None:
    decide(asked, "nina")
    send_letters(posting(asked.app), post.server.send, 10)
    assert [message["To"] for message in post.arrived] == [email_of("piet")]


def test_what_is_not_proved_yet_is_sent_back_and_not_approved(player: Player) -> None:
    draw(player)
    ask(player)
    with pytest.raises(InvalidAnswers) as told:
        decide(player, "marijke")
    assert told.value.fields["verdict"].startswith("De tekening is nog niet doorlopen")
    decide(player, "marijke", "returned", "Laat het eerst doorlopen.")
    prove(player)
    ask(player)
    decide(player, "marijke")
