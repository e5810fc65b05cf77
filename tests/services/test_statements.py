"""What the two commonest intentions cost in SQL statements."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.clock import local_day
from app.demo.cast import email_of
from app.demo.play import Player, fill
from app.services import case_page, inbox, once, outline, task_page, tasks, tokens
from app.services.views.inbox import InboxQuery
from app.services.views.outline import TaskQuery, TermQuery
from tests.services.committee import BOARD, committee_says, receive_advice, send_letter, wait_for_advice


@contextmanager
def at_most(player: Player, number: int) -> Iterator[None]:
    """Fails, and lists them, when more statements are sent inside."""
    with player.app.database.count() as statements:
        yield
    listed = "\n".join(" ".join(sent.split())[:150] for sent in statements.sent)
    assert statements.number <= number, f"{statements.number} statements:\n{listed}"


def complete(player: Player, part: str, number: str, element_id: str, most: int, **answers: str) -> None:
    """Complete a task that its person holds, in at most so many statements."""
    actor, task_id = player.actor(part), player.task(number, element_id)
    tasks.claim(player.app, actor, task_id)
    shown = task_page.show(player.app, actor, task_id)
    raw = fill(shown.form, dict(shown.facts), answers, player.clock.at)
    with at_most(player, most):
        tasks.complete(player.app, actor, task_id, raw, {})


@pytest.fixture
def number(player: Player) -> str:
    """A case whose next step is the committee's answer."""
    return send_letter(player)


def test_an_inbox_takes_few_statements_however_much_waits(player: Player, number: str) -> None:
    for _ in range(3):
        send_letter(player)
    inbox.page(player.app, player.actor("sanne"), InboxQuery())
    with at_most(player, 7):
        inbox.page(player.app, player.actor("sanne"), InboxQuery())


def test_a_submit_takes_few_statements(player: Player, number: str) -> None:
    complete(player, "sanne", number, "committee_answer", 8, committee_route="bemiddeling", complainant_agrees="ja")


def test_a_submit_that_starts_a_statutory_term_takes_a_few_more(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    wait_for_advice(player, number)
    complete(player, "kemal", number, "advice_received", 11, judgment="gegrond")


def test_a_task_page_takes_few_statements(player: Player, number: str) -> None:
    task_id = player.task(number, "committee_answer")
    task_page.show(player.app, player.actor("sanne"), task_id)
    with at_most(player, 12):
        task_page.show(player.app, player.actor("sanne"), task_id)


def test_a_case_page_takes_few_statements(player: Player) -> None:
    number = receive_advice(player)
    with at_most(player, 18):
        case_page.show(player.app, player.actor("marijke"), number, None)


def test_lists_for_programs_take_few_statements(player: Player) -> None:
    task_id = player.task(receive_advice(player), "board_response")
    outline.tasks(player.app, player.actor("marijke"), TaskQuery(scope="all"), 50)
    with at_most(player, 2):
        outline.tasks(player.app, player.actor("marijke"), TaskQuery(scope="all"), 50)
    with at_most(player, 3):
        outline.terms(player.app, player.actor("marijke"), TermQuery(), 50)
    with at_most(player, 7):
        outline.task(player.app, player.actor("marijke"), task_id)


def test_a_key_adds_few_statements_to_a_submit(player: Player, number: str) -> None:
    token = tokens.create_on_host(player.app, email_of("sanne"), scope=tokens.WRITE, last_day=local_day(player.clock.at))
    with at_most(player, 1):
        bearer = tokens.bearer(player.app, token, "127.0.0.1")
    key = once.key_of(bearer, "key", b"request")
    with at_most(player, 5):
        once.once(player.app, key, lambda _: "answer")
