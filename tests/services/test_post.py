"""Mail that could not be sent: whoever administers the board sees to whom and why, and never of what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.administration import AdminKind
from app.domain.errors import Conflict, NotFound
from app.domain.roles import Role
from app.services import post as service
from app.services.administration import log
from app.services.context import App
from app.services.mailing import send_waiting
from app.storage.tables import Case, Invitation, Letter, Membership, Outbox, User
from tests.services import guarded
from tests.services.guarded import FINDABLE, People, SetClock
from tests.services.post import Post
from tests.services.test_digests import actor_of
from tests.storage import rows


@pytest.fixture
def ada(small_app: App, who: People) -> User:
    """The administrator of the board of both."""
    with small_app.database.write() as tx:
        user = rows.person(tx, "Ada Kok")
        rows.member(tx, user, Role.ADMINISTRATOR, who.place, at_school=False)
    return user


def with_server(app: App) -> App:
    return replace(app, settings=replace(app.settings, smtp_host="mail.example"))


def test_a_server_that_is_down_is_seen_and_what_waits_is_counted(
    small_app: App, who: People, ada: User, set_clock: SetClock, post: Post
) -> None:
    guarded.start(small_app, who)
    send_waiting(small_app, Post().server.send, 10)
    page = service.page(with_server(small_app), actor_of(ada))
    assert (page.server, page.waiting, page.last_sent_at, page.failing) == (True, 2, None, "ConnectionRefusedError")
    [line] = page.lines
    assert (line.tries, line.given_up, line.error) == (1, False, "ConnectionRefusedError")
    assert line.next_try_at == set_clock.at + timedelta(minutes=1)
    set_clock.at += timedelta(minutes=1)
    send_waiting(small_app, post.server.send, 10)
    page = service.page(with_server(small_app), actor_of(ada))
    assert (page.waiting, page.last_sent_at, page.failing, page.lines) == (0, set_clock.at, None, ())
    assert not service.page(small_app, actor_of(ada)).server


def test_one_address_that_bounces_stops_nobody_and_is_no_failing_server(
    small_app: App, who: People, ada: User, post: Post
) -> None:
    guarded.start(small_app, who)
    post.refuses = who.board.email
    assert send_waiting(small_app, post.server.send, 10).sent == 1
    page = service.page(small_app, actor_of(ada))
    assert [(line.receiver, line.notice, line.error, line.given_up) for line in page.lines] == [
        (who.board.name, "task_opened", "SMTPRecipientsRefused 550", True)
    ]
    assert page.failing is None


def test_the_page_holds_no_case_and_no_title(small_app: App, who: People, ada: User, post: Post) -> None:
    row = guarded.start(small_app, who)
    post.to_receiver = f"550 no {FINDABLE}"
    send_waiting(small_app, post.server.send, 10)
    shown = repr(service.page(small_app, actor_of(ada)))
    with small_app.database.read() as tx:
        case = tx.get_one(Case, row.case_id)
        titles = set(tx.scalars(select(Outbox.neutral_title)))
    assert not any(text in shown for text in (case.number, case.id.hex, str(case.id), *titles))
    assert shown.count(FINDABLE) == 2  # the names of the receivers


def test_a_message_is_tried_again_and_arrives_under_the_same_id(small_app: App, who: People, ada: User, post: Post) -> None:
    guarded.start(small_app, who)
    post.to_message = "550 no"
    send_waiting(small_app, post.server.send, 10)
    assert send_waiting(small_app, post.server.send, 10).sent == 0
    post.to_message = "250 OK"
    lines = service.page(small_app, actor_of(ada)).lines
    for line in lines:
        assert line.may_retry
        service.retry(small_app, actor_of(ada), line.message_id)
    assert send_waiting(small_app, post.server.send, 10).sent == 2
    assert service.page(small_app, actor_of(ada)).lines == ()


def test_what_a_worker_has_in_its_hands_is_not_sent_twice(small_app: App, who: People, ada: User, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    send_waiting(small_app, Post().server.send, 10)
    [line] = service.page(small_app, actor_of(ada)).lines
    assert not line.may_retry
    with pytest.raises(Conflict):
        service.retry(small_app, actor_of(ada), line.message_id)
    set_clock.at += timedelta(minutes=10)
    service.retry(small_app, actor_of(ada), line.message_id)


def test_only_who_administers_the_board_now_sees_it(
    small_app: App, who: People, ada: User, post: Post, set_clock: SetClock
) -> None:
    guarded.start(small_app, who)
    post.to_message = "550 no"
    send_waiting(small_app, post.server.send, 10)
    with small_app.database.write() as tx:
        elsewhere = rows.person(tx, "Otto Vos")
        rows.member(tx, elsewhere, Role.ADMINISTRATOR, rows.place(tx), at_school=False)
    message = service.page(small_app, actor_of(ada)).lines[0].message_id
    assert service.page(small_app, actor_of(elsewhere)).lines == ()
    for user in (who.board, who.adviser, elsewhere):
        with pytest.raises(NotFound):
            service.retry(small_app, actor_of(user), message)
    for user in (who.board, who.adviser):
        with pytest.raises(NotFound):
            service.page(small_app, actor_of(user))
    with small_app.database.write() as tx:
        tx.execute(update(Membership).where(Membership.user_id == ada.id).values(until=set_clock.at))
    with pytest.raises(NotFound):
        service.page(small_app, actor_of(ada))


def test_of_who_works_for_two_boards_each_sees_its_own(small_app: App, who: People, ada: User, post: Post) -> None:
    guarded.start(small_app, who)
    post.to_message = "550 no"
    send_waiting(small_app, post.server.send, 10)
    with small_app.database.write() as tx:
        place = rows.place(tx)
        elsewhere = rows.person(tx, "Otto Vos")
        rows.member(tx, elsewhere, Role.ADMINISTRATOR, place, at_school=False)
        rows.member(tx, who.adviser, Role.ADVISER, place)
    assert service.page(small_app, actor_of(elsewhere)).lines == ()
    assert len(service.page(small_app, actor_of(ada)).lines) == 2


def test_letters_of_administration_that_did_not_leave_stand_there_too(small_app: App, ada: User) -> None:
    with small_app.database.write() as tx:
        now = small_app.clock()
        board_id = tx.scalars(select(Membership.board_id).where(Membership.user_id == ada.id)).one()
        invitation = Invitation(board_id=board_id, email="nieuw@voorbeeld.example", name="Nieuw", token_hash=b"x")
        invitation.invited_by, invitation.invited_at, invitation.ends_at = ada.id, now, now
        tx.add(invitation)
        tx.flush()
        letter = Letter(notice="invitation", invitation_id=invitation.id, state="given_up", last_error="address")
        letter.queued_at = letter.next_try_at = now
        tx.add(letter)
    [line] = service.page(small_app, actor_of(ada)).lines
    assert (line.receiver, line.notice, line.given_up, line.may_retry) == ("nieuw@voorbeeld.example", "invitation", True, False)


def test_all_that_was_given_up_is_tried_again_at_once_and_logged(small_app: App, who: People, ada: User, post: Post) -> None:
    guarded.start(small_app, who)
    post.to_message = "550 no"
    send_waiting(small_app, post.server.send, 10)
    now = small_app.clock()
    with small_app.database.write() as tx:
        letter = Letter(notice="proposals_wait", board_id=who.place.board_id, user_id=who.board.id, state="given_up", attempts=9)
        letter.queued_at = letter.next_try_at = now
        tx.add(letter)
        tx.flush()
        letter_id = letter.id
    service.retry(small_app, actor_of(ada), letter_id)
    with pytest.raises(NotFound):
        service.retry(small_app, actor_of(ada), letter_id)  # it waits, and is tried anyway
    post.to_message = "250 OK"
    assert (service.retry_all(small_app, actor_of(ada)), service.retry_all(small_app, actor_of(ada))) == (2, 0)
    assert send_waiting(small_app, post.server.send, 10).sent == 2
    assert service.page(small_app, actor_of(ada)).lines == ()
    lines = log.page(small_app, actor_of(ada), who.place.board_id).lines
    assert [(line.kind, line.number, line.by) for line in lines] == [
        (AdminKind.MAIL_RETRIED, 2, "Ada Kok"),
        (AdminKind.MAIL_RETRIED, 1, "Ada Kok"),
    ]
    with pytest.raises(NotFound):
        service.retry_all(small_app, actor_of(who.board))


def test_nobody_tries_again_what_is_another_boards(small_app: App, who: People, ada: User, post: Post) -> None:
    guarded.start(small_app, who)
    post.to_message = "550 no"
    send_waiting(small_app, post.server.send, 10)
    with small_app.database.write() as tx:
        elsewhere = rows.person(tx, "Otto Vos")
        rows.member(tx, elsewhere, Role.ADMINISTRATOR, rows.place(tx), at_school=False)
    assert service.retry_all(small_app, actor_of(elsewhere)) == 0
    assert len(service.page(small_app, actor_of(ada)).lines) == 2


def test_the_page_takes_five_statements(small_app: App, who: People, ada: User) -> None:
    guarded.start(small_app, who)
    with small_app.database.count() as statements:
        service.page(small_app, actor_of(ada))
    assert statements.number == 5
