"""Starting cases and what may be started or announced beside a running procedure."""

from uuid import UUID

from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.events import EventKind
from app.domain.lookahead import next_waits
from app.domain.policy import Permission, may
from app.domain.possible import Known
from app.domain.procedure import STEP_DONE, Begins, ElementKind, Procedure
from app.domain.roles import Role
from app.engine.run import MessageNotExpected
from app.services import acting, handling, schools, starting, term_rows, transition
from app.services.beside import anytime_start, why_not
from app.services.context import Actor, App
from app.services.views.inbox import StartOption
from app.services.work import Work, begin, state_of
from app.storage.queries import places as place_queries


def start_options(app: App, actor: Actor) -> list[StartOption]:
    """The ways in which this person may start a procedure, per start event of his lanes, with his schools."""
    with app.database.read() as tx:
        now = app.clock()
        options = []
        for key, version in app.versions.published(tx).items():
            for start in version.procedure.starts():
                held = schools.held(tx, actor, start.lane, now)
                if start.begins is Begins.CASE and start.lane is not None and held:
                    options.append(
                        StartOption(
                            procedure_key=key,
                            procedure=version.procedure.name,
                            start_id=start.id,
                            label=start.name,
                            role=start.lane,
                            schools=tuple((school.id, school.name) for school in held),
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
        element = next((e for e in version.procedure.starts() if e.id == start_id and e.begins is Begins.CASE), None)
        held = schools.held(tx, actor, element.lane if element else None, now)
        school = next((s for s in held if s.id == school_id), None)
        if element is None or element.lane is None or school is None:
            raise NotFound
        case = starting.new_case(tx, school_id=school.id, board_id=school.board_id, now=now)
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
        if element.lane is not None:
            acting.represent(parent, element.lane)
        running_terms = {term.element_id for term in parent.terms.values()}
        refusal = why_not(parent.procedure, process_id, running_terms, ended=parent.row.ended_at is not None)
        if refusal is not None:
            raise Conflict(refusal)
        running = place_queries.running_child(tx, procedure_id, process_id)
        if running is not None:
            found = begin(app, tx, actor, running.id, now=now)
            found.behalf = parent.behalf
            return _own_task(found)
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
        able = announcers(work.procedure, element_id, work.facts.values())
        lane = next((lane for lane in sorted(able) if may(lanes, Permission.MESSAGE_ANNOUNCE, lane)), None)
        if lane is None:
            raise Forbidden
        acting.represent(work, lane)
        before = {task.id for task in work.tasks}
        try:
            outcome = app.runner.send(work.procedure, state_of(work), element_id, situation=term_rows.situation(work))
        except MessageNotExpected as error:
            raise Conflict("Dit kan nu niet meer: de procedure is al verder. Laad de zaak opnieuw.") from error
        work.note(EventKind.MESSAGE_SENT, element_id)
        transition.apply(work, outcome)
        return _own_task(work, before)


def announcers(procedure: Procedure, element_id: str, facts: Known) -> frozenset[Role]:
    """Who may announce a message: for one that is waited for on the way, its lane; for one that breaks a phase off, whoever does
    what follows, as the facts stand. So a board does not withdraw the complaint of somebody whom an adviser guides.

    Empty for an element that is no message event, and for one that the system delivers.
    """
    try:
        element = procedure.element(element_id)
    except KeyError:
        return frozenset()
    if element.kind is ElementKind.MESSAGE_CATCH and element.message != STEP_DONE and element.lane is not None:
        return frozenset({element.lane})
    if element.kind is not ElementKind.MESSAGE_BOUNDARY:
        return frozenset()
    following = (ahead.element.lane for ahead in next_waits(procedure, element_id, facts))
    return frozenset(lane for lane in following if lane is not None)


def _own_task(work: Work, before: set[UUID] | None = None) -> UUID | None:
    """A new task that the acting person may do: the one he holds, else one that he may pick up."""
    lanes = acting.lanes_after(work)
    new = [task for task in work.tasks if task.id not in (before or set()) and task.lane in lanes]
    new.sort(key=lambda task: task.assignee_id != (work.behalf or work.actor_id))
    return new[0].id if new else None
