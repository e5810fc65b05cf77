"""Mail over a real SMTP conversation: it arrives, is tried again, is given up, and goes to nobody who left."""

import logging
import ssl
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.services.context import App
from app.services.mailing import MOST_TRIES, WAITS, MailReport, mail_server, send_waiting
from app.services.wake import wake_due
from app.storage.queries import outbox
from app.storage.tables import CaseHandler, Membership, Outbox, ProcedureRow, Task, User
from tests.services import guarded
from tests.services.guarded import ANSWER_DUE, ANSWER_WARN, MONDAY, People, SetClock
from tests.services.post import SENDER, Post

CERTIFICATE = Path(__file__).parent / "loopback.pem"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def row(small_app: App, who: People) -> ProcedureRow:
    """A procedure of which both handlers have a task, and with it a message that waits."""
    return guarded.start(small_app, who)


def messages(app: App) -> list[Outbox]:
    with app.database.read() as tx:
        return list(tx.scalars(select(Outbox).order_by(Outbox.queued_at, Outbox.id)))


def one_message(app: App, who: People, **values: object) -> None:
    """Leave one message waiting, to the board member."""
    with app.database.write() as tx:
        tx.execute(update(Outbox).where(Outbox.user_id != who.board.id).values(state="not_needed"))
        tx.execute(update(Outbox).where(Outbox.user_id == who.board.id).values(**(values or {"attempts": 0})))


def test_mail_arrives_once_and_links_to_the_readers_own_task(small_app: App, who: People, row: ProcedureRow, post: Post) -> None:
    assert send_waiting(small_app, post.server.send, 10) == MailReport(2, 0)
    assert send_waiting(small_app, post.server.send, 10) == MailReport(0, 0)
    with small_app.database.read() as tx:
        tasks = {task.lane: task.id for task in tx.scalars(select(Task))}
    for message in post.arrived:
        lane = "board" if message["To"] == who.board.email else "adviser"
        assert f"https://veilig.example/taken/{tasks[lane]}" in message.get_content()
    assert {message["To"] for message in post.arrived} == {who.board.email, who.adviser.email}
    assert {(m.state, m.sent_at, m.attempts) for m in messages(small_app)} == {("sent", MONDAY, 1)}


def test_who_only_has_to_know_gets_a_link_to_the_case(
    small_app: App, who: People, row: ProcedureRow, post: Post, set_clock: SetClock
) -> None:
    wake_due(small_app, 10)
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    send_waiting(small_app, post.server.send, 20)
    about_answer = [m for m in post.arrived if m["To"] == who.adviser.email and "30 november" in m.get_content()]
    assert [m["Subject"].partition(": ")[2] for m in about_answer] == ["een termijn is voorbij"]
    assert "https://veilig.example/zaken/2026-" in about_answer[0].get_content()


def test_mail_holds_no_name_and_no_content(small_app: App, row: ProcedureRow, post: Post, set_clock: SetClock) -> None:
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    assert send_waiting(small_app, post.server.send, 20).sent == len(post.arrived) > 4
    for message in post.arrived:
        assert guarded.FINDABLE not in f"{message.as_string()}{message.get_content()}"


def test_a_warning_that_would_come_after_the_term_is_not_sent(
    small_app: App, row: ProcedureRow, post: Post, set_clock: SetClock
) -> None:
    set_clock.at = ANSWER_WARN
    wake_due(small_app, 10)
    set_clock.at = ANSWER_DUE
    send_waiting(small_app, post.server.send, 20)
    assert {m.state for m in messages(small_app) if m.notice == "term_soon"} == {"not_needed"}
    assert not any("bijna" in message["Subject"] for message in post.arrived)


@pytest.mark.parametrize("left", ["handler", "role", "person"])
def test_whoever_left_gets_no_mail(small_app: App, who: People, row: ProcedureRow, post: Post, left: str) -> None:
    statement = {
        "handler": update(CaseHandler).where(CaseHandler.user_id == who.board.id).values(until=MONDAY),
        "role": update(Membership).where(Membership.user_id == who.board.id).values(until=MONDAY),
        "person": update(User).where(User.id == who.board.id).values(active=False),
    }[left]
    with small_app.database.write() as tx:
        tx.execute(statement)
    assert send_waiting(small_app, post.server.send, 10) == MailReport(1, 0)
    assert [message["To"] for message in post.arrived] == [who.adviser.email]
    assert {m.user_id: m.state for m in messages(small_app)} == {who.board.id: "not_needed", who.adviser.id: "sent"}


def test_what_is_refused_for_now_is_tried_again_after_a_while(
    small_app: App, who: People, row: ProcedureRow, post: Post, set_clock: SetClock
) -> None:
    one_message(small_app, who)
    post.to_message = "451 busy with zeepaardje"
    for wait in (*WAITS, WAITS[-1]):
        assert send_waiting(small_app, post.server.send, 10) == MailReport(0, 1)
        set_clock.at += wait - timedelta(seconds=1)
        assert send_waiting(small_app, post.server.send, 10) == MailReport(0, 0)
        set_clock.at += timedelta(seconds=1)
    waiting = next(m for m in messages(small_app) if m.user_id == who.board.id)
    assert (waiting.attempts, waiting.last_error) == (5, "SMTPDataError 451")
    post.to_message = "250 OK"
    assert send_waiting(small_app, post.server.send, 10) == MailReport(1, 0)
    assert [(m.state, m.last_error) for m in messages(small_app) if m.user_id == who.board.id] == [("sent", None)]


@pytest.mark.parametrize("where", ["to_receiver", "to_message"])
def test_what_is_refused_for_good_is_given_up_and_shown(
    small_app: App, who: People, row: ProcedureRow, post: Post, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    one_message(small_app, who)
    setattr(post, where, "550 we know no zeepaardje")
    with caplog.at_level(logging.INFO, logger="app"):
        assert send_waiting(small_app, post.server.send, 10) == MailReport(0, 1)
    with small_app.database.read() as tx:
        given_up = outbox.given_up(tx)
    assert [(m.user_id, m.attempts) for m in given_up] == [(who.board.id, 1)]
    assert str(given_up[0].last_error).endswith(" 550")
    assert guarded.FINDABLE not in caplog.text
    assert who.board.email not in caplog.text


def test_after_three_days_of_being_refused_a_message_is_given_up(
    small_app: App, who: People, row: ProcedureRow, post: Post, set_clock: SetClock
) -> None:
    one_message(small_app, who)
    post.to_message, tries = "451 busy", 0
    while send_waiting(small_app, post.server.send, 10).failed:
        tries += 1
        set_clock.at = max(m.next_try_at for m in messages(small_app) if m.user_id == who.board.id)
    assert tries == MOST_TRIES
    assert timedelta(days=3) <= set_clock.at - MONDAY < timedelta(days=3, hours=2)
    with small_app.database.read() as tx:
        assert [m.last_error for m in outbox.given_up(tx)] == ["SMTPDataError 451"]


def test_a_mail_server_that_is_down_for_weeks_loses_nothing(
    small_app: App, who: People, row: ProcedureRow, post: Post, set_clock: SetClock
) -> None:
    one_message(small_app, who)
    for _ in range(MOST_TRIES * 2):
        assert send_waiting(small_app, Post().server.send, 10) == MailReport(0, 1)
        set_clock.at = max(m.next_try_at for m in messages(small_app) if m.user_id == who.board.id)
    assert set_clock.at - MONDAY > timedelta(days=5)
    post.to_message = "451 we know you not yet"
    assert send_waiting(small_app, post.server.send, 10) == MailReport(0, 1)
    set_clock.at, post.to_message = set_clock.at + timedelta(hours=1), "250 OK"
    assert send_waiting(small_app, post.server.send, 10) == MailReport(1, 0)


def test_while_nobody_answers_one_message_is_tried_and_the_rest_waits(
    small_app: App, row: ProcedureRow, set_clock: SetClock
) -> None:
    post = Post()
    assert send_waiting(small_app, post.server.send, 10) == MailReport(0, 1)
    assert sorted(m.attempts for m in messages(small_app)) == [0, 1]
    set_clock.at += MINUTE
    with post.open():
        assert send_waiting(small_app, post.server.send, 10) == MailReport(2, 0)


def test_nothing_is_sent_to_a_server_that_does_not_encrypt(small_app: App, row: ProcedureRow, post: Post) -> None:
    server = replace(post.server, starttls=True, user="route", password="geheim")
    assert send_waiting(small_app, server.send, 10) == MailReport(0, 1)
    assert post.arrived == []
    assert "SMTPNotSupportedError" in {m.last_error for m in messages(small_app)}


@pytest.mark.parametrize(("known", "sent"), [(True, 2), (False, 0)])
def test_mail_leaves_encrypted_to_a_server_whose_certificate_is_known(
    small_app: App, row: ProcedureRow, monkeypatch: pytest.MonkeyPatch, known: bool, sent: int
) -> None:
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)
    post = Post()
    with post.open(tls):
        assert send_waiting(small_app, replace(post.server, starttls=True).send, 10).sent == sent
    assert len(post.arrived) == sent


def test_an_address_that_is_none_stops_no_other_mail(small_app: App, who: People, row: ProcedureRow, post: Post) -> None:
    with small_app.database.write() as tx:
        tx.execute(update(User).where(User.id == who.board.id).values(email="x\nBcc: y@evil.example"))
    assert send_waiting(small_app, post.server.send, 10) == MailReport(1, 1)
    assert [message["To"] for message in post.arrived] == [who.adviser.email]


def test_a_worker_that_stops_leaves_the_rest_for_later(small_app: App, row: ProcedureRow, post: Post) -> None:
    asked = iter([False, True])
    assert send_waiting(small_app, post.server.send, 10, lambda: next(asked)) == MailReport(1, 0)


def test_without_a_mail_server_mail_waits(small_app: App) -> None:
    assert mail_server(small_app.settings) is None
    named = mail_server(replace(small_app.settings, smtp_host="mail.example", smtp_port=587, smtp_password="geheim"))
    assert named is not None
    assert (named.host, named.port, named.sender, named.starttls) == ("mail.example", 587, SENDER, True)
    assert "geheim" not in repr(named)


def test_what_is_due_is_found_in_the_order_of_waiting(small_app: App, row: ProcedureRow) -> None:
    first, second = messages(small_app)
    with small_app.database.write() as tx:
        tx.execute(update(Outbox).where(Outbox.id == first.id).values(next_try_at=MONDAY + MINUTE))

    def due(now: datetime) -> list[object]:
        with small_app.database.read() as tx:
            return list(outbox.due_messages(tx, now, 10))

    assert due(MONDAY) == [second.id]
    assert due(MONDAY + MINUTE) == [second.id, first.id]
