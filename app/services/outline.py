"""Tasks, terms and cases as programs may see them. Only rows and drawings are read: no fact, no state, no file is opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from app.clock import local_day
from app.domain.deadlines import last_day_of
from app.domain.errors import Forbidden, NotFound
from app.domain.policy import Permission, may
from app.domain.roles import Role
from app.services import cases
from app.services.acting import owner_for, stands_of
from app.services.case_page import known_since, visible
from app.services.choosing import Choosing
from app.services.context import Actor, App
from app.services.inbox import BUCKETS, stand_of
from app.services.versions import Published
from app.services.views.inbox import StartOption
from app.services.views.outline import (
    CaseOutline,
    ProcedureOutline,
    Startable,
    StartLine,
    TaskLine,
    TaskOutline,
    TaskQuery,
    Term,
    TermQuery,
)
from app.storage.database import Transaction
from app.storage.queries import inbox as inbox_queries
from app.storage.queries import pages as queries
from app.storage.queries import terms as term_queries
from app.storage.queries import work as work_queries
from app.storage.queries.absences import Stand
from app.storage.queries.inbox import InboxLine, Scope
from app.storage.tables import Case, Deadline, ProcedureRow, Task

#: Which lane may look into which, as policy has it.
_LOOKS = [(own.value, other.value) for own in Role for other in Role if may([own], Permission.STEP_READ, other)]


def tasks(app: App, actor: Actor, query: TaskQuery, limit: int) -> tuple[TaskLine, ...]:
    """The open tasks that a person may do, the most urgent first."""
    now = app.clock()
    after = None if query.after is None else inbox_queries.Position(*query.after)
    bucket = BUCKETS[query.bucket] if query.bucket else None
    narrowed = (query.school_id, query.procedure, query.number, bucket)
    with app.database.read() as tx:
        scope, reader = cast(Scope, query.scope), _reader(tx, actor, now)
        filters = inbox_queries.Filters(*narrowed, after=after, stands=reader.stands, whole=True)
        lines = inbox_queries.inbox(tx, actor.user_id, scope=scope, filters=filters, now=now, page=(limit, 0))
        return tuple(_inbox_line(app.versions.get(tx, line.version_id), reader, line) for line in lines)


def terms(app: App, actor: Actor, query: TermQuery, limit: int) -> tuple[Term, ...]:
    """The terms that a person may see, the nearest first."""
    now = app.clock()
    with app.database.read() as tx:
        stands = stands_of(tx, actor, now)
        filters = term_queries.TermFilters(query.closed, query.number, query.after, stands)
        found = term_queries.terms(tx, actor.user_id, _LOOKS, filters, now=now, limit=limit)
        procedure_ids = {line.task.procedure_id for line in found}
        lanes = term_queries.lanes_in(tx, actor.user_id, procedure_ids, now, stands)
        return tuple(
            _term(
                app.versions.get(tx, line.deadline.version_id or line.version_id),
                line.deadline,
                line.task,
                place=(line.case_number, line.school),
                own=lanes[line.task.procedure_id],
            )
            for line in found
        )


def task(app: App, actor: Actor, task_id: UUID) -> TaskOutline:
    """A task for whoever may do it. Raises NotFound, and Forbidden for who may only see how far the case is."""
    now = app.clock()
    with app.database.read() as tx:
        found = queries.task_with_case(tx, task_id)
        if found is None:
            raise NotFound
        row_of_task, row, case = found
        lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id], now=now).get(row.id, frozenset())
        lane = Role(row_of_task.lane)
        if not may(lanes, Permission.STEP_READ, lane):
            raise NotFound
        if not may(lanes, Permission.TASK_DO, lane):
            raise Forbidden("Deze taak is voor iemand anders. Je kunt wel zien hoe ver de zaak is.")
        return _outline(app, tx, actor, found, own=lanes, now=now)


def case(app: App, actor: Actor, number: str) -> CaseOutline:
    """A case for whoever handles it. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        found, rows, lanes = visible(app, tx, actor, number, now)
        place = (found.number, queries.school_name(tx, found.school_id))
        reader = _reader(tx, actor, now)
        parts = [_procedure(app, tx, reader, (found, row), place=place, own=lanes[row.id]) for row in rows]
    return CaseOutline(
        number=found.number,
        school=place[1],
        closed_at=found.closed_at,
        procedures=tuple(part[0] for part in parts),
        tasks=tuple(line for part in parts for line in part[1]),
        terms=tuple(term for part in parts for term in part[2]),
    )


def procedures(app: App, actor: Actor) -> tuple[Startable, ...]:
    """All published procedures, with the ways in which this person may start them."""
    options = cases.start_options(app, actor)
    with app.database.read() as tx:
        published = app.versions.published(tx)
    return tuple(
        Startable(key, version.procedure.name, version.number, tuple(_start(o) for o in options if o.procedure_key == key))
        for key, version in sorted(published.items())
    )


def _start(option: StartOption) -> StartLine:
    return StartLine(option.start_id, option.label, option.role, option.schools)


def _outline(
    app: App, tx: Transaction, actor: Actor, found: tuple[Task, ProcedureRow, Case], *, own: frozenset[Role], now: datetime
) -> TaskOutline:
    task_row, row, case_row = found
    version = app.versions.get(tx, task_row.version_id or row.version_id)
    procedure, element = version.procedure, version.procedure.element(task_row.element_id)
    place = (case_row.number, queries.school_name(tx, case_row.school_id))
    stored = queries.term_of_task(tx, task_row.id)
    term = stored[0] if stored is not None else None
    named = [(Role(lane), user_id) for lane, user_id, _ in queries.handler_names(tx, case_row, row.id, now)]
    held = _reader(tx, actor, now).held(task_row, named)
    who = held[1].owner_id if held[1] else actor.user_id
    return TaskOutline(
        line=_line(version, task_row, term, place=place, own=own, held=held),
        instruction=element.documentation,
        basis=element.legal_basis,
        checklist=element.checklist,
        term=None if term is None or term.state == "dropped" else _term(version, term, task_row, place=place, own=own),
        questions=procedure.form_of(element.id).fields,
        handlers=Choosing(app, tx, now, case_row, procedure, element, who, named).choices(None),
    )


def _procedure(
    app: App,
    tx: Transaction,
    reader: "_Reader",
    at: tuple[Case, ProcedureRow],
    *,
    place: tuple[str, str],
    own: frozenset[Role],
) -> tuple[ProcedureOutline, list[TaskLine], list[Term]]:
    case_row, row = at
    version = app.versions.get(tx, row.version_id)
    name = version.procedure.processes[row.main].name
    seen = {t.id: t for t in queries.tasks_of(tx, row.id) if may(own, Permission.STEP_READ, Role(t.lane))}
    found = [term for term in queries.terms_of(tx, row.id) if term.task_id in seen and term.state != "dropped"]
    by_task = {term.task_id: term for term in found}
    named = (
        [(lane, user_id) for lane, user_id, _ in queries.handler_names(tx, case_row, row.id, reader.now)] if reader.stands else []
    )
    still_open = [task for task in seen.values() if task.closed_at is None]
    return (
        ProcedureOutline(row.id, version.procedure.key, name, known_since(tx, row, own), row.ended_at),
        [_line(version, t, by_task.get(t.id), place=place, own=own, held=reader.held(t, named)) for t in still_open],
        [
            _term(app.versions.get(tx, term.version_id or row.version_id), term, seen[term.task_id], place=place, own=own)
            for term in found
        ],
    )


def _inbox_line(version: Published, reader: "_Reader", line: InboxLine) -> TaskLine:
    stand = stand_of(reader.actor, line, reader.stands)
    return TaskLine(
        task_id=line.task_id,
        title=version.procedure.element(line.element_id).name,
        role=Role(line.lane),
        case=line.case_number,
        procedure=version.procedure.key,
        school=line.school,
        state=reader.state(line.assignee_id, stand),
        opened_at=line.opened_at,
        due_at=line.due_at,
        last_day=None if line.due_at is None else last_day_of(line.due_at),
        statutory=line.statutory,
        on_behalf_of=stand.owner if stand else None,
    )


def _line(
    version: Published,
    row: Task,
    term: Deadline | None,
    *,
    place: tuple[str, str],
    own: frozenset[Role],
    held: tuple[str, Stand | None],
) -> TaskLine:
    return TaskLine(
        task_id=_own_id(row, own),
        title=version.procedure.element(row.element_id).name,
        role=Role(row.lane),
        case=place[0],
        procedure=version.procedure.key,
        school=place[1],
        state=row.outcome or held[0],
        opened_at=row.opened_at,
        due_at=row.due_at,
        last_day=None if row.due_at is None else last_day_of(row.due_at),
        statutory=None if term is None else term.statutory,
        on_behalf_of=held[1].owner if held[1] else None,
    )


def _term(version: Published, row: Deadline, task_row: Task, *, place: tuple[str, str], own: frozenset[Role]) -> Term:
    element = version.procedure.element(row.element_id)
    return Term(
        term_id=row.id,
        task_id=_own_id(task_row, own),
        title=element.name,
        role=Role(task_row.lane),
        case=place[0],
        procedure=version.procedure.key,
        school=place[1],
        state=row.state,
        statutory=row.statutory,
        basis=element.legal_basis,
        starts_on=local_day(row.starts_at),
        due_at=row.due_at,
        last_day=last_day_of(row.due_at),
        extended=row.first_due_at is not None,
    )


def _own_id(row: Task, own: frozenset[Role]) -> UUID | None:
    return row.id if may(own, Permission.TASK_DO, Role(row.lane)) else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whom a program acts for, and for whom that person acts."""

    actor: Actor
    stands: tuple[Stand, ...]
    now: datetime

    def state(self, assignee_id: UUID | None, stand: Stand | None) -> str:
        """How an open task is held."""
        if assignee_id is None:
            return "unclaimed"
        return "mine" if assignee_id in (self.actor.user_id, stand.owner_id if stand else None) else "other"

    def held(self, row: Task, handlers: Iterable[tuple[str, UUID]]) -> tuple[str, Stand | None]:
        """The same, and for whom this person would do it: None for himself, and for a task of others."""
        here = [stand for stand in self.stands if stand.case_id == row.case_id]
        owner_id = owner_for(self.actor.user_id, Role(row.lane), row.assignee_id, handlers=handlers, stands=here)
        found = next((stand for stand in here if stand.owner_id == owner_id), None)
        return self.state(row.assignee_id, found), found


def _reader(tx: Transaction, actor: Actor, now: datetime) -> _Reader:
    return _Reader(actor, stands_of(tx, actor, now), now)
