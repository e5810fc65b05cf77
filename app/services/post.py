"""Mail that could not be sent, for administrators: who did not hear, since when and why; never of what."""

from collections import Counter
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.errors import Conflict, NotFound
from app.domain.roles import Role
from app.mail.errors import ABOUT_ONE
from app.services.administration.log import Deed
from app.services.context import Actor, App
from app.services.mailing import TAKEN_FOR, mail_server
from app.services.views.post import PostLine, PostPage
from app.storage.database import Transaction
from app.storage.queries import post as queries
from app.storage.tables import Letter, Outbox

MOST: Final = 100


def page(app: App, actor: Actor) -> PostPage:
    """How mail to people of one's boards goes. Raises NotFound for whoever administers none."""
    now = app.clock()
    with app.database.read() as tx:
        boards = _boards(tx, actor, now)
        going = queries.going(tx, boards, now)
        found = queries.failed(tx, boards, now, MOST)
        letters = queries.failed_letters(tx, boards, MOST)
        return PostPage(
            server=mail_server(app.settings) is not None,
            waiting=going.waiting,
            last_sent_at=going.last_sent_at,
            failing=next((kind for kind in going.failing if kind.partition(" ")[0] not in ABOUT_ONE), None),
            lines=(
                *(_line(row, name, now) for row, name in found),
                *(_line(row, name, now, board_id) for row, name, board_id in letters),
            ),
        )


def retry(app: App, actor: Actor, message_id: UUID) -> None:
    """Try a message or a letter again now, and after that for another three days; this is logged.

    Raises NotFound; Conflict while a worker has it.
    """
    now = app.clock()
    with app.database.write() as tx:
        found = queries.one_failed(tx, _boards(tx, actor, now), message_id, now)
        if found is None:
            raise NotFound
        row, board_id = found
        if not _may_retry(row, now):
            raise Conflict("Dit bericht wordt net verstuurd. Kijk over tien minuten of het gelukt is.")
        _try_again(row, now)
        Deed(tx, now, board_id, actor.user_id).note(AdminKind.MAIL_RETRIED, number=1)


def retry_all(app: App, actor: Actor) -> int:
    """Try all that was given up again now, as `retry` does; gives how many. Invitations need a new link and stay as they are."""
    now = app.clock()
    with app.database.write() as tx:
        found = queries.given_up(tx, _boards(tx, actor, now), now)
        for row, _ in found:
            _try_again(row, now)
        for board_id, number in sorted(Counter(board_id for _, board_id in found).items()):
            Deed(tx, now, board_id, actor.user_id).note(AdminKind.MAIL_RETRIED, number=number)
        return len(found)


def _try_again(row: Outbox | Letter, now: datetime) -> None:
    row.state, row.attempts, row.next_try_at = "waiting", 0, now


def _boards(tx: Transaction, actor: Actor, now: datetime) -> list[UUID]:
    boards = queries.administered(tx, actor.user_id, Role.ADMINISTRATOR.value, now)
    if not boards:
        raise NotFound
    return boards


def _may_retry(row: Outbox | Letter, now: datetime) -> bool:
    """Not while a worker may have it: it would leave twice. An invitation is sent again where it was made, with a new link."""
    if isinstance(row, Letter):
        return row.state == "given_up" and row.invitation_id is None
    return row.state == "given_up" or row.tried_at is None or row.tried_at + TAKEN_FOR <= now


def _line(row: Outbox | Letter, receiver: str, now: datetime, board_id: UUID | None = None) -> PostLine:
    given_up = row.state == "given_up"
    return PostLine(
        message_id=row.id,
        receiver=receiver,
        notice=row.notice,
        queued_at=row.queued_at,
        error=row.last_error or "",
        tries=row.attempts,
        given_up=given_up,
        next_try_at=None if given_up else row.next_try_at,
        may_retry=_may_retry(row, now),
        invited_by=board_id if isinstance(row, Letter) and row.invitation_id is not None else None,
    )
