"""Wakes the procedures whose moment has come: terms are warned of, found late and escalated, follow-ups open."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.errors import TryAgain
from app.domain.events import EventKind
from app.services import term_rows, transition
from app.services.context import App
from app.services.work import resume, state_of
from app.storage import history
from app.storage.database import Transaction
from app.storage.queries import wakes
from app.storage.tables import Case, ProcedureRow

#: A step that opens late may have a term that is over already, and so on: more rounds than any diagram has such steps in a row.
MAX_ROUNDS: Final = 20

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WakeReport:
    """How many procedures this worker woke, and how many it put aside because they could not go on."""

    woken: int
    set_aside: int


class StaysDue(Exception):
    """A procedure is still due after it was woken again and again: it would be woken for ever."""


def _never() -> bool:
    return False


def wake_due(app: App, limit: int, stopping: Callable[[], bool] = _never) -> WakeReport:
    """Wake at most so many due procedures, the longest overdue first. Many workers may do this at once.

    1. Read the ids of what is due. Nothing is locked, so nobody waits for a worker that looks.
    2. For each procedure begin a transaction of its own, with one moment that counts as now in all of it.
    3. Lock its case, then the procedure; pass on when another worker has the case, or when it is due no longer.
    4. Let the engine fire what is due, in the order of the moments; carry out what follows; repeat while that is due itself.
    5. Commit: history, tasks, terms, mail to send and the next moment, all of it or nothing.
    6. A procedure that raises is put aside, in another transaction, where the administrator sees it; the next one goes on.

    Between two procedures `stopping` is asked whether to leave the rest to another time. What the database was too busy for is
    not put aside: it stays due. Raises what the database raises when it cannot be reached at all.
    """
    with app.database.read() as tx:
        due = wakes.due_procedures(tx, app.clock(), limit)
    woken = set_aside = 0
    for procedure_id, case_id in due:
        if stopping():
            break
        try:
            woken += _wake(app, procedure_id, case_id)
        except TryAgain:
            _log.info("The case %s is busy; it is woken later", case_id)
        except Exception as error:  # noqa: BLE001 - one broken case must stop nobody else's term
            # The kind of error alone: its text and its trace may quote what somebody wrote.
            _log.error("The procedure %s of case %s is put aside: %s", procedure_id, case_id, type(error).__name__)
            set_aside += _set_aside(app, procedure_id, case_id)
    return WakeReport(woken, set_aside)


def _wake(app: App, procedure_id: UUID, case_id: UUID) -> bool:
    now = app.clock()
    with app.database.write() as tx:
        claimed = wakes.claim(tx, case_id, procedure_id, now)
        if claimed is not None:
            _run(app, tx, claimed, now=now)
        return claimed is not None


def _run(app: App, tx: Transaction, claimed: tuple[Case, ProcedureRow], *, now: datetime) -> None:
    work = resume(app, tx, None, claimed, now=now)
    for _ in range(MAX_ROUNDS):
        transition.apply(work, app.runner.wake(work.procedure, state_of(work), term_rows.situation(work)))
        if work.row.next_wake_at is None or work.row.next_wake_at > now:
            return
    raise StaysDue


def _set_aside(app: App, procedure_id: UUID, case_id: UUID) -> bool:
    now = app.clock()
    with app.database.write() as tx:
        claimed = wakes.claim(tx, case_id, procedure_id, now)
        if claimed is None:
            return False
        case, row = claimed
        row.set_aside_at = now
        history.append(tx, case, history.NewEvent(EventKind.PROCEDURE_SET_ASIDE, now, procedure_id=procedure_id))
        return True
