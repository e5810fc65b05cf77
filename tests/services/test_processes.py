"""Real processes: many workers fire each term once, and one that dies at any point loses nothing and repeats nothing."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.services.context import App
from app.services.digests import gather
from app.services.mailing import send_waiting
from app.services.upkeep import anchor_today
from app.services.wake import wake_due
from app.storage import ledger
from app.storage.tables import Outbox, ProcedureRow
from app.storage.verify import verify
from tests.services import dying, guarded
from tests.services.dying import DIED, Job
from tests.services.guarded import ANSWER_DUE, MONDAY, TARGET_WARN, People, SetClock
from tests.services.post import Post
from tests.services.test_digests import TUESDAY, number_of, wants

# A server process that was never anything else makes the others: quick, and without this one's threads.
_processes = get_context("forkserver")
_processes.set_forkserver_preload(["tests.services.dying"])

TOLD = Counter(
    {
        ("term.started", "adviser_look"): 1,
        ("term.started", "board_answer"): 1,
        ("term.warned", "adviser_look"): 1,
        ("term.warned", "board_answer"): 1,
        ("term.missed", "adviser_look"): 1,
        ("term.missed", "board_answer"): 1,
        ("term.escalated", "adviser_look"): 1,
        ("term.escalated", "board_answer"): 1,
    }
)
QUEUED = Counter({"term_soon": 2, "term_missed": 3, "term_escalated": 1})


@pytest.fixture
def job(small_app: App, database_url: str, tmp_path: Path) -> Job:
    return Job(database_url, tmp_path / "ledger.jsonl", ANSWER_DUE)


def run(what: Callable[[Job], None], job: Job) -> int | None:
    """How a process of its own ended after it did this."""
    process = _processes.Process(target=what, args=(job,))
    process.start()
    process.join(60)
    return process.exitcode


def patiently(done: Callable[[], bool]) -> None:
    """Wait until something is so; PostgreSQL notices a little later that a process died."""
    for _ in range(400):
        if done():
            return
        sleep(0.05)
    raise AssertionError("it never came so far")


def fired(app: App, case_id: UUID) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    return Counter(guarded.told(app, case_id)), Counter(notice for notice, _ in guarded.queued(app, case_id))


def whole(app: App) -> bool:
    """Whether every history is one unbroken chain, and as long as it should be."""
    anchor_today(app)
    with app.database.read() as tx:
        return verify(tx, app.settings.ledger) == []


def test_many_workers_fire_each_term_once(small_app: App, who: People, job: Job, backend: str) -> None:
    cases = [guarded.start(small_app, who).case_id for _ in range(60)]
    workers = [_processes.Process(target=dying.wake_all, args=(job,)) for _ in range(4 if backend == "postgresql" else 2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * len(workers)
    assert all(fired(small_app, case_id) == (TOLD, QUEUED) for case_id in cases)
    with small_app.database.read() as tx:
        assert set(tx.scalars(select(ProcedureRow.next_wake_at))) == {None}
        assert set(tx.scalars(select(ProcedureRow.set_aside_at))) == {None}
    assert whole(small_app)


def test_many_workers_send_each_message_once(small_app: App, who: People, job: Job, post: Post) -> None:
    for _ in range(10):
        guarded.start(small_app, who)
    sender = replace(job, at=MONDAY, port=post.port)
    workers = [_processes.Process(target=dying.send_all, args=(sender,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert set(Counter(message["Message-ID"] for message in post.arrived).values()) == {1}
    assert len(post.arrived) == 20


def test_a_worker_that_dies_anywhere_in_a_wake_changed_nothing_and_the_next_one_does_all(
    small_app: App, who: People, job: Job, set_clock: SetClock
) -> None:
    dies_at, ended = 0, DIED
    while ended == DIED:
        dies_at += 1
        set_clock.at = MONDAY
        row = guarded.start(small_app, who)
        before = fired(small_app, row.case_id)
        ended = run(dying.wake, replace(job, dies_at=dies_at)) or 0
        set_clock.at = ANSWER_DUE
        if ended == DIED:
            assert fired(small_app, row.case_id) == before
            assert guarded.row_of(small_app, row.id).next_wake_at == TARGET_WARN
            patiently(lambda: wake_due(small_app, 10).woken == 1)
        assert fired(small_app, row.case_id) == (TOLD, QUEUED)
    assert ended == 0
    assert dies_at > 12
    assert whole(small_app)


def test_a_worker_that_dies_anywhere_in_a_mail_run_loses_no_mail_and_sends_none_a_third_time(
    small_app: App, who: People, job: Job, post: Post, set_clock: SetClock
) -> None:
    guarded.start(small_app, who)
    dies_at, ended, copies = 0, DIED, set()
    while ended == DIED:
        dies_at += 1
        post.arrived.clear()
        set_clock.at = MONDAY
        one_waits(small_app, who, dies_at)
        ended = run(dying.send, replace(job, at=MONDAY, dies_at=dies_at, port=post.port)) or 0
        if ended == DIED:
            set_clock.at = MONDAY + timedelta(minutes=10)
            patiently(lambda: all_sent(small_app, post))
        assert len({message["Message-ID"] for message in post.arrived}) == 1
        copies.add(len(post.arrived))
    assert ended == 0
    assert copies == {1, 2}


def test_a_worker_that_dies_anywhere_in_a_digest_tells_everything_once(
    small_app: App, who: People, job: Job, post: Post, set_clock: SetClock
) -> None:
    wants(small_app, who.adviser)
    dies_at, ended, copies = 0, DIED, set()
    while ended == DIED:
        dies_at += 1
        set_clock.at = MONDAY
        numbers = {number_of(small_app, guarded.start(small_app, who).case_id) for _ in range(2)}
        assert send_waiting(small_app, post.server.send, 10).put_off == 2
        post.arrived.clear()
        set_clock.at = TUESDAY
        ended = run(dying.send_digests, replace(job, at=TUESDAY, dies_at=dies_at, port=post.port)) or 0
        if ended == DIED:
            set_clock.at = TUESDAY + timedelta(minutes=10)
            patiently(lambda: all_told(small_app, post))
        assert len({message["Message-ID"] for message in post.arrived}) == 1
        for message in post.arrived:
            told = [line for line in message.get_content().splitlines() if line.startswith("Zaak ")]
            assert sorted(told) == sorted(f"Zaak {number}" for number in numbers)
        copies.add(len(post.arrived))
    assert (ended, copies) == (0, {1, 2})
    assert dies_at > 12


def all_told(app: App, post: Post) -> bool:
    gather(app, 10, lambda: False)
    ungathered = select(Outbox.id).where(Outbox.state == "digest", Outbox.digest_id.is_(None))
    with app.database.read() as tx:
        left = tx.scalar(ungathered)
    return all_sent(app, post) and left is None


def one_waits(app: App, who: People, number: int) -> None:
    """Leave one message waiting, which nobody saw before."""
    with app.database.write() as tx:
        values = {"state": "waiting", "sent_at": None, "attempts": 0, "next_try_at": MONDAY, "dedupe": f"task_opened:{number}"}
        tx.execute(update(Outbox).where(Outbox.user_id == who.board.id).values(**values))
        tx.execute(update(Outbox).where(Outbox.user_id != who.board.id).values(state="not_needed"))


def all_sent(app: App, post: Post) -> bool:
    send_waiting(app, post.server.send, 10)
    with app.database.read() as tx:
        return tx.scalar(select(Outbox.id).where(Outbox.state == "waiting")) is None


def test_a_worker_works_until_it_is_told_to_stop(small_app: App, who: People, job: Job) -> None:
    cases = [guarded.start(small_app, who) for _ in range(3)]
    process = _processes.Process(target=dying.work, args=(job,))
    process.start()
    patiently(
        lambda: all(guarded.row_of(small_app, row.id).next_wake_at is None for row in cases) and bool(ledger.read(job.ledger))
    )
    assert process.pid is not None
    os.kill(process.pid, signal.SIGTERM)
    process.join(30)
    assert process.exitcode == 0
    assert [datetime.fromisoformat(line.at) for line in ledger.read(job.ledger)] == [ANSWER_DUE]
    assert all(fired(small_app, row.case_id) == (TOLD, QUEUED) for row in cases)
