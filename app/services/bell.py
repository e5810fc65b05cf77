"""The bell: what a person was told, of cases that he handles now; the same rows as his mail."""

from datetime import datetime, time
from typing import Final
from uuid import UUID

from app.clock import AMSTERDAM
from app.domain.deadlines import last_day_of
from app.domain.errors import NotFound
from app.services.context import Actor, App
from app.services.views.bell import NoticeLine
from app.services.views.case import CasePage
from app.services.where import path_of
from app.storage.queries import bell as queries
from app.storage.queries import outbox
from app.storage.queries.bell import BellLine

PAGE: Final = 50


def page(app: App, actor: Actor, number: int) -> tuple[tuple[NoticeLine, ...], bool]:
    """A page of this person's notices, the newest first, and whether there are more."""
    with app.database.read() as tx:
        found = queries.notices(tx, actor.user_id, app.clock(), (PAGE + 1, PAGE * (max(number, 1) - 1)))
    return tuple(_line(line) for line in found[:PAGE]), len(found) > PAGE


def open_notice(app: App, actor: Actor, notice_id: UUID) -> str:
    """See a notice; gives the path of its task or case. Raises NotFound for another's, and for a case handled no longer."""
    now = app.clock()
    with app.database.write() as tx:
        found = queries.notice(tx, actor.user_id, notice_id, now)
        if found is None:
            raise NotFound
        row, case, task = found
        row.seen_at = row.seen_at or now
        return path_of(row, task, case.number, outbox.lanes_handled(tx, actor.user_id, case.id, now))


def see_all(app: App, actor: Actor) -> None:
    """Mark all notices of this person as seen."""
    with app.database.write() as tx:
        queries.see(tx, actor.user_id, app.clock())


def see_case(app: App, actor: Actor, page: CasePage, *, files: bool) -> None:
    """Mark what led to this page of a case as seen; `files`: also of comments, for the part where files are opened."""
    seen = (*page.told.case, *(page.told.files if files else ()))
    if seen:
        with app.database.write() as tx:
            queries.see(tx, actor.user_id, app.clock(), queries.these(seen))


def _line(line: BellLine) -> NoticeLine:
    row = line.row
    return NoticeLine(
        notice_id=row.id,
        notice=row.notice,
        title=row.neutral_title,
        case_number=line.case_number,
        at=row.queued_at,
        last_day=None if row.due_at is None else last_day_of(row.due_at),
        hour=_hour(row.due_at),
        seen=row.seen_at is not None,
        undelivered=line.undelivered,
    )


def _hour(due: datetime | None) -> datetime | None:
    return due if due is not None and due.astimezone(AMSTERDAM).time() != time.min else None
