"""What the worker does: looking whether something is due, and waking what is."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import Final

from app.clock import local_day, now
from app.services import tasks
from app.services.context import App
from app.services.mailing import send_waiting
from app.services.wake import wake_due
from app.storage.queries import pages as queries
from bench import procedure
from bench.figures import Progress
from bench.installation import Installation, Pair

_BATCH: Final = 50
#: After these days the measured term warns, and is over.
_MOMENTS: Final = (timedelta(days=22), timedelta(days=40))


def tick_idle_ms(app: App, times: int, progress: Progress) -> float:
    """The median time of a look at what is due and what must be sent, when nothing is."""
    spent = []
    for _ in range(times):
        begun = perf_counter()
        woken = wake_due(app, _BATCH)
        sent = send_waiting(app, _nobody, _BATCH)
        spent.append((perf_counter() - begun) * 1000)
        if woken.woken or sent.sent:
            raise RuntimeError("something was due")
        progress.step()
    return median(spent)


def wakes_per_s(installation: Installation, pair: Pair, number: int, progress: Progress) -> float:
    """How many procedures one worker wakes in a second: each of so many cases twice, to warn and when its term is over."""
    for _ in range(number):
        _wait_for_term(installation, pair)
        progress.step()
    woken, begun = 0, perf_counter()
    for after in _MOMENTS:
        moment = now() + after
        app = replace(installation.app, clock=partial(_at, moment))
        while (report := wake_due(app, _BATCH)).woken:
            woken += report.woken
            progress.step(report.woken)
    if woken != number * len(_MOMENTS):
        raise RuntimeError(f"{woken} were woken")
    return woken / (perf_counter() - begun)


def _wait_for_term(installation: Installation, pair: Pair) -> None:
    """A case that stands at the task with the term."""
    app, today = installation.app, local_day(now())
    procedure_id = installation.start_case(pair)
    for element_id in procedure.TASKS[: procedure.TASKS.index(procedure.TERM)]:
        person = pair.adviser if element_id.startswith("a") else pair.board
        with app.database.read() as tx:
            open_now = [task for task in queries.tasks_of(tx, procedure_id) if task.closed_at is None]
        raw = {key: procedure.answer(key, today) for key in procedure.questions(element_id)}
        tasks.complete(app, person.actor, open_now[0].id, raw, pair.handlers)


def _at(moment: datetime) -> datetime:
    return moment


def _nobody(_message: object) -> None:
    raise RuntimeError("nobody was to be told anything")
