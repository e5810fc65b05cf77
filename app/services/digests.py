"""Digests: what somebody wanted to hear of together becomes one message, of what he handles at the moment of sending."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.errors import TryAgain
from app.mail.digests import Digest
from app.mail.texts import Notice
from app.services.context import App
from app.services.where import Lanes, path_of
from app.storage.database import Transaction
from app.storage.queries import bell, outbox
from app.storage.queries import digests as queries
from app.storage.tables import Outbox, User

DIGEST: Final = "digest"
#: Where one chooses how to be told.
CHOOSE: Final = "/profiel/berichten"


def gather(app: App, limit: int, stopping: Callable[[], bool]) -> int:
    """Make a message of all that is due for a digest, person by person, for at most so many people; gives how many.

    However long nobody looked, or no mail left, a person gets one: what is known never to have left is told by the newest, whose
    message waits as any other does. A digest that may have arrived keeps what it tells.
    """
    now = app.clock()
    with app.database.read() as tx:
        people = queries.people_due(tx, now, limit)
    made = 0
    for user_id in people:
        if stopping():
            break
        with suppress(TryAgain), app.database.write() as tx:
            made += _gather(tx, user_id, now)
    return made


def catch_up(tx: Transaction, message: Outbox, now: datetime) -> bool:
    """What is due for the receiver's digest now goes along, also what was put off just now; False when a newer one tells all."""
    _gather(tx, message.user_id, now)
    return message.state != "replaced"


def content(app: App, tx: Transaction, message: Outbox, user: User, now: datetime) -> Digest | None:
    """What a digest says now: whatever its receiver handles no longer is left out for good. None when nothing is left."""
    lines = queries.lines_of(tx, message.id)
    lanes = {case_id: outbox.lanes_handled(tx, user.id, case_id, now) for case_id in {case.id for _, case, _ in lines}}
    told = []
    for row, case, task in lines:
        own = lanes[case.id]
        if needed(tx, row, user, own, now=now):
            link = app.settings.base_url + path_of(row, task, case.number, own)
            told.append(Notice(row.notice, row.dedupe, case.number, row.neutral_title, link, row.due_at, row.queued_at))
        else:
            row.state = "not_needed"
    if not told:
        return None
    return Digest(message.dedupe, tuple(told), app.settings.base_url + CHOOSE, message.queued_at)


def needed(tx: Transaction, row: Outbox, user: User, lanes: Lanes, *, now: datetime) -> bool:
    """Whether a notice is still for its receiver, who handles these lanes of its case.

    A warning that comes after the term itself would only confuse: that the term is over is told in a notice of its own. A comment
    is told as long as it is new, to whoever may read it since it was written.
    """
    if row.lane is not None and (row.seen_at is not None or bell.notice(tx, user.id, row.id, now) is None):
        return False
    too_late = row.notice == "term_soon" and row.due_at is not None and now >= row.due_at
    return user.active and bool(lanes) and not too_late


def _gather(tx: Transaction, user_id: UUID, now: datetime) -> bool:
    rows = queries.to_gather(tx, user_id, now)
    if not rows:
        return False
    # While no mail leaves, what comes next goes along; but what may have arrived says for ever what it said.
    message = queries.untried(tx, user_id) or _new(tx, user_id, now)
    for row in rows:
        row.digest_id = message.id
    _replace(tx, queries.never_left(tx, user_id), message)
    return True


def _replace(tx: Transaction, former: list[Outbox], message: Outbox) -> None:
    """The newest digest tells what former ones would have told, and goes on with their tries; they never leave."""
    if not former:
        return
    for one in former:
        if one.state == "waiting":
            message.attempts = max(message.attempts, one.attempts)
        message.last_error = one.last_error
        one.state, one.digest_id = "replaced", message.id
    tx.flush()
    queries.hand_lines(tx, [one.id for one in former], message.id)


def _new(tx: Transaction, user_id: UUID, now: datetime) -> Outbox:
    message = Outbox(user_id=user_id, case_id=None, notice=DIGEST, neutral_title="", state="waiting", attempts=0)
    message.dedupe = f"{DIGEST}:{message.id}"
    message.queued_at = message.next_try_at = now
    tx.add(message)
    tx.flush()
    return message
