"""What hangs on a role that ended, by a deed or by its last day: tasks go back, and nobody's tasks are somebody's business.

Nobody is put in a lane without being ticked: whoever knows the case knows who is involved in it. So a lane that nobody is left
in is told to those who handle the procedure beside it and may see how far it is; they tick people, as for a lane that opens. And
whoever is about to leave ticks a colleague beside himself, in the lanes that he might leave to a deputy too.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from app.clock import local_day
from app.domain.delegation import may_delegate
from app.domain.errors import NotFound, TryAgain
from app.domain.events import EventKind
from app.domain.policy import Permission, may
from app.domain.roles import STANDS_IN, Role
from app.services import acting, case_page, handling, notices, sealed
from app.services.context import Actor, App
from app.services.views.case import LaneToTick
from app.services.views.task import HandlerChoice
from app.services.work import Work, begin
from app.storage.queries import absence_rows
from app.storage.queries import cases as case_queries
from app.storage.queries import comfort as comfort_queries
from app.storage.queries import files as file_queries
from app.storage.queries import unattended as queries
from app.storage.queries import work as work_queries
from app.storage.tables import Membership, Task


def _never() -> bool:
    return False


def settle(app: App, limit: int, stopping: Callable[[], bool] = _never, *, user_id: UUID | None = None) -> int:
    """Look after so many roles that ended (of one person); gives how many that were. A transaction for each case.

    What the database was too busy for is done at the next beat of the worker; what was done already is not done again.
    """
    now, done = app.clock(), 0
    with app.database.read() as tx:
        ended = queries.ended(tx, now, limit, user_id=user_id)
    for role in ended:
        if stopping():
            break
        try:
            _settle(app, role, now)
        except TryAgain:
            continue
        done += 1
    return done


def choice(app: App, actor: Actor, number: str, procedure_id: UUID, lane: Role) -> LaneToTick:
    """Whom to tick for a lane that nobody is left in, or beside oneself. Raises NotFound for who may do neither."""
    now = app.clock()
    with app.database.read() as tx:
        case, rows, lanes = case_page.visible(app, tx, actor, number, now)
        row = next((row for row in rows if row.id == procedure_id and row.ended_at is None), None)
        if row is None:
            raise NotFound
        handlers, _ = work_queries.handlers(tx, case, row.id, now=now, day=local_day(now))
        tasks, ticked = case_queries.open_tasks(tx, row.id), case_queries.handlers(tx, row.id)
        gone = case_page.empty_lanes(tasks, ticked, [handler.lane for handler in handlers])
        there = {handler.user_id for handler in handlers if handler.lane == lane}
        _must(lane, gone, lanes[row.id], beside=actor.user_id in there)
        people = tuple((u.id, u.name) for u in handling.eligible(tx, case, lane, now) if u.id not in there)
        away = absence_rows.away(tx, [user_id for user_id, _ in people], local_day(now))
        offered = HandlerChoice(lane, people, certain=True, one=lane in handling.ONE_PERSON, away=away)
        name = app.versions.get(tx, row.version_id).procedure.processes[row.main].name
        return LaneToTick(number, row.id, name, offered, bool(there))


def tick(app: App, actor: Actor, number: str, procedure_id: UUID, *, lane: Role, people: Sequence[UUID]) -> None:
    """Put these people in a lane that nobody is left in, whose open tasks are theirs then; or beside oneself.

    Raises NotFound for who may do neither, InvalidAnswers.
    """
    now = app.clock()
    with app.database.write() as tx:
        work = begin(app, tx, actor, procedure_id, now=now, chosen={lane: people})
        if work.case.number != number or work.row.ended_at is not None:
            raise NotFound
        ticked, there = case_queries.handlers(tx, work.row.id), _there(work, lane)
        gone = case_page.empty_lanes(work.tasks, ticked, [handler.lane for handler in work.handlers])
        _must(lane, gone, work.lanes, beside=actor.user_id in there)
        acting.represent(work, next(own for own in sorted(work.lanes) if may([own], Permission.STEP_READ, lane)))
        new = sorted(handling.ticked(work, lane) - set(there), key=str)
        for user_id in new:
            handling.add(work, lane, user_id)
        sealed.keep_readable(work, lane)
        for task in (task for task in work.tasks if task.lane == lane):
            if not there:
                _hand(task, new, now)
            for user_id in new:
                notices.tell_person(work, user_id, "task_opened", work.element(task), task)
        notices.queue(work)


def _must(lane: Role, gone: set[Role], own: frozenset[Role], *, beside: bool) -> None:
    """Raises NotFound for who may tick nobody for a lane. `beside`: he handles it himself."""
    fills = lane in gone and may(own, Permission.STEP_READ, lane)
    if not fills and not (beside and may_delegate(lane, agreed=False)):
        raise NotFound


def _settle(app: App, role: Membership, now: datetime) -> None:
    held = Role(role.role)
    lanes = {held, STANDS_IN.get(held, held)}
    with app.database.read() as tx:
        touched = queries.touched(tx, role, sorted(lanes))
    for _, procedures in groupby(touched, key=lambda place: place[0]):
        with app.database.write() as tx:
            for _, procedure_id in procedures:
                _let_go(begin(app, tx, None, procedure_id, now=now), role.user_id, lanes)
    with app.database.write() as tx:
        tx.get_one(Membership, role.id).settled_at = now


def _let_go(work: Work, leaver: UUID, lanes: Collection[Role]) -> None:
    """In one procedure, if somebody lost these lanes: his tasks go to those who are left, or it is told that nobody is."""
    for task in work.tasks:
        lane = Role(task.lane)
        there = _there(work, lane)
        if lane not in lanes or leaver in there:
            continue
        if task.assignee_id == leaver:
            _hand(task, there, work.now)
            file_queries.drop_drafts(work.tx, task.id)
            comfort_queries.take_back(work.tx, task.id, leaver)
            work.note(EventKind.TASK_RELEASED, task.element_id)
            for user_id in there:
                comfort_queries.came_to(work.tx, task.id, user_id)
                notices.tell_person(work, user_id, "task_left", work.element(task), task)
        if not there:
            _tell_beside(work, task, lane)
    notices.queue(work)


def _tell_beside(work: Work, task: Task, lane: Role) -> None:
    """Who handles the procedure and may see this lane is told that its step waits; where nobody may, that is recorded."""
    beside = {h.user_id for h in work.handlers if may([Role(h.lane)], Permission.STEP_READ, lane)}
    for user_id in sorted(beside, key=str):
        notices.tell_person(work, user_id, "lane_empty", work.element(task))
    if not beside:
        work.note(EventKind.NOTICE_NOBODY, task.element_id, lane=lane.value)


def _there(work: Work, lane: Role) -> list[UUID]:
    """Who handles a lane of this procedure and still may."""
    return [handler.user_id for handler in work.handlers if handler.lane == lane]


def _hand(task: Task, people: list[UUID], now: datetime) -> None:
    """A task waits for these people; where it is one, there is nobody else to leave it to."""
    alone = people[0] if len(people) == 1 else None
    task.assignee_id, task.claimed_at, task.claimed_by = alone, now if alone else None, None
