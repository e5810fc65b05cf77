"""The bell on both databases: the count, the list and what opening a notice does."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.demo.play import Player
from app.domain.errors import NotFound
from app.services import bell, case_page, inbox, task_page, telling
from app.services.context import App
from app.services.mailing import send_waiting
from app.services.wake import wake_due
from app.storage.tables import CaseHandler, Membership, Outbox, Task
from tests.services import guarded
from tests.services.committee import BOARD, case_of, receive_advice
from tests.services.guarded import ANSWER_DUE, People, SetClock
from tests.services.post import Post
from tests.services.test_digests import actor_of


def unseen(app: App, who: People) -> tuple[int, int]:
    """What the menus of the board member and of the adviser tell."""
    return inbox.menu_counts(app, actor_of(who.board))[1], inbox.menu_counts(app, actor_of(who.adviser))[1]


def test_the_menu_counts_tasks_and_new_notices_in_two_statements(small_app: App, who: People) -> None:
    guarded.start(small_app, who)
    guarded.start(small_app, who)
    with small_app.database.count() as statements:
        assert inbox.menu_counts(small_app, actor_of(who.board)) == (2, 2)
    assert statements.number == 2  # for whom he acts; both counts


def test_everything_is_listed_however_it_was_told(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    ways = {"arrived": "bell", "soon": "digest", "missed": "now", "comment": "now", "rest": "now", "digest": "daily"}
    telling.choose(small_app, actor_of(who.adviser), ways)
    guarded.start(small_app, who)
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    send_waiting(small_app, post.server.send, 10)
    lines, more = bell.page(small_app, actor_of(who.adviser), 1)
    assert sorted(line.notice for line in lines) == ["task_opened", "term_missed", "term_missed", "term_soon"]
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert not more
    assert unseen(small_app, who)[1] == 4


def test_opening_a_notice_leads_to_ones_own_task_or_else_to_the_case(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    row = guarded.start(small_app, who)
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    with small_app.database.read() as tx:
        tasks = {task.element_id: task.id for task in tx.scalars(select(Task))}
        notices = {(n.notice, n.task_id): n.id for n in tx.scalars(select(Outbox).where(Outbox.user_id == who.adviser.id))}
        own, other = (notices["term_missed", tasks[step]] for step in ("adviser_look", "board_answer"))
    assert bell.open_notice(small_app, actor_of(who.adviser), own) == f"/taken/{tasks['adviser_look']}"
    assert bell.open_notice(small_app, actor_of(who.adviser), other).startswith("/zaken/2026-")
    assert unseen(small_app, who)[1] == 2
    assert row.case_id is not None
    with pytest.raises(NotFound):
        bell.open_notice(small_app, actor_of(who.board), own)


def test_opening_the_task_or_the_case_marks_what_leads_there_as_seen(player: Player) -> None:
    number = receive_advice(player, tick=BOARD)
    kemal, task_id = player.actor("kemal"), player.task(number, "board_response")
    with player.app.database.write() as tx:
        row = Outbox(dedupe="x", user_id=kemal.user_id, case_id=case_of(tx, number).id, notice="procedure_changed")
        row.neutral_title, row.state, row.attempts = "Er is iets", "bell", 0
        row.queued_at = row.next_try_at = player.clock.at
        tx.add(row)
    page = case_page.show(player.app, kemal, number, None)
    bell.see_case(player.app, kemal, page, files=False)
    assert [line.notice for line in bell.page(player.app, kemal, 1)[0] if line.seen] == ["procedure_changed"]
    for told in (True, False):
        shown = task_page.show(player.app, kemal, task_id)
        assert shown.told == told
        task_page.opened(player.app, kemal, shown)
    assert {line.seen for line in bell.page(player.app, kemal, 1)[0] if line.notice == "task_opened"} >= {True}


def test_when_it_was_seen_first_stays(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    [line] = bell.page(small_app, actor_of(who.board), 1)[0]
    first = set_clock.at
    for _ in range(2):
        bell.open_notice(small_app, actor_of(who.board), line.notice_id)
        set_clock.at += timedelta(hours=1)
    bell.see_all(small_app, actor_of(who.board))
    with small_app.database.read() as tx:
        assert tx.get_one(Outbox, line.notice_id).seen_at == first


def test_seeing_all_is_ones_own(small_app: App, who: People) -> None:
    guarded.start(small_app, who)
    bell.see_all(small_app, actor_of(who.board))
    assert unseen(small_app, who) == (0, 1)


@pytest.mark.parametrize("left", ["handler", "role"])
def test_who_left_the_case_or_the_role_sees_nothing_of_it(small_app: App, who: People, set_clock: SetClock, left: str) -> None:
    guarded.start(small_app, who)
    [line] = bell.page(small_app, actor_of(who.board), 1)[0]
    ended = {
        "handler": update(CaseHandler).where(CaseHandler.user_id == who.board.id),
        "role": update(Membership).where(Membership.user_id == who.board.id),
    }[left]
    with small_app.database.write() as tx:
        tx.execute(ended.values(until=set_clock.at))
    assert bell.page(small_app, actor_of(who.board), 1) == ((), False)
    assert unseen(small_app, who) == (0, 1)
    with pytest.raises(NotFound):
        bell.open_notice(small_app, actor_of(who.board), line.notice_id)
