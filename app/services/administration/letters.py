"""Mail of administration: invitations with their link, word that a role or a draft waits for somebody. It belongs to no case.

The token of a link lies sealed under the server keys until its letter has left; after that only its hash is known.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from app.domain.errors import TryAgain
from app.mail.errors import SendFailed
from app.mail.letters import Plain, compose
from app.services.administration.proposals import waits_for
from app.services.context import App
from app.services.mailing import MOST_TRIES, WAITS, MailReport, Send
from app.storage.database import Transaction
from app.storage.queries import invitations as queries
from app.storage.queries import moving, reviews
from app.storage.tables import Board, Invitation, Letter, User

_PURPOSE: Final = "invitation"
#: So long somebody is not told again that something waits.
_PAUSE: Final = timedelta(hours=1)
#: So long nobody else tries a letter that a worker has taken.
_TAKEN_FOR: Final = timedelta(minutes=10)
#: Where the link of each letter leads.
_PAGES: Final = {
    "address_former": "inloggen",
    "address_now": "inloggen",
    "move_waits": "studio",
    "proposals_wait": "benoemingen",
    "review_given": "studio",
    "review_waits": "studio",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A letter that this worker has to itself for a while."""

    id: UUID
    letter: Plain
    receiver: str
    language: str


def _never() -> bool:
    return False


def invite(app: App, tx: Transaction, invitation_id: UUID, token: str, now: datetime) -> None:
    """Put the mail with the link into the post; one with a former link, that has not left yet, is not needed any more."""
    drop(tx, invitation_id)
    tx.add(invitation_letter(app, invitation_id, token, now))


def invitation_letter(app: App, invitation_id: UUID, token: str, now: datetime) -> Letter:
    """The mail with the link, yet to be added."""
    row = Letter(notice=_PURPOSE, invitation_id=invitation_id, state="waiting", attempts=0)
    row.queued_at = row.next_try_at = now
    row.sealed = app.server_keys.seal(_PURPOSE, row.id.hex, token.encode("ascii"))
    return row


def drop(tx: Transaction, invitation_id: UUID) -> None:
    """What has not left yet is not needed any more."""
    for letter in queries.waiting_letters(tx, invitation_id):
        letter.state, letter.sealed = "not_needed", None


def tell_confirmers(tx: Transaction, board_id: UUID, people: Iterable[UUID], now: datetime) -> None:
    """Tell these people that something waits for them to confirm: once an hour at most, however much comes."""
    tell(tx, "proposals_wait", board_id, people, now)


def tell(tx: Transaction, notice: str, board_id: UUID, people: Iterable[UUID], now: datetime) -> None:
    """Tell people of a board something of one of `LETTERS`: once an hour at most, however much comes."""
    for user_id in sorted(set(people), key=str):
        last = queries.last_letter_to(tx, notice, user_id, board_id)
        if last is not None and last.state == "waiting":
            continue
        row = Letter(notice=notice, board_id=board_id, user_id=user_id, state="waiting", attempts=0)
        row.queued_at = now
        row.next_try_at = max(now, last.sent_at + _PAUSE) if last is not None and last.sent_at is not None else now
        tx.add(row)


def tell_address(tx: Transaction, board_id: UUID, user_id: UUID, former: str, now: datetime) -> None:
    """Tell somebody at his former and at his present address that he signs in with the present one from now on."""
    for notice, address in (("address_former", former), ("address_now", None)):
        row = Letter(notice=notice, board_id=board_id, user_id=user_id, address=address, state="waiting", attempts=0)
        row.queued_at = row.next_try_at = now
        tx.add(row)


def send_letters(app: App, send: Send, limit: int, stopping: Callable[[], bool] = _never) -> MailReport:
    """Send at most so many letters that are due, as app/services/mailing.py does: at least once, with the same Message-ID."""
    with app.database.read() as tx:
        due = queries.due_letters(tx, app.clock(), limit)
    sent = failed = 0
    for letter_id in due:
        if stopping():
            break
        try:
            taken = _take(app, letter_id)
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


def _take(app: App, letter_id: UUID) -> _Taken | None:
    now = app.clock()
    with app.database.write() as tx:
        row = queries.claim_letter(tx, letter_id, now)
        if row is None:
            return None
        taken = _invitation(app, tx, row, now) if row.notice == _PURPOSE else _told(app, tx, row, now)
        if taken is None:
            row.state, row.sealed, row.address = "not_needed", None, None
            return None
        row.attempts += 1
        row.next_try_at = now + _TAKEN_FOR
        return taken


def _invitation(app: App, tx: Transaction, row: Letter, now: datetime) -> _Taken | None:
    invitation = tx.get_one(Invitation, row.invitation_id)
    over = invitation.accepted_at is not None or invitation.revoked_at is not None or invitation.ends_at <= now
    if over or row.sealed is None:
        return None
    token = app.server_keys.open(_PURPOSE, row.id.hex, row.sealed).decode("ascii")
    board = tx.get_one(Board, invitation.board_id)
    letter = Plain(row.notice, row.id.hex, board.name, f"{app.settings.base_url}/uitnodiging/{token}", row.queued_at)
    return _Taken(row.id, letter, invitation.email, "nl")


def _told(app: App, tx: Transaction, row: Letter, now: datetime) -> _Taken | None:
    user, board = tx.get_one(User, row.user_id), tx.get_one(Board, row.board_id)
    if not user.active or not _still(tx, row.notice, user.id, board.id, now):
        return None
    letter = Plain(row.notice, row.id.hex, board.name, f"{app.settings.base_url}/{_PAGES[row.notice]}", row.queued_at)
    return _Taken(row.id, letter, row.address or user.email, user.language)


def _still(tx: Transaction, notice: str, user_id: UUID, board_id: UUID, now: datetime) -> bool:
    """Whether what a letter says is still so."""
    if notice == "proposals_wait":
        return waits_for(tx, user_id, board_id, now)
    if notice == "move_waits":
        return moving.waits_for(tx, user_id, now)
    return notice != "review_waits" or reviews.waits_for(tx, user_id)


def _try(app: App, send: Send, taken: _Taken) -> SendFailed | None:
    try:
        send(compose(taken.letter, sender=app.settings.smtp_from, receiver=taken.receiver, language=taken.language))
    except SendFailed as failure:
        _log.warning("Letter %s did not leave: %s", taken.id, failure.reason)
        return failure
    return None


def _write_down(app: App, letter_id: UUID, failure: SendFailed | None) -> None:
    now = app.clock()
    with app.database.write() as tx:
        row = tx.get_one(Letter, letter_id, with_for_update=True)
        if row.state != "waiting":
            return  # a newer link took its place meanwhile
        if failure is None:
            row.state, row.sent_at, row.last_error, row.sealed, row.address = "sent", now, None, None, None
            return
        row.last_error = failure.reason
        row.next_try_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]
        if failure.permanent or row.attempts >= MOST_TRIES:
            row.state, row.sealed, row.address = "given_up", None, None
