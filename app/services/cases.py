"""Starting cases and what may be started or announced beside a running procedure."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from app.clock import local_day
from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.events import EventKind
from app.domain.lookahead import Known, next_waits
from app.domain.policy import Permission, may
from app.domain.procedure import ElementKind, Procedure
from app.domain.roles import Role
from app.engine.run import MessageNotExpected
from app.services import handling, starting, term_rows, transition
from app.services.beside import anytime_start, extended_term
from app.services.context import Actor, App, places
from app.services.views.inbox import StartOption
from app.services.work import Work, begin, state_of
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import people as people_queries
from app.storage.queries import places as place_queries
from app.storage.tables import Case, School

#: No 0 and O, no 1 and I (they are misread aloud), and no vowels, so that a number never spells a word.
_NUMBER_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
_NUMBER_LENGTH = 4
_TRIES = 20


def start_options(app: App, actor: Actor) -> list[StartOption]:
    """The ways in which this person may start a procedure, per start event of his lanes, with his schools."""
    with app.database.read() as tx:
        now = app.clock()
        options = []
        for key, version in app.versions.published(tx).items():
            for start in version.procedure.starts():
                schools = _schools(tx, actor, start.lane, now)
                if start.lane is not None and schools:
                    options.append(
                        StartOption(
                            procedure_key=key,
                            procedure=version.procedure.name,
                            start_id=start.id,
                            label=start.name,
                            role=start.lane,
                            schools=tuple((school.id, school.name) for school in schools),
                            documentation=start.documentation,
                        )
                    )
        return options


def start(app: App, actor: Actor, procedure_key: str, start_id: str, *, school_id: UUID) -> tuple[str, UUID | None]:
    """Open a case with one procedure, handled by who starts it in its lane. Gives the case's number and his first task.

    Raises NotFound when there is no such start for him at that school.
    """
    now = app.clock()
    with app.database.write() as tx:
        version = app.versions.current(tx, procedure_key)
        element = next((e for e in version.procedure.starts() if e.id == start_id), None)
        school = next((s for s in _schools(tx, actor, element.lane if element else None, now) if s.id == school_id), None)
        if element is None or element.lane is None or school is None:
            raise NotFound
        case = _new_case(tx, school, now)
        work = starting.first(app, tx, actor, case, version=version, now=now)
        work.note(EventKind.CASE_OPENED, element.id)
        work.note(EventKind.PROCEDURE_STARTED, element.id)
        handling.add(work, element.lane, actor.user_id)
        transition.apply(work, app.runner.start(version.procedure, start_id, term_rows.situation(work)))
        return case.number, _own_task(work)


def start_anytime(app: App, actor: Actor, procedure_id: UUID, process_id: str) -> UUID | None:
    """Start a one-task process beside a procedure, also beside an ended one. Gives the acting person's task.

    One that waits already is not started twice: its task is given. Raises NotFound, Forbidden.
    """
    now = app.clock()
    with app.database.write() as tx:
        parent = begin(app, tx, actor, procedure_id, now=now)
        lanes = parent.lanes
        element = anytime_start(parent.procedure, parent.row.main, process_id)
        if element is None or not lanes:
            raise NotFound
        if not may(lanes, Permission.PROCEDURE_START, element.lane):
            raise Forbidden
        extended = extended_term(parent.procedure, process_id)
        if extended is not None and all(term.element_id != extended for term in parent.terms.values()):
            raise Conflict("Deze termijn loopt niet. Verlengen kan dus niet.")
        running = place_queries.running_child(tx, procedure_id, process_id)
        if running is not None:
            return _own_task(begin(app, tx, actor, running.id, now=now))
        work = starting.beside(parent, parent.published, process_id, element, handlers=parent.handlers)
        transition.apply(work, app.runner.start(work.procedure, element.id, term_rows.situation(work)))
        return _own_task(work)


def announce(app: App, actor: Actor, procedure_id: UUID, element_id: str) -> UUID | None:
    """Deliver a message that a procedure waits for, such as a withdrawal. Gives the acting person's new task, if any.

    Raises NotFound, Forbidden, Conflict when nobody waits for it any more.
    """
    now = app.clock()
    with app.database.write() as tx:
        work = begin(app, tx, actor, procedure_id, now=now)
        lanes = work.lanes
        if not lanes:
            raise NotFound
        if not any(
            may(lanes, Permission.MESSAGE_ANNOUNCE, lane) for lane in announcers(work.procedure, element_id, work.facts.values())
        ):
            raise Forbidden
        before = {task.id for task in work.tasks}
        try:
            outcome = app.runner.send(work.procedure, state_of(work), element_id, situation=term_rows.situation(work))
        except MessageNotExpected as error:
            raise Conflict("Dit kan nu niet meer: de procedure is al verder. Laad de zaak opnieuw.") from error
        work.note(EventKind.MESSAGE_SENT, element_id)
        transition.apply(work, outcome)
        return _own_task(work, before)


def announcers(procedure: Procedure, element_id: str, facts: Known) -> frozenset[Role]:
    """Whoever does what follows a message, as the facts stand, may announce it. Empty for an element that is no message event.

    So a board does not withdraw the complaint of somebody whom an adviser guides.
    """
    messages = (ElementKind.MESSAGE_BOUNDARY, ElementKind.MESSAGE_CATCH)
    try:
        element = procedure.element(element_id)
    except KeyError:
        return frozenset()
    if element.kind not in messages:
        return frozenset()
    following = (ahead.element.lane for ahead in next_waits(procedure, element_id, facts))
    return frozenset(lane for lane in following if lane is not None)


def _schools(tx: Transaction, actor: Actor, lane: Role | None, now: datetime) -> list[School]:
    """The schools at which this person holds the role of a lane now, re-read in this transaction."""
    held = [place for place in places(people_queries.memberships(tx, actor.user_id, now)) if place.role is lane]
    return place_queries.schools_at(tx, [(place.board_id, place.school_id) for place in held])


def _new_case(tx: Transaction, school: School, now: datetime) -> Case:
    """A case with a number that nothing can be read from: gaps in a sequence would betray cases."""
    for _ in range(_TRIES):
        drawn = "".join(secrets.choice(_NUMBER_ALPHABET) for _ in range(_NUMBER_LENGTH))
        number = f"{local_day(now).year}-{drawn}"
        if case_queries.case_by_number(tx, number) is None:
            case = Case(id=uuid4(), number=number, school_id=school.id, board_id=school.board_id, opened_at=now)
            case.event_count, case.event_head = 0, b""
            tx.add(case)
            tx.flush()
            return case
    raise Conflict("Er kon geen zaaknummer worden gemaakt. Probeer het nog eens.")


def _own_task(work: Work, before: set[UUID] | None = None) -> UUID | None:
    """A new task that the acting person may do: the one he holds, else one that he may pick up."""
    lanes = {handler.lane for handler in work.handlers if handler.user_id == work.actor_id}
    new = [task for task in work.tasks if task.id not in (before or set()) and task.lane in lanes]
    new.sort(key=lambda task: task.assignee_id != work.actor_id)
    return new[0].id if new else None
