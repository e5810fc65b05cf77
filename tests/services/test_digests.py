"""Digests over a real SMTP conversation: one mail at half past seven, with everything once, of what is still one's own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from app.domain.errors import InvalidAnswers
from app.domain.telling import CHOSEN
from app.services import telling
from app.services.context import Actor, App
from app.services.digests import gather
from app.services.mailing import MailReport, send_waiting
from app.services.wake import wake_due
from app.storage.tables import Case, CaseHandler, Outbox, User
from app.worker import Worker
from tests.services import guarded
from tests.services.guarded import ANSWER_DUE, ANSWER_WARN, MONDAY, TARGET_DUE, People, SetClock
from tests.services.post import Post

#: Half past seven on the Tuesday after MONDAY.
TUESDAY = datetime(2026, 11, 3, 6, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def actor_of(user: User) -> Actor:
    return Actor(user.id, user.name, user.email, user.language, ())


def wants(app: App, user: User, way: str = "digest", digest: str = "daily", **otherwise: str) -> None:
    """Choose the same way for every kind, but for those named."""
    kinds = dict.fromkeys(CHOSEN, way) | otherwise
    telling.choose(app, actor_of(user), {**kinds, "digest": digest})


def work(app: App, post: Post) -> MailReport:
    """What the worker does about mail in one beat: sums up what left and what did not."""
    sent = failed = put_off = 0
    while True:
        report = send_waiting(app, post.server.send, 10)
        sent, failed, put_off = sent + report.sent, failed + report.failed, put_off + report.put_off
        if not report.sent and not report.put_off and not gather(app, 10, lambda: False):
            return MailReport(sent, failed, put_off)


def to(post: Post, user: User) -> list[EmailMessage]:
    return [message for message in post.arrived if message["To"] == user.email]


def rows_of(app: App, user: User) -> dict[str, str]:
    with app.database.read() as tx:
        found = tx.execute(select(Outbox.notice, Outbox.state).where(Outbox.user_id == user.id).order_by(Outbox.queued_at))
        return {notice: state for notice, state in found}


def test_nothing_leaves_before_half_past_seven_and_all_of_it_then(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    numbers = sorted(number_of(small_app, guarded.start(small_app, who).case_id) for _ in range(2))
    assert work(small_app, post) == MailReport(2, 0, 2)
    set_clock.at = TUESDAY - timedelta(seconds=1)
    assert work(small_app, post) == MailReport(0, 0)
    set_clock.at = TUESDAY
    assert work(small_app, post) == MailReport(1, 0)
    [mail] = to(post, who.adviser)
    text = mail.get_content()
    assert mail["Subject"] == "Je overzicht: 2 berichten"
    assert [line for line in text.splitlines() if line.startswith("Zaak ")] == [f"Zaak {number}" for number in numbers]
    assert text.count("- Er is een taak voor je") == text.count("Uiterlijk op: maandag 16 november 2026") == 2
    assert text.count("https://veilig.example/taken/") == 2
    assert "https://veilig.example/profiel/berichten" in text
    assert guarded.FINDABLE not in f"{mail.as_string()}{text}"
    assert work(small_app, post) == MailReport(0, 0)


def number_of(app: App, case_id: object) -> str:
    with app.database.read() as tx:
        return tx.get_one(Case, case_id).number


def test_a_digest_of_one_is_in_english_for_who_reads_english(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    with small_app.database.write() as tx:
        tx.execute(update(User).where(User.id == who.adviser.id).values(language="en"))
    number = number_of(small_app, guarded.start(small_app, who).case_id)
    work(small_app, post)
    set_clock.at = TUESDAY
    work(small_app, post)
    [mail] = to(post, who.adviser)
    assert mail["Subject"] == "Your overview: 1 notice"
    assert f"Case {number}\r\n- There is a task for you\r\n" in mail.get_content()
    assert "No later than: Monday, November 16, 2026" in mail.get_content()


def test_after_a_week_without_a_worker_there_is_one_digest(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    wants(small_app, who.adviser)
    for day in range(7):
        set_clock.at = MONDAY + day * DAY
        guarded.start(small_app, who)
        if day == 0:
            work(small_app, post)
    set_clock.at = TUESDAY + 7 * DAY
    work(small_app, post)
    assert [mail["Subject"] for mail in to(post, who.adviser)] == ["Je overzicht: 7 berichten"]


def test_after_a_week_without_a_mail_server_there_is_one_digest_with_everything(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    wants(small_app, who.board, "bell")
    cases = [guarded.start(small_app, who).case_id for _ in range(7)]
    for day in range(7):
        set_clock.at = TUESDAY + day * DAY
        cases.append(guarded.start(small_app, who).case_id)
        for minutes in (0, 1, 10):
            set_clock.at += minutes * timedelta(minutes=1)
            work(small_app, Post())
    set_clock.at = TUESDAY + 8 * DAY
    work(small_app, post)
    [mail] = to(post, who.adviser)
    numbers = [line for line in mail.get_content().splitlines() if line.startswith("Zaak ")]
    assert sorted(numbers) == sorted(f"Zaak {number_of(small_app, case_id)}" for case_id in cases)
    with small_app.database.read() as tx:
        former = tx.scalars(select(Outbox).where(Outbox.state == "replaced")).all()
        [sent] = tx.scalars(select(Outbox).where(Outbox.notice == "digest", Outbox.state == "sent"))
    assert len(former) == 7
    assert former[-1].last_error == "ConnectionRefusedError"
    assert sent.attempts > 1


def test_a_digest_that_was_given_up_is_told_by_the_next_one(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    wants(small_app, who.adviser)
    post.refuses = who.adviser.email
    for day in range(3):
        guarded.start(small_app, who)
        work(small_app, post)
        set_clock.at = TUESDAY + day * DAY
        work(small_app, post)
    assert rows_of(small_app, who.adviser)["digest"] == "given_up"
    with small_app.database.read() as tx:
        states = tx.scalars(select(Outbox.state).where(Outbox.notice == "digest").order_by(Outbox.queued_at)).all()
    assert states == ["replaced", "replaced", "given_up"]
    post.refuses = ""
    guarded.start(small_app, who)
    set_clock.at += DAY
    work(small_app, post)
    assert [mail["Subject"] for mail in to(post, who.adviser)] == ["Je overzicht: 4 berichten"]


def test_a_digest_that_may_have_arrived_is_not_told_again_by_another(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    first = guarded.start(small_app, who).case_id
    work(small_app, post)
    set_clock.at = TUESDAY
    gather(small_app, 10, lambda: False)
    post.hangs_up = True
    assert send_waiting(small_app, post.server.send, 10).failed == 1
    post.hangs_up = False
    second = guarded.start(small_app, who).case_id
    work(small_app, post)
    set_clock.at = TUESDAY + DAY
    work(small_app, post)
    told = [line for mail in to(post, who.adviser) for line in mail.get_content().splitlines() if line.startswith("Zaak ")]
    assert told.count(f"Zaak {number_of(small_app, second)}") == 1
    assert len({mail["Message-ID"] for mail in to(post, who.adviser)}) == 2
    assert {mail["Message-ID"] for mail in to(post, who.adviser) if number_of(small_app, first) in mail.get_content()} == {
        to(post, who.adviser)[0]["Message-ID"]
    }


def test_who_has_nothing_to_hear_gets_nothing(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    for user in (who.adviser, who.board):
        wants(small_app, user)
    set_clock.at = TUESDAY
    assert work(small_app, post) == MailReport(0, 0)
    assert post.arrived == []


def test_what_somebody_handles_no_longer_is_left_out_when_it_is_sent(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    gone, kept = (guarded.start(small_app, who).case_id for _ in range(2))
    work(small_app, post)
    set_clock.at = TUESDAY
    assert gather(small_app, 10, lambda: False) == 1
    with small_app.database.write() as tx:
        tx.execute(update(CaseHandler).where(CaseHandler.case_id == gone).values(until=TUESDAY))
    assert work(small_app, post) == MailReport(1, 0)
    [mail] = to(post, who.adviser)
    assert number_of(small_app, kept) in mail.get_content()
    assert number_of(small_app, gone) not in f"{mail.as_string()}{mail.get_content()}"


def test_nothing_is_sent_when_nothing_is_left(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    wants(small_app, who.adviser)
    guarded.start(small_app, who)
    work(small_app, post)
    with small_app.database.write() as tx:
        tx.execute(update(CaseHandler).values(until=MONDAY))
    set_clock.at = TUESDAY
    work(small_app, post)
    assert to(post, who.adviser) == []
    assert rows_of(small_app, who.adviser) == {"task_opened": "not_needed", "digest": "not_needed"}


def test_a_weekly_digest_comes_on_its_day(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    wants(small_app, who.adviser, digest="4")
    guarded.start(small_app, who)
    for day in range(4):
        assert to(post, who.adviser) == []
        set_clock.at = TUESDAY + day * DAY
        work(small_app, post)
    assert set_clock.at.weekday() == 4
    assert len(to(post, who.adviser)) == 1


def test_who_chooses_another_day_gets_what_waits_with_the_next(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser, digest="4")
    guarded.start(small_app, who)
    work(small_app, post)
    wants(small_app, who.adviser, digest="daily")
    set_clock.at = TUESDAY
    work(small_app, post)
    assert len(to(post, who.adviser)) == 1


def test_what_was_wanted_in_the_product_alone_leaves_in_no_mail(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser, "bell")
    guarded.start(small_app, who)
    set_clock.at = TARGET_DUE
    wake_due(small_app, 10)
    work(small_app, post)
    assert to(post, who.adviser) == []
    assert rows_of(small_app, who.adviser) == {"task_opened": "bell", "term_soon": "not_needed", "term_missed": "bell"}


def test_escalations_and_missed_terms_of_law_come_at_once_whatever_was_chosen(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    for user in (who.adviser, who.board):
        wants(small_app, user, "bell")
    guarded.start(small_app, who)
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    work(small_app, post)
    subjects = {
        user.id: sorted(mail["Subject"].partition(": ")[2] for mail in to(post, user)) for user in (who.adviser, who.board)
    }
    assert subjects == {
        who.adviser.id: ["een termijn is voorbij"],
        who.board.id: ["een termijn is voorbij", "iemand anders is te laat met een stap"],
    }


def test_a_warning_does_not_wait_for_a_digest_that_comes_after_the_term(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.board, digest="6")
    guarded.start(small_app, who)
    work(small_app, post)
    set_clock.at = ANSWER_WARN + 6 * DAY
    work(small_app, post)
    set_clock.at += DAY
    wake_due(small_app, 10)  # the next Sunday comes after the term
    work(small_app, post)
    subjects = {mail["Subject"].partition(": ")[2] for mail in to(post, who.board)}
    assert {"1 bericht", "een termijn loopt bijna af"} <= subjects


def test_a_digest_that_is_refused_for_now_comes_later_under_the_same_id(
    small_app: App, who: People, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    guarded.start(small_app, who)
    work(small_app, post)
    set_clock.at, post.to_message = TUESDAY, "451 busy"
    assert work(small_app, post) == MailReport(0, 1)
    post.to_message = "250 OK"
    set_clock.at += timedelta(minutes=1)
    assert work(small_app, post) == MailReport(1, 0)
    assert len(to(post, who.adviser)) == 1


def test_a_worker_looks_for_digests_in_every_beat(small_app: App, who: People, post: Post, set_clock: SetClock) -> None:
    wants(small_app, who.adviser)
    settings = replace(small_app.settings, smtp_host="127.0.0.1", smtp_port=post.port, smtp_starttls=False)
    worker = Worker(replace(small_app, settings=settings))
    guarded.start(small_app, who)
    worker._send()
    assert [message["To"] for message in post.arrived] == [who.board.email]
    set_clock.at = TUESDAY
    worker._send()
    assert [mail["Subject"] for mail in to(post, who.adviser)] == ["Je overzicht: 1 bericht"]


@pytest.mark.parametrize(
    "wrong",
    [{"arrived": "soms"}, {"soon": ""}, {"digest": "7"}, {"digest": ""}, {"missed": "now now"}],
)
def test_a_choice_that_makes_no_sense_is_refused_and_changes_nothing(small_app: App, who: People, wrong: dict[str, str]) -> None:
    wants(small_app, who.adviser, "bell")
    right = dict.fromkeys(CHOSEN, "now") | {"digest": "daily"}
    with pytest.raises(InvalidAnswers) as refused:
        telling.choose(small_app, actor_of(who.adviser), right | wrong)
    assert list(refused.value.fields) == list(wrong)
    assert set(telling.own(small_app, actor_of(who.adviser)).ways.values()) == {"bell"}
