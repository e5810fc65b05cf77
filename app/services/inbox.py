"""The inbox: what waits for a person, grouped by how near its term is."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import cast
from uuid import UUID

from app.clock import local_day
from app.domain.deadlines import last_day_of
from app.domain.policy import Permission, may
from app.domain.procedure import Begins
from app.domain.roles import Role
from app.services import acting, comments, own_notes, saved_views
from app.services.context import Actor, App
from app.services.shown_terms import due_view
from app.services.versions import Published
from app.services.views.inbox import SCOPES, SORTS, InboxPage, InboxQuery, InboxRow
from app.storage.database import Transaction
from app.storage.queries import inbox as queries
from app.storage.queries import places as place_queries
from app.storage.queries.absences import Stand
from app.storage.queries.inbox import Bucket, BucketCounts, Counts, Filters, InboxLine, Scope, Sort
from app.storage.tables import School

PAGE = 50
BUCKETS = {"late": Bucket.OVERDUE, "today": Bucket.TODAY, "week": Bucket.WEEK, "later": Bucket.LATER, "none": Bucket.NONE}
#: So many lines behind one that is done are looked at for one that this person may do.
_AHEAD = 20
_FIRST = UUID(int=0)


def page(app: App, actor: Actor, query: InboxQuery) -> InboxPage:
    """The tasks that the address asks for. What the address asks wrongly is left out, so that a link never fails."""
    now = app.clock()
    scope, filters = _asked(query)
    with app.database.read() as tx:
        stands = acting.stands_of(tx, actor, now)
        filters = replace(filters, stands=stands)
        window = (PAGE + 1, PAGE * (max(query.page, 1) - 1))
        lines = queries.inbox(tx, actor.user_id, scope=scope, filters=filters, now=now, page=window)
        counts = queries.counts(tx, actor.user_id, now, stands)
        held = place_queries.schools_at(tx, [(p.board_id, p.school_id) for p in actor.places])
        rows = [(_group(line, filters.sort, now), row(app, tx, actor, line, now, stands)) for line in lines[:PAGE]]
        versions = app.versions.published(tx)
        views = saved_views.seen(tx, actor, now)
        commented = comments.waiting(tx, actor, now)
        next_term = None if lines else _next_term(tx, actor.user_id, now, stands)
    return InboxPage(
        query=query,
        groups=tuple((name, tuple(r for g, r in rows if g == name)) for name in dict.fromkeys(g for g, _ in rows)),
        scope_counts={name: getattr(counts, name).total for name in SCOPES},
        bucket_counts=_bucket_counts(counts, scope),
        procedures=tuple((key, version.procedure.name) for key, version in versions.items()),
        schools=tuple((school.id, school.name) for school in held),
        more=len(lines) > PAGE,
        next_term=next_term,
        may_start=may_start(actor, versions.values(), held),
        unseen=counts.unseen,
        views=views,
        comments=commented,
    )


def following(app: App, actor: Actor, query: InboxQuery, task_id: UUID, *, until_tonight: bool = False) -> UUID | None:
    """The first task that this person may do behind one that was in his list, and may be done by now; None: the list ends.

    `until_tonight`: the list goes no further than what is due today.
    """
    now = app.clock()
    scope, filters = _asked(query)
    with app.database.read() as tx:
        stands = acting.stands_of(tx, actor, now)
        filters = replace(filters, after=queries.position(tx, task_id), stands=stands)
        lines = queries.inbox(tx, actor.user_id, scope=scope, filters=filters, now=now, page=(_AHEAD, 0))
    soon = (Bucket.OVERDUE, Bucket.TODAY)
    fits = (line for line in lines if not until_tonight or queries.bucket_of(line.due_at, now) in soon)
    held = {None, actor.user_id, *(stand.owner_id for stand in stands)}
    return next((line.task_id for line in fits if line.assignee_id in held), None)


def rows_of(app: App, tx: Transaction, actor: Actor, task_ids: Collection[UUID]) -> dict[UUID, InboxRow]:
    """These tasks, as far as they are open and this person sees them."""
    now = app.clock()
    stands, most = acting.stands_of(tx, actor, now), (len(task_ids), 0)
    filters = Filters(tasks=tuple(task_ids), stands=stands)
    lines = queries.inbox(tx, actor.user_id, scope="all", filters=filters, now=now, page=most)
    return {line.task_id: row(app, tx, actor, line, now, stands) for line in lines}


def menu_counts(app: App, actor: Actor) -> tuple[int, int]:
    """How many tasks are this person's own, and how many notices he has not seen, for the menu; both stop at 100."""
    with app.database.read() as tx:
        now = app.clock()
        counts = queries.counts(tx, actor.user_id, now, acting.stands_of(tx, actor, now))
        return counts.mine.total, counts.unseen


def row(app: App, tx: Transaction, actor: Actor, line: InboxLine, now: datetime, stands: Collection[Stand] = ()) -> InboxRow:
    """One open task in the words of its procedure."""
    version = app.versions.get(tx, line.version_id)
    element = version.procedure.element(line.element_id)
    stand = stand_of(actor, line, stands)
    mine = line.assignee_id is not None and line.assignee_id in (actor.user_id, stand.owner_id if stand else None)
    return InboxRow(
        task_id=line.task_id,
        title=element.name,
        due=None if line.due_at is None else due_view(now, line.due_at, line.warned_at, element.term),
        kind="none" if line.statutory is None else "statutory" if line.statutory else "target",
        case_number=line.case_number,
        procedure=version.procedure.name,
        school=line.school,
        holder=line.assignee,
        mine=mine,
        may_claim=line.assignee_id is None and may([Role(line.lane)], Permission.TASK_DO, Role(line.lane)),
        behalf=stand.owner if stand else None,
        unread=line.unread,
        until=None if line.until is None else local_day(line.until),
        reason=own_notes.reason(actor, line.task_id, line.reason),
    )


def stand_of(actor: Actor, line: InboxLine, stands: Collection[Stand]) -> Stand | None:
    """For whom this person would do a task of his inbox: whoever holds it, else whoever handles it; None for himself."""
    here = {s.owner_id: s for s in stands if (s.case_id, s.lane) == (line.case_id, line.lane)}
    held = here.get(line.assignee_id) if line.assignee_id is not None else None
    return held or here.get(line.handler_id)


def may_start(actor: Actor, versions: Iterable[Published], schools: list[School]) -> bool:
    """Whether some procedure starts in a lane that this person's roles let him handle at a school."""
    boards = {school.board_id for school in schools}
    roles = {place.role for place in actor.places if place.board_id in boards}
    starts = (start for version in versions for start in version.procedure.starts())
    return any(start.lane in roles for start in starts if start.begins is Begins.CASE)


def _asked(query: InboxQuery) -> tuple[Scope, Filters]:
    scope = cast(Scope, query.scope if query.scope in SCOPES else "mine")
    sort = cast(Sort, query.sort if query.sort in SORTS else "due")
    return scope, Filters(query.school_id, query.procedure, query.number or None, BUCKETS.get(query.bucket or ""), sort)


def _group(line: InboxLine, sort: Sort, now: datetime) -> str:
    """By term the rows stand in groups; in another order they are one list, named after that order."""
    if sort != "due":
        return sort
    found = queries.bucket_of(line.due_at, now)
    return next(name for name, bucket in BUCKETS.items() if bucket is found)


def _bucket_counts(counts: Counts, scope: Scope) -> dict[str, int]:
    own: BucketCounts = getattr(counts, scope)
    return {name: getattr(own, bucket.value) for name, bucket in BUCKETS.items()}


def _next_term(tx: Transaction, user_id: UUID, now: datetime, stands: tuple[Stand, ...]) -> date | None:
    """The next term to come of all that this person may see: an empty list says what comes next."""
    from_now = Filters(stands=stands, after=queries.Position(now, now, _FIRST))
    lines = queries.inbox(tx, user_id, scope="all", filters=from_now, now=now, page=(1, 0))
    due = lines[0].due_at if lines else None
    return None if due is None else last_day_of(due)
