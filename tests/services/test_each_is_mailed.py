"""Whatever somebody must know reaches his mailbox over SMTP: with every step of a term, and every hand that a case passes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.telling import CHOSEN
from app.services import tasks, telling
from app.services.context import App
from app.services.digests import gather
from app.services.mailing import send_waiting
from app.services.wake import wake_due
from app.storage.tables import User
from tests.services import guarded
from tests.services.committee import BOARD, receive_advice
from tests.services.guarded import ANSWER_DUE, ANSWER_WARN, MONDAY, TARGET_DUE, TARGET_WARN, People, SetClock
from tests.services.handing.play import ask, begin, draw, give
from tests.services.post import SENDER, Post

ARRIVES, SOON = "er is een taak voor je", "een termijn loopt bijna af"
OVER, ELSEWHERE = "een termijn is voorbij", "iemand anders is te laat met een stap"
IN_ENGLISH = {
    ARRIVES: "there is a task for you",
    SOON: "a term ends soon",
    OVER: "a term is over",
    ELSEWHERE: "somebody else is late with a step",
}


@pytest.fixture
def cast(player: Player) -> Player:
    """The cast, in an installation that has a mail server."""
    player.app = replace(player.app, settings=replace(player.app.settings, smtp_from=SENDER))
    return player


def subjects(post: Post) -> list[tuple[str, str]]:
    """What arrived since the last time: to whom, and what about."""
    found = sorted((message["To"], message["Subject"].partition(": ")[2]) for message in post.arrived)
    post.arrived.clear()
    return found


def mailed(cast: Player, post: Post) -> list[tuple[str, str]]:
    """What leaves now."""
    send_waiting(cast.app, post.server.send, 50)
    parts = {email_of(part): part for part in cast.places.people}
    return [(parts[address], about) for address, about in subjects(post)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_term_is_told_of_when_it_arrives_before_at_and_beyond_it(
    small_app: App, who: People, post: Post, set_clock: SetClock, language: str
) -> None:
    with small_app.database.write() as tx:
        tx.execute(update(User).values(language=language))
    guarded.start(small_app, who)
    board, adviser = who.board.email, who.adviser.email
    expected = {
        MONDAY: [(board, ARRIVES), (adviser, ARRIVES)],
        TARGET_WARN: [(adviser, SOON)],
        TARGET_DUE: [(adviser, OVER), (board, ELSEWHERE)],
        ANSWER_WARN: [(board, SOON)],
        ANSWER_DUE: [(board, OVER), (adviser, OVER)],
    }
    for moment, notices in expected.items():
        set_clock.at = moment
        wake_due(small_app, 10)
        send_waiting(small_app, post.server.send, 10)
        assert subjects(post) == sorted((to, about if language == "nl" else IN_ENGLISH[about]) for to, about in notices)


def test_who_gets_a_task_of_a_colleague_hears_of_it(cast: Player, post: Post) -> None:
    number = receive_advice(cast, tick=BOARD)
    mailed(cast, post)
    task_id = cast.task(number, "board_response")
    tasks.claim(cast.app, cast.actor("marijke"), task_id)
    tasks.pass_on(cast.app, cast.actor("marijke"), task_id, cast.places.people["kemal"])
    assert mailed(cast, post) == [("kemal", "een collega gaf je een taak")]


def test_who_is_asked_to_take_a_case_over_and_who_asked_hear_of_it(cast: Player, post: Post) -> None:
    draw(cast)
    number = begin(cast)
    mailed(cast, post)
    ask(cast, number, "sanne", "ruben")
    assert mailed(cast, post) == [("ruben", ARRIVES), ("sanne", ARRIVES)]
    give(cast, number, "sanne", ())
    assert ("ruben", ARRIVES) in mailed(cast, post)


def test_a_case_that_is_handed_over_is_in_no_digest_of_who_had_it(cast: Player, post: Post) -> None:
    draw(cast)
    all_in_digest = dict.fromkeys(CHOSEN, "digest") | {"digest": "daily"}
    for part in ("sanne", "ruben"):
        telling.choose(cast.app, cast.actor(part), all_in_digest)
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    assert mailed(cast, post) == []
    give(cast, number, "sanne", ())
    assert mailed(cast, post) == []
    cast.clock.at += timedelta(days=1)
    assert gather(cast.app, 10, lambda: False) == 2
    [(part, about)] = mailed(cast, post)
    assert (part, about.partition(" ")[2]) == ("ruben", "berichten")
