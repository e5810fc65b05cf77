"""The adviser's start page: what is due today, which days were agreed, which cases are silent."""

from datetime import datetime, timedelta
from typing import Final

from app.clock import local_day
from app.domain.deadlines import last_day_of
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.services import acting, agreed, comments, inbox, schools
from app.services.context import Actor, App
from app.services.views.today import Agreed, SilentCase, TodayPage
from app.storage.database import Transaction
from app.storage.queries import inbox as inbox_queries
from app.storage.queries import today as queries
from app.storage.queries.inbox import Bucket, Filters

MOST: Final = 8
SILENT_AFTER: Final = timedelta(weeks=3)


def page(app: App, actor: Actor) -> TodayPage:
    """The day of an adviser. Raises NotFound for whoever is none."""
    now = app.clock()
    with app.database.read() as tx:
        held = schools.held(tx, actor, Role.ADVISER, now)
        if not held:
            raise NotFound
        stands = acting.stands_of(tx, actor, now)
        filters = Filters(stands=stands)
        lines = inbox_queries.inbox(tx, actor.user_id, scope="mine", filters=filters, now=now, page=(inbox.PAGE, 0))
        today = [line for line in lines if inbox_queries.bucket_of(line.due_at, now) in (Bucket.OVERDUE, Bucket.TODAY)]
        later = next((line.due_at for line in lines if line not in today and line.due_at is not None), None)
        counts = inbox_queries.counts(tx, actor.user_id, now, stands)
        return TodayPage(
            tasks=tuple(inbox.row(app, tx, actor, line, now, stands) for line in today),
            waiting=max(0, counts.mine.total - len(today)),
            group=counts.group.total,
            mine=counts.mine.total,
            next_term=None if later is None else last_day_of(later),
            agreed=_agreed(app, tx, actor, now),
            silent=_silent(tx, actor, now),
            schools=tuple((school.id, school.name) for school in held),
            may_start=inbox.may_start(actor, app.versions.published(tx).values(), held),
            unseen=counts.unseen,
            comments=comments.waiting(tx, actor, now),
        )


def _agreed(app: App, tx: Transaction, actor: Actor, now: datetime) -> tuple[Agreed, ...]:
    """Days that were agreed, in drawn order of time: the dates that a procedure of his waits for by itself."""
    found = [
        Agreed(day.case_number, day.row.id, day.procedure, day.element.name, local_day(day.at))
        for day in agreed.days(app, tx, actor.user_id, Role.ADVISER, now)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.case_number)))[:MOST]


def _silent(tx: Transaction, actor: Actor, now: datetime) -> tuple[SilentCase, ...]:
    quiet = queries.silent(tx, actor.user_id, Role.ADVISER, before=now - SILENT_AFTER, now=now, limit=MOST)
    return tuple(SilentCase(one.number, one.school, local_day(one.last_at), (now - one.last_at).days // 7) for one in quiet)
