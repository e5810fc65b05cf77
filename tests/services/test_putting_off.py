"""A task that somebody puts off leaves his own list until a day; nobody else notices, and terms run on."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clock import local_day
from app.demo.play import Player
from app.domain.errors import AlreadyDone, Forbidden, InvalidAnswers, NotFound
from app.services import inbox, putting_off, tasks
from app.services.upkeep import tidy
from app.services.views.inbox import InboxQuery, InboxRow
from app.storage.tables import PutOff, TaskSeen
from tests.services.committee import BOARD, LAST_DAY, history, receive_advice, told

WHY = "Eerst met Fatima bellen"
DAY = timedelta(days=1)


@pytest.fixture
def number(player: Player) -> str:
    """A case that waits for the board's answer, a term of law until LAST_DAY; Marijke and Kemal handle it."""
    return receive_advice(player, tick=BOARD)


@pytest.fixture
def task_id(player: Player, number: str) -> UUID:
    return player.task(number, "board_response")


def listed(player: Player, part: str, scope: str) -> dict[UUID, InboxRow]:
    page = inbox.page(player.app, player.actor(part), InboxQuery(scope=scope))
    return {row.task_id: row for _, rows in page.groups for row in rows}


def today(player: Player) -> date:
    return local_day(player.clock.at)


def put_off(player: Player, part: str, task_id: UUID, until: date, reason: str = WHY) -> None:
    putting_off.put_off(player.app, player.actor(part), task_id, until, reason)


def test_it_leaves_ones_own_list_and_a_colleague_sees_it_as_ever(player: Player, number: str, task_id: UUID) -> None:
    before = len(history(player, number))
    put_off(player, "marijke", task_id, today(player) + 5 * DAY)
    assert task_id not in listed(player, "marijke", "group")
    row = listed(player, "marijke", "put_off")[task_id]
    assert (row.until, row.reason) == (today(player) + 5 * DAY, WHY)
    theirs = listed(player, "kemal", "group")[task_id]
    assert (theirs.until, theirs.reason) == (None, "")
    assert listed(player, "kemal", "put_off") == {}
    assert len(history(player, number)) == before
    with player.app.database.read() as tx:
        assert WHY.encode() not in (tx.scalars(select(PutOff.sealed)).one() or b"")


def test_on_its_day_it_is_back_and_its_reason_is_forgotten(player: Player, task_id: UUID) -> None:
    put_off(player, "marijke", task_id, today(player) + 5 * DAY)
    player.until(player.on(today(player) + 5 * DAY, 0))
    assert task_id in listed(player, "marijke", "group")
    tidy(player.app)
    with player.app.database.read() as tx:
        assert tx.scalars(select(PutOff)).all() == []


def test_it_is_taken_back(player: Player, task_id: UUID) -> None:
    put_off(player, "marijke", task_id, today(player) + 5 * DAY)
    putting_off.take_back(player.app, player.actor("marijke"), task_id)
    assert task_id in listed(player, "marijke", "group")


def test_never_past_the_last_day_of_a_term_of_law(player: Player, task_id: UUID) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        put_off(player, "marijke", task_id, LAST_DAY + DAY)
    assert "28-12-2026" in refused.value.fields["until"]
    put_off(player, "marijke", task_id, LAST_DAY)
    player.until(player.on(LAST_DAY, 8))
    with pytest.raises(InvalidAnswers) as late:
        put_off(player, "marijke", task_id, LAST_DAY + DAY)
    assert "kun je niet uitstellen" in late.value.fields["until"]


@pytest.mark.parametrize(("days", "words"), [(0, "na vandaag"), (-1, "na vandaag"), (400, "28-12-2026")])
def test_the_day_must_make_sense(player: Player, task_id: UUID, days: int, words: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        put_off(player, "marijke", task_id, today(player) + days * DAY)
    assert words in refused.value.fields["until"]


def test_a_target_may_pass_but_not_by_more_than_a_year(player: Player, number: str) -> None:
    player.beside("sanne", number, "committee_news")
    target = player.task(number, "committee_update")
    put_off(player, "sanne", target, today(player) + 366 * DAY)
    with pytest.raises(InvalidAnswers):
        put_off(player, "sanne", target, today(player) + 367 * DAY)
    with pytest.raises(InvalidAnswers) as refused:
        put_off(player, "sanne", target, today(player) + DAY, "x" * 501)
    assert set(refused.value.fields) == {"reason"}


def test_mail_about_the_term_comes_all_the_same(player: Player, number: str, task_id: UUID) -> None:
    tasks.claim(player.app, player.actor("marijke"), task_id)
    put_off(player, "marijke", task_id, LAST_DAY)
    player.until(player.on(LAST_DAY + DAY, 1))
    assert told(player, number, "term_soon").count("marijke") == 1
    assert "marijke" in told(player, number, "term_missed")


def test_what_changes_hands_is_not_put_off_any_more(player: Player, task_id: UUID) -> None:
    people = player.places.people
    put_off(player, "kemal", task_id, today(player) + 5 * DAY)
    tasks.claim(player.app, player.actor("marijke"), task_id)
    put_off(player, "marijke", task_id, today(player) + 5 * DAY)
    tasks.pass_on(player.app, player.actor("marijke"), task_id, people["kemal"])
    assert listed(player, "kemal", "mine")[task_id].unread
    put_off(player, "kemal", task_id, today(player) + 5 * DAY)
    tasks.release(player.app, player.actor("kemal"), task_id)
    assert task_id in listed(player, "kemal", "group")
    assert task_id in listed(player, "marijke", "group")


def test_only_who_may_do_it_puts_it_off(player: Player, number: str, task_id: UUID) -> None:
    for part, refusal in (("sanne", Forbidden), ("wim", NotFound), ("nina", NotFound), ("joost", NotFound)):
        with pytest.raises(refusal):
            put_off(player, part, task_id, today(player) + DAY)
        with pytest.raises(refusal):
            putting_off.take_back(player.app, player.actor(part), task_id)
    tasks.claim(player.app, player.actor("kemal"), task_id)
    with pytest.raises(Forbidden, match="Een collega"):
        put_off(player, "marijke", task_id, today(player) + DAY)
    player.do("kemal", number, "board_response")
    with pytest.raises(AlreadyDone):
        put_off(player, "marijke", task_id, today(player) + DAY)


def test_marks_of_a_closed_task_are_forgotten(player: Player, number: str, task_id: UUID) -> None:
    put_off(player, "marijke", task_id, today(player) + 5 * DAY)
    player.do("kemal", number, "board_response")
    tidy(player.app)
    with player.app.database.read() as tx:
        assert task_id not in set(tx.scalars(select(PutOff.task_id))) | set(tx.scalars(select(TaskSeen.task_id)))
