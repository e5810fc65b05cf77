"""What other processes do for the tests of the worker: work, and die at a chosen point."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from sqlalchemy import event

from app.services.context import App
from app.services.digests import gather
from app.services.mailing import Send, send_waiting
from app.services.wake import wake_due
from app.storage.database import Database
from app.worker import run_forever
from tests.services.guarded import SetClock, make_app
from tests.services.post import Post

DIED: Final = 77


@dataclass(frozen=True)
class Job:
    """Where a process works and at what time; `dies_at` counts points from 1 (0: it never dies)."""

    url: str
    ledger: Path
    at: datetime
    dies_at: int = 0
    port: int = 0


def wake(job: Job) -> None:
    """Wake what is due; die after statement n, or before a commit."""
    app, _ = _app(job)
    wake_due(app, 10)


def send(job: Job) -> None:
    """Send what is due; die after statement n, before a commit, before or after a delivery."""
    app, point = _app(job)
    send_waiting(app, _delivery(job, point), 10)


def send_digests(job: Job) -> None:
    """Make the digests that are due and send them; die as above."""
    app, point = _app(job)
    gather(app, 10, lambda: False)
    send_waiting(app, _delivery(job, point), 10)


def wake_all(job: Job) -> None:
    """Wake until nothing is left to do here, a few at a time."""
    app, _ = _app(job)
    while wake_due(app, 5).woken:
        pass


def send_all(job: Job) -> None:
    """Send until nothing is left to do here, a few at a time."""
    app, _ = _app(job)
    while send_waiting(app, Post(job.port).server.send, 5).sent:
        pass


def work(job: Job) -> None:
    """Be a worker until somebody says stop."""
    app, _ = _app(job)
    run_forever(app)


def _delivery(job: Job, point: Callable[[], None]) -> Send:
    server = Post(job.port).server

    def deliver(message: EmailMessage) -> None:
        point()
        server.send(message)
        point()

    return deliver


def _app(job: Job) -> tuple[App, Callable[[], None]]:
    database = Database(job.url)
    passed = 0

    def point(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == job.dies_at:
            os._exit(DIED)

    event.listen(database.engine, "after_cursor_execute", point)
    event.listen(database.engine, "commit", point)
    return make_app(database, job.ledger, SetClock(job.at)), point
