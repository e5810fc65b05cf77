"""The worker: what happens because time passes. Its jobs only call services; any number of workers may run on one PostgreSQL."""

import logging
import signal
from threading import Event
from types import FrameType
from typing import Final, NoReturn

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from app.clock import AMSTERDAM, now
from app.services.administration.letters import send_letters
from app.services.context import App
from app.services.digests import gather
from app.services.mailing import mail_server, send_waiting
from app.services.moving.going import go_on
from app.services.unattended import settle
from app.services.upkeep import anchor_today, tidy
from app.services.wake import wake_due
from app.studio.proving import prove_next

#: How often the worker looks for what is due: also the longest time by which a term is noticed late.
LOOK_SECONDS: Final = 15
#: How long a plan for moving procedures waits for its next batch at most.
MOVE_SECONDS: Final = 2
#: How soon a proof begins that somebody in the studio asked for.
PROVE_SECONDS: Final = 2
TIDY_MINUTES: Final = 5
ANCHOR_HOUR: Final = 2
_BATCH: Final = 50

_log = logging.getLogger(__name__)


class Worker:
    """Runs the jobs in threads of its own until it is shut down."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stopping = Event()
        # Jobs that were missed run once, however long it took; one that still runs is not started again.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults)
        # The scheduler would log whole traces, which may quote what somebody wrote; the kind of error is enough.
        logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)
        # That a job is not begun again while it still runs is as it should be.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        self._scheduler.add_listener(_tell_failure, EVENT_JOB_ERROR)

    def start(self) -> None:
        """Begin, with every job at once: what fell due while nobody looked comes first."""
        add, at_once = self._scheduler.add_job, {"next_run_time": now()}
        add(self._wake, "interval", seconds=LOOK_SECONDS, id="wake", **at_once)
        add(self._settle, "interval", seconds=LOOK_SECONDS, id="settle", **at_once)
        add(self._send, "interval", seconds=LOOK_SECONDS, id="mail", **at_once)
        add(self._move, "interval", seconds=MOVE_SECONDS, id="move", **at_once)
        add(self._prove, "interval", seconds=PROVE_SECONDS, id="prove", **at_once)
        add(tidy, "interval", minutes=TIDY_MINUTES, id="tidy", args=[self._app], **at_once)
        daily = CronTrigger(hour=ANCHOR_HOUR, timezone=AMSTERDAM)
        add(anchor_today, daily, id="anchor", args=[self._app], **at_once)
        self._scheduler.start()

    def shutdown(self) -> None:
        """Stop, after the procedure and the message in progress."""
        self._stopping.set()
        self._scheduler.shutdown()

    def _wake(self) -> None:
        while not self._stopping.is_set():
            report = wake_due(self._app, _BATCH, self._stopping.is_set)
            if not report.woken and not report.set_aside:
                return

    def _settle(self) -> None:
        while not self._stopping.is_set() and settle(self._app, _BATCH, self._stopping.is_set):
            pass

    def _move(self) -> None:
        while not self._stopping.is_set() and go_on(self._app, _BATCH, self._stopping.is_set):
            pass

    def _prove(self) -> None:
        while not self._stopping.is_set() and prove_next(self._app):
            pass

    def _send(self) -> None:
        server = mail_server(self._app.settings)
        while server is not None and not self._stopping.is_set():
            report = send_waiting(self._app, server.send, _BATCH, self._stopping.is_set)
            # What waits for a digest is known as such before the digest is made.
            if not report.sent and not report.put_off and not gather(self._app, _BATCH, self._stopping.is_set):
                break
        while server is not None and not self._stopping.is_set():
            report = send_letters(self._app, server.send, _BATCH, self._stopping.is_set)
            if not report.sent:
                return


def start_beside(app: App) -> Worker:
    """Start a worker in threads beside the pages; whoever started it shuts it down."""
    worker = Worker(app)
    worker.start()
    return worker


def run_forever(app: App) -> NoReturn:
    """Work until the process is told to stop (SIGTERM or Ctrl-C); what is in progress is finished first."""
    signal.signal(signal.SIGTERM, _leave)
    worker = start_beside(app)
    try:
        while True:
            signal.pause()
    finally:
        worker.shutdown()


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _tell_failure(event: JobExecutionEvent) -> None:
    _log.error("The job %s failed: %s", event.job_id, type(event.exception).__name__)
