"""Sends the mail that waits in the outbox: at least once, and only to people who still handle the case."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final
from uuid import UUID

from app.domain.errors import TryAgain
from app.mail.errors import SendFailed
from app.mail.smtp import MailServer
from app.mail.texts import Notice, compose
from app.services.context import App
from app.settings import Settings
from app.storage.database import Transaction
from app.storage.queries import outbox as queries
from app.storage.tables import Case, Outbox, Task, User

#: Hands over one message; raises SendFailed.
Send = Callable[[EmailMessage], None]

#: After a failure: so long until the next try, and the last of these from then on.
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
#: Tries until the waits add up to three days: then a message is given up.
MOST_TRIES: Final = len(WAITS) + 1 + (timedelta(days=3) - sum(WAITS, timedelta())) // WAITS[-1]
#: So long nobody else tries a message that a worker has taken; far more than one delivery can last.
_TAKEN_FOR: Final = timedelta(minutes=10)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MailReport:
    """How many messages left, and how many did not this time."""

    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message that this worker has to itself for a while."""

    id: UUID
    notice: Notice
    receiver: str
    language: str


def _never() -> bool:
    return False


def mail_server(settings: Settings) -> MailServer | None:
    """The mail server that the settings name; None when there is none: then mail waits, and a demo shows none."""
    if not settings.smtp_host:
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
        starttls=settings.smtp_starttls,
    )


def send_waiting(app: App, send: Send, limit: int, stopping: Callable[[], bool] = _never) -> MailReport:
    """Send at most so many messages that are due, the longest waiting first. Many workers may do this at once.

    1. Read the ids of what is due; nothing is locked.
    2. Take one message, in a transaction: look again whether it is due and whether its receiver still handles the case (else it
       is not needed), count the try, and put the next one off, so that nobody else has it meanwhile.
    3. Send it. No lock is held while the mail server takes its time.
    4. Write down how it went, in another transaction: sent, to be tried again later, or given up.
    5. Stop when the server takes no mail from anybody; go on with the next message otherwise.

    A worker that dies between 3 and 4 sends the message once more when the time of 2 is over, with the same Message-ID.
    """
    with app.database.read() as tx:
        due = queries.due_messages(tx, app.clock(), limit)
    sent = failed = 0
    for message_id in due:
        if stopping():
            break
        try:
            taken = _take(app, message_id)
        except TryAgain:
            continue
        if taken is None:
            continue
        failure = _try(app, send, taken)
        _write_down(app, taken.id, failure)
        sent, failed = sent + (failure is None), failed + (failure is not None)
        if failure is not None and failure.everyone:
            break
    return MailReport(sent, failed)


def _take(app: App, message_id: UUID) -> _Taken | None:
    now = app.clock()
    with app.database.write() as tx:
        found = queries.claim(tx, message_id, now)
        if found is None:
            return None
        row, user, case = found
        lanes = queries.lanes_handled(tx, user.id, case.id, now)
        if not _needed(row, user, lanes, now=now):
            row.state = "not_needed"
            return None
        row.attempts += 1
        row.next_try_at = now + _TAKEN_FOR
        link = app.settings.base_url + _path(tx, row, case, lanes)
        notice = Notice(row.notice, row.dedupe, case.number, row.neutral_title, link, row.due_at, row.queued_at)
        return _Taken(row.id, notice, user.email, user.language)


def _needed(row: Outbox, user: User, lanes: set[tuple[UUID, str]], *, now: datetime) -> bool:
    # A warning that comes after the term itself would only confuse: that the term is over is told in a message of its own.
    too_late = row.notice == "term_soon" and row.due_at is not None and now >= row.due_at
    return user.active and bool(lanes) and not too_late


def _path(tx: Transaction, row: Outbox, case: Case, lanes: set[tuple[UUID, str]]) -> str:
    """The task for whoever may do it; for everybody else the case, where no more is shown than they may see."""
    task = tx.get(Task, row.task_id) if row.task_id else None
    if task is not None and (task.procedure_id, task.lane) in lanes:
        return f"/taken/{task.id}"
    return f"/zaken/{case.number}"


def _try(app: App, send: Send, taken: _Taken) -> SendFailed | None:
    try:
        send(compose(taken.notice, sender=app.settings.smtp_from, receiver=taken.receiver, language=taken.language))
    except SendFailed as failure:
        _log.warning("Mail %s did not leave: %s", taken.id, failure.reason)
        return failure
    return None


def _write_down(app: App, message_id: UUID, failure: SendFailed | None) -> None:
    now = app.clock()
    with app.database.write() as tx:
        row = queries.taken(tx, message_id)
        if failure is None:
            row.state, row.sent_at, row.last_error = "sent", now, None
            return
        row.last_error = failure.reason
        row.next_try_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]
        if failure.permanent or row.attempts >= MOST_TRIES:
            row.state = "given_up"
