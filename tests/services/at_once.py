"""What other processes do for the tests of races: sign in, wait for each other, and act at the same moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from threading import BrokenBarrierError
from typing import Protocol
from uuid import UUID

from app import bootstrap
from app.demo.cast import PASSWORD, email_of
from app.domain.errors import DomainError
from app.services import absences, accounts, tasks
from app.services.context import Actor, App
from app.vault.kdf import Kdf
from tests.world import CHEAP, PEPPER, settings_for

# A server process that was never anything else makes the others: quick, and without this one's threads.
_processes = get_context("forkserver")
_processes.set_forkserver_preload(["tests.services.at_once"])


class Gate(Protocol):
    """What lets all processes go on when the last of them has come."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the others."""


@dataclass(frozen=True)
class Deed:
    """What a process does, as whom: complete a task with these answers, or (None) claim it; or end this absence."""

    url: str
    folder: Path
    at: datetime
    part: str
    task_id: UUID
    raw: dict[str, str] | None = None
    absence_id: UUID | None = None


def all_at_once(deeds: list[Deed]) -> list[str]:
    """Do each in a process of its own, at the same moment; gives how each ended: `done`, or the error's kind and text."""
    gate, results = _processes.Barrier(len(deeds)), _processes.SimpleQueue()
    running = [_processes.Process(target=_do, args=(deed, number, gate, results.put)) for number, deed in enumerate(deeds)]
    for process in running:
        process.start()
    ended: dict[int, str] = dict(results.get() for _ in deeds)
    for process in running:
        process.join()
    return [ended[number] for number in range(len(deeds))]


def _do(deed: Deed, number: int, gate: Gate, tell: Callable[[tuple[int, str]], None]) -> None:
    try:
        app = bootstrap.create(settings_for(deed.url, deed.folder), at=lambda: deed.at, kdf=Kdf(PEPPER, CHEAP, CHEAP))
        actor = _sign_in(app, deed.part)
        gate.wait(60)
        _act(app, actor, deed)
    except (DomainError, BrokenBarrierError) as error:
        tell((number, f"{type(error).__name__}: {error}"))
    else:
        tell((number, "done"))


def _sign_in(app: App, part: str) -> Actor:
    session = accounts.session(app, accounts.sign_in(app, email_of(part), PASSWORD, "127.0.0.1").cookie)
    if session is None:
        raise LookupError(part)
    return session.actor


def _act(app: App, actor: Actor, deed: Deed) -> None:
    if deed.absence_id is not None:
        absences.end(app, actor, deed.absence_id)
    elif deed.raw is None:
        tasks.claim(app, actor, deed.task_id)
    else:
        tasks.complete(app, actor, deed.task_id, deed.raw, {})
