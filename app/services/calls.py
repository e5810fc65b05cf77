"""What service tasks do: a fixed list of topics, run in the transaction that reached them, under the acting person's rights."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.clock import local_day
from app.domain import deadlines
from app.domain.errors import DomainError, InvalidAnswers
from app.domain.events import EventKind
from app.domain.facts import Audience, FactRecord
from app.domain.roles import Role
from app.engine.outcome import Call, Outcome
from app.services import handling, notices, starting, term_rows
from app.services.stepping_aside import STEPPED_ASIDE, step_aside
from app.services.work import Work, resume
from app.storage.queries import work as queries
from app.storage.tables import ProcedureRow

#: Writes what moved in another procedure of the case: its facts, its terms, and the timers of these elements.
Refresh = Callable[[Work, list[str]], None]
#: Carries out the outcome of another procedure of the case.
Apply = Callable[[Work, Outcome], None]

#: Procedures may start procedures; deeper than this is a loop of diagrams that start each other. A meldplicht that new facts
#: reopen goes two deeper each time.
MAX_DEPTH = 20


def run(work: Work, call: Call, refresh: Refresh, apply: Apply) -> None:
    """Execute one call of a diagram. The catalogue refuses diagrams with other topics."""
    match call.topic:
        case "notify":
            _notify(work, call)
        case "record":
            _record(work, call)
        case "extend_term":
            _extend_term(work, call, refresh)
        case "start_procedure":
            _start_procedure(work, call, apply)
        case _:
            raise DomainError(f"De stap {call.element_id} kan niet worden uitgevoerd: {call.topic} bestaat niet.")


def hand_back(work: Work, refresh: Refresh) -> None:
    """Give the outputs of an ended procedure to the one that started it."""
    parent = _parent(work)
    if parent is None or parent.row.ended_at is not None:
        return
    process = work.procedure.processes[work.row.main]
    given = [name for name in process.outputs if name in work.facts.log]
    for name in given:
        parent.facts.put(name, _told(work.facts.log[name][-1], parent, work))
    refresh(parent, term_rows.start_or_move(parent, given))


def _told(record: FactRecord, parent: Work, ended: Work) -> FactRecord:
    """What is handed back is for the lane that started it: the others of that procedure may not know that this one ran."""
    every = (element for process in parent.procedure.processes.values() for element in process.elements.values())
    starters = {e.lane for e in every if e.topic == "start_procedure" and e.properties["procedure"] == ended.row.main}
    if record.audience is not Audience.CASE or not starters:
        return replace(record, at=ended.now)
    return replace(record, at=ended.now, audience=Audience.OWN, lane=starters.pop() if len(starters) == 1 else None)


def _notify(work: Work, call: Call) -> None:
    """Tell the handlers of the lanes in `to`; a timer's message is about the task that the timer guards."""
    element = work.procedure.element(call.element_id)
    about = call.properties.get("about")
    owner = _parent(work) if about and all(task.element_id != about for task in work.tasks) else work
    task = next((t for t in owner.tasks if t.element_id == about), None) if owner else None
    lanes = [Role(lane.strip()) for lane in call.properties["to"].split(",")]
    notices.tell_lanes(work, lanes, call.properties["notice"], element, task=task)


def _record(work: Work, call: Call) -> None:
    mark = call.properties["mark"]
    work.note(EventKind.PROCEDURE_MARKED, call.element_id, mark=mark)
    lane = work.procedure.element(call.element_id).lane
    if mark == STEPPED_ASIDE and lane is not None:
        step_aside(work, lane)


def _extend_term(work: Work, call: Call, refresh: Refresh) -> None:
    """Move the term of the running task `term` to the date fact `to`, when those in `told` heard of it before the old date."""
    owner = _parent(work) or work
    task = next((t for t in owner.tasks if t.element_id == call.properties["term"] and t.id in owner.terms), None)
    values = work.facts.values()
    extended_to = values.get(call.properties["to"])
    if task is None or not isinstance(extended_to, date):
        raise InvalidAnswers({call.properties["to"]: "Deze termijn loopt niet meer. Verlengen kan dus niet."})
    told = {name: _day(values.get(name)) for name in call.properties["told"].split(",")}
    old = deadlines.last_day_of(owner.terms[task.id].due_at)
    deadlines.check_extension(old, extended_to, told, local_day(work.now))
    term_rows.extend(owner, task, extended_to)
    refresh(owner, [task.element_id])


def _start_procedure(work: Work, call: Call, apply: Apply) -> None:
    """Start another procedure beside this one, by whoever took the step; one that runs already is not started twice.

    What this one was started from does not count: new facts open a meldplicht again while the old one is being rounded off.
    """
    if work.actor is None:
        raise ValueError("a timer starts no procedure")
    rows = queries.procedures_of(work.tx, work.case.id)
    version = work.app.versions.current(work.tx, call.properties["procedure"])
    above = _above(work.row, rows)
    running = [row for row in rows if row.ended_at is None and row.main == version.procedure.main and row.id not in above]
    if running:
        return
    if len(above) >= MAX_DEPTH:
        raise DomainError("Procedures starten elkaar steeds opnieuw. Meld dit aan wie de diagrammen tekent.")
    start = version.procedure.element(call.properties["start"])
    lanes = handling.along(work.procedure.element(call.element_id))
    going = [handler for handler in work.handlers if Role(handler.lane) in lanes]
    new = starting.beside(work, version, version.procedure.main, start, handlers=going)
    apply(new, work.app.runner.start(version.procedure, start.id, term_rows.situation(new)))


def _above(row: ProcedureRow, rows: list[ProcedureRow]) -> list[UUID]:
    """The procedures from which this one was started, one from the other."""
    parents = {one.id: one.parent_id for one in rows}
    above, parent_id = [], row.parent_id
    while parent_id is not None:
        above.append(parent_id)
        parent_id = parents.get(parent_id)
    return above


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _parent(work: Work) -> Work | None:
    """The work on the procedure that started this one; its case is locked already, its row is locked now."""
    if work.row.parent_id is None:
        return None
    row = work.tx.get(ProcedureRow, work.row.parent_id, with_for_update=True)
    return None if row is None else resume(work.app, work.tx, work.actor, (work.case, row), now=work.now, chosen=work.chosen)
