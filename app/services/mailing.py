"""Sends the mail that waits in the outbox: at least once, as its receiver wants it, and only if he still handles the case."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final
from uuid import UUID

from app.domain.errors import TryAgain
from app.domain.telling import Way, kind_of, next_digest
from app.mail.digests import Digest, compose_digest
from app.mail.errors import SendFailed
from app.mail.smtp import MailServer
from app.mail.texts import Notice, compose
from app.services import digests, telling
from app.services.context import App
from app.services.where import path_of
from app.settings import Settings
from app.storage.database import Transaction
from app.storage.queries import outbox as queries
from app.storage.queries.outbox import Claimed
from app.storage.tables import Outbox, Task

#: Hands over one message; raises SendFailed.
Send = Callable[[EmailMessage], None]

#: After a failure: so long until the next try, and the last of these from then on.
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
#: Tries until the waits add up to three days: then a message that the server refuses for now is given up.
MOST_TRIES: Final = len(WAITS) + 1 + (timedelta(days=3) - sum(WAITS, timedelta())) // WAITS[-1]
#: So long nobody else tries a message that a worker has taken; far more than one delivery can last.
TAKEN_FOR: Final = timedelta(minutes=10)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MailReport:
    """How many messages left, how many did not this time, and how many were wanted in a digest or in no mail at all."""

    sent: int
    failed: int
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message that this worker has to itself for a while."""

    id: UUID
    content: Notice | Digest
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
    2. Take one message, in a transaction: look again whether it is due, whether its receiver still handles the case (else it is
       not needed) and how he wants it, count the try, and put the next one off, so that nobody else has it meanwhile.
    3. Send it. No lock is held while the mail server takes its time.
    4. Write down how it went, in another transaction: sent, to be tried again later, or given up.
    5. Stop when the server takes no mail from anybody; go on with the next message otherwise.

    A worker that dies between 3 and 4 sends the message once more when the time of 2 is over, with the same Message-ID.
    """
    with app.database.read() as tx:
        due = queries.due_messages(tx, app.clock(), limit)
    sent = failed = put_off = 0
    for message_id in due:
        if stopping():
            break
        try:
            taken = _take(app, message_id)
        except TryAgain:
            continue
        if taken is None or isinstance(taken, Way):
            put_off += taken is not None
            continue
        failure = _try(app, send, taken)
        _write_down(app, taken.id, failure)
        sent, failed = sent + (failure is None), failed + (failure is not None)
        if failure is not None and failure.everyone:
            break
    return MailReport(sent, failed, put_off)


def _take(app: App, message_id: UUID) -> _Taken | Way | None:
    """The message, or the way it goes instead; None when nobody needs it (any more)."""
    now = app.clock()
    with app.database.write() as tx:
        found = queries.claim(tx, message_id, now)
        if found is None:
            return None
        if found.case is None and not digests.catch_up(tx, found.row, now):
            return Way.DIGEST
        row, user = found.row, found.user
        way = _way(found, now)
        content = _content(app, tx, found, now)
        if content is None:
            row.state = "not_needed"
            return None
        if way is not Way.NOW:
            _put_off(row, way, found)
            return way
        row.attempts += 1
        row.tried_at, row.failed_at, row.next_try_at = now, None, now + TAKEN_FOR
        return _Taken(row.id, content, user.email, user.language)


def _way(found: Claimed, now: datetime) -> Way:
    # What was tried may have arrived: it is never told in another way too.
    row, chosen = found.row, telling.chosen(found.telling)
    if found.case is None or row.attempts:
        return Way.NOW
    way = chosen.way(kind_of(row.notice), statutory=found.statutory)
    # A digest that comes when the term is over would come too late.
    over_by_then = row.due_at is not None and now < row.due_at <= next_digest(row.queued_at, chosen.weekday)
    return Way.NOW if way is Way.DIGEST and over_by_then else way


def _put_off(row: Outbox, way: Way, found: Claimed) -> None:
    row.state = way.value
    if way is Way.DIGEST:
        row.next_try_at = next_digest(row.queued_at, telling.chosen(found.telling).weekday)


def _content(app: App, tx: Transaction, found: Claimed, now: datetime) -> Notice | Digest | None:
    row, user, case = found.row, found.user, found.case
    if case is None:
        return digests.content(app, tx, row, user, now)
    lanes = queries.lanes_handled(tx, user.id, case.id, now)
    if not digests.needed(tx, row, user, lanes, now=now):
        return None
    task = tx.get(Task, row.task_id) if row.task_id else None
    link = app.settings.base_url + path_of(row, task, case.number, lanes)
    return Notice(row.notice, row.dedupe, case.number, row.neutral_title, link, row.due_at, row.queued_at)


def _try(app: App, send: Send, taken: _Taken) -> SendFailed | None:
    try:
        send(_message(taken, app.settings.smtp_from))
    except SendFailed as failure:
        _log.warning("Mail %s did not leave: %s", taken.id, failure.reason)
        return failure
    return None


def _message(taken: _Taken, sender: str) -> EmailMessage:
    if isinstance(taken.content, Digest):
        return compose_digest(taken.content, sender=sender, receiver=taken.receiver, language=taken.language)
    return compose(taken.content, sender=sender, receiver=taken.receiver, language=taken.language)


def _write_down(app: App, message_id: UUID, failure: SendFailed | None) -> None:
    now = app.clock()
    with app.database.write() as tx:
        row = queries.taken(tx, message_id)
        if failure is None:
            row.state, row.sent_at, row.last_error = "sent", now, None
            return
        row.last_error, row.failed_at = failure.reason, None if failure.uncertain else now
        row.next_try_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]
        if failure.everyone:
            # An outage is no fault of this message: however long it lasts, nothing is given up for it.
            row.attempts = min(row.attempts, len(WAITS))
        elif failure.permanent or row.attempts >= MOST_TRIES:
            row.state = "given_up"
