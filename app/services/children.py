"""What one procedure does to another: it starts it, sends it a message, and hears when it has ended.

A procedure that an `anytime` process starts counts as started by the procedure that the process runs beside.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from app.domain.errors import DomainError
from app.domain.events import EventKind
from app.domain.facts import Audience, FactRecord
from app.domain.procedure import STEP_DONE
from app.domain.roles import Role
from app.engine.outcome import Call, Outcome
from app.services import handling, starting, term_rows
from app.services.work import Work, resume, state_of
from app.storage.queries import wakes
from app.storage.queries import work as queries
from app.storage.tables import ProcedureRow, Wake

#: Writes what moved in another procedure of the case: its facts, its terms, and the timers of these elements.
Refresh = Callable[[Work, list[str]], None]
#: Carries out the outcome of another procedure of the case.
Apply = Callable[[Work, Outcome], None]

#: Procedures may start procedures; deeper than this is a loop of diagrams that start each other. A meldplicht that new facts
#: reopen goes two deeper each time.
MAX_DEPTH: Final = 20


def start(work: Work, call: Call, apply: Apply) -> None:
    """Start another procedure, by whoever took the step; beside this one, or in a case of its own."""
    if work.actor is None:
        raise ValueError("a timer starts no procedure")
    version = work.app.versions.current(work.tx, call.properties["procedure"])
    begin = version.procedure.element(call.properties["start"])
    if "own_case" in call.properties:
        new = starting.own_case(work, version, begin, side=call.properties["own_case"])
        work.note(EventKind.CASE_LINKED, call.element_id)
    elif _may_start(work, version.procedure.main, again=call.properties.get("again") == "true"):
        lanes = handling.along(work.procedure.element(call.element_id))
        going = [handler for handler in work.handlers if Role(handler.lane) in lanes]
        new = starting.beside(work, version, version.procedure.main, begin, handlers=going)
    else:
        return
    apply(new, work.app.runner.start(version.procedure, begin.id, term_rows.situation(new)))


def send(work: Work, call: Call, refresh: Refresh, apply: Apply) -> None:
    """Deliver a message to running procedures of one key that may hear it, where one waits for it.

    The facts that go along are given to each of them, also where nothing waits: what is known now must not be asked of the past.
    """
    for row in _hearing(work):
        if work.app.versions.get(work.tx, row.version_id).procedure.key == call.properties["procedure"]:
            target = _resume(work, row)
            _give(work, target, call.properties.get("gives"), refresh)
            element_id = _waiting_for(target, call.properties["message"])
            if element_id is not None:
                _deliver(target, element_id, apply)


def ended(work: Work) -> None:
    """Note that a procedure ended, for the one that started it: what follows there waits until this transition is done here."""
    work.follow.ended.append(work)
    wakes.drop(work.tx, work.row.id)
    parent = parent_row(work)
    if parent is not None and work.row.main == work.procedure.main:
        starter = _beside(work, parent)
        if starter.ended_at is None:
            work.tx.add(Wake(procedure_id=starter.id, ended_id=work.row.id, delivered_at=None))


def settle(work: Work, refresh: Refresh, apply: Apply) -> None:
    """What follows for those who started what ended: they are given its outputs, and woken where they wait for it.

    This goes on until nothing follows any more.
    """
    follow = work.follow
    while follow.ended or follow.listens:
        follow.listens = False
        while follow.ended:
            _hand_back(work, follow.ended.pop(0), refresh)
        _wake(work, apply)


def listens(work: Work, messages: Iterable[str]) -> bool:
    """Whether one of these waiting events waits until a procedure has ended that this one started."""
    return any(work.procedure.element(element_id).message == STEP_DONE for element_id in messages)


def parent_row(work: Work) -> ProcedureRow | None:
    """The procedure that started this one, locked; its case is locked already."""
    if work.row.parent_id is None:
        return None
    return work.tx.get(ProcedureRow, work.row.parent_id, with_for_update=True)


def parent_of(work: Work) -> Work | None:
    """The work on the procedure that started this one."""
    row = parent_row(work)
    return None if row is None else _resume(work, row)


def _hand_back(work: Work, child: Work, refresh: Refresh) -> None:
    """Give the outputs of an ended procedure to the one that started it."""
    row = parent_row(child)
    row = None if row is None else _beside(child, row)
    given = [name for name in child.procedure.processes[child.row.main].outputs if name in child.facts.log]
    if row is None or row.ended_at is not None or not given:
        return
    target = work if row.id == work.row.id else _resume(child, row)
    for name in given:
        target.facts.put(name, _told(child.facts.log[name][-1], target, child))
    refresh(target, term_rows.start_or_move(target, given))


def _give(work: Work, target: Work, names: str | None, refresh: Refresh) -> None:
    """Give another procedure of the case these facts, comma-separated, as far as they are known here."""
    given = [] if names is None else [name for name in map(str.strip, names.split(",")) if name in work.facts.log]
    for name in given:
        target.facts.put(name, work.facts.log[name][-1])
    if given:
        refresh(target, term_rows.start_or_move(target, given))


def _told(record: FactRecord, parent: Work, ended: Work) -> FactRecord:
    """What is handed back is for the lane that started it: the others of that procedure may not know that this one ran."""
    every = (element for process in parent.procedure.processes.values() for element in process.elements.values())
    starters = {e.lane for e in every if e.topic == "start_procedure" and e.properties["procedure"] == ended.row.main}
    if record.audience is not Audience.CASE or not starters:
        return replace(record, at=ended.now)
    return replace(record, at=ended.now, audience=Audience.OWN, lane=starters.pop() if len(starters) == 1 else None)


def _wake(work: Work, apply: Apply) -> None:
    """Deliver what waits to be delivered in this case: to each starter once, for everything that it has not heard of yet."""
    untold: dict[UUID, list[Wake]] = {}
    for wake in wakes.undelivered(work.tx, work.case.id):
        untold.setdefault(wake.procedure_id, []).append(wake)
    for procedure_id, ends in untold.items():
        row = work.tx.get_one(ProcedureRow, procedure_id, with_for_update=True)
        if row.ended_at is not None:
            continue
        # The system does it: whoever acts here did not ask for what follows there, and could tick nobody for it.
        target = replace(work if row.id == work.row.id else _resume(work, row), actor=None, lanes=frozenset(), chosen={})
        element_id = _waiting_for(target, STEP_DONE)
        if element_id is not None:
            for wake in ends:
                wake.delivered_at = work.now
            _deliver(target, element_id, apply)


def _waiting_for(work: Work, message: str) -> str | None:
    """The outermost event of a procedure that waits for a message now."""
    waiting = work.app.runner.waiting(work.procedure, state_of(work)).messages
    return next((one for one in waiting if work.procedure.element(one).message == message), None)


def _deliver(work: Work, element_id: str, apply: Apply) -> None:
    outcome = work.app.runner.send(work.procedure, state_of(work), element_id, situation=term_rows.situation(work))
    work.note(EventKind.MESSAGE_SENT, element_id)
    apply(work, outcome)


def _hearing(work: Work) -> list[ProcedureRow]:
    """Who hears what this one sends: running procedures that it started, and for an `anytime` process what it runs beside."""
    rows = {row.id: row for row in queries.procedures_of(work.tx, work.case.id)}
    sender = _beside(work, work.row)

    def hears(row: ProcedureRow) -> bool:
        if row.ended_at is not None or row.id == work.row.id:
            return False
        parent = rows.get(row.parent_id) if row.parent_id is not None else None
        return row.id == sender.id or (parent is not None and _beside(work, parent).id == sender.id)

    return [row for row in rows.values() if hears(row)]


def _may_start(work: Work, main: str, *, again: bool) -> bool:
    """Whether a procedure may start: one that runs already is not started twice, unless that is asked for.

    What this one was started from does not count: new facts open a meldplicht again while the old one is being rounded off.
    """
    rows = queries.procedures_of(work.tx, work.case.id)
    above = _above(work.row, rows)
    if not again and any(row.ended_at is None and row.main == main and row.id not in above for row in rows):
        return False
    if len(above) >= MAX_DEPTH:
        raise DomainError("Procedures starten elkaar steeds opnieuw. Meld dit aan wie de diagrammen tekent.")
    return True


def _above(row: ProcedureRow, rows: list[ProcedureRow]) -> list[UUID]:
    """The procedures from which this one was started, one from the other."""
    parents = {one.id: one.parent_id for one in rows}
    above, parent_id = [], row.parent_id
    while parent_id is not None:
        above.append(parent_id)
        parent_id = parents.get(parent_id)
    return above


def _beside(work: Work, row: ProcedureRow) -> ProcedureRow:
    """The procedure that a row is a part of: itself, or for an `anytime` process the one that it runs beside."""
    while row.parent_id is not None and row.main != work.app.versions.get(work.tx, row.version_id).procedure.main:
        row = work.tx.get_one(ProcedureRow, row.parent_id, with_for_update=True)
    return row


def _resume(work: Work, row: ProcedureRow) -> Work:
    """The work on another procedure of the case, in the same transition."""
    found = resume(work.app, work.tx, work.actor, (work.case, row), now=work.now, left=work.left)
    found.chosen, found.follow, found.behalf = work.chosen, work.follow, work.behalf
    return found
