"""Beginning a procedure of a case, on its own or beside another one."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from app.clock import local_day
from app.domain.errors import Conflict
from app.domain.events import EventKind
from app.domain.facts import Facts
from app.domain.procedure import Element
from app.services import handling
from app.services.context import Actor, App
from app.services.versions import Published
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.tables import Case, CaseHandler, CaseLink, ProcedureRow

#: No 0 and O, no 1 and I (they are misread aloud), and no vowels, so that a number never spells a word.
_NUMBER_ALPHABET: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
_NUMBER_LENGTH: Final = 4
_TRIES: Final = 20


def first(app: App, tx: Transaction, actor: Actor | None, case: Case, *, version: Published, now: datetime) -> Work:
    """The work on a new procedure that a person, or the system, starts on its own."""
    row = _row(tx, case, version, main=version.procedure.main, now=now, parent_id=None)
    return Work(app, tx, now, actor, case, row, version, Facts(), handlers=[])


def beside(parent: Work, version: Published, main: str, start: Element, *, handlers: Iterable[CaseHandler]) -> Work:
    """The work on a new procedure beside another one: it is given its inputs, and these handlers of that one go along."""
    row = _row(parent.tx, parent.case, version, main=main, now=parent.now, parent_id=parent.row.id)
    work = Work(parent.app, parent.tx, parent.now, parent.actor, parent.case, row, version, Facts(), handlers=[])
    work.chosen, work.follow, work.lanes = parent.chosen, parent.follow, parent.lanes
    work.left, work.behalf = parent.left, parent.behalf
    work.facts = _given(parent, version, main)
    work.note(EventKind.PROCEDURE_STARTED, start.id)
    handling.inherit(work, handlers)
    parent.case.closed_at = None
    return work


def own_case(parent: Work, version: Published, start: Element, *, side: str) -> Work:
    """The work on a procedure that begins a case of its own at the same school, linked to this one.

    On the `same` side whoever acts (or for whom he acts) handles it, and it is given its inputs. On the `other` side it is given
    nothing: the facts are those of somebody else, and others handle it.
    """
    old = parent.case
    case = new_case(parent.tx, school_id=old.school_id, board_id=old.board_id, now=parent.now)
    parent.tx.add(CaseLink(case_id=old.id, other_id=case.id, kind=side))
    row = _row(parent.tx, case, version, main=version.procedure.main, now=parent.now, parent_id=None)
    work = Work(parent.app, parent.tx, parent.now, parent.actor, case, row, version, Facts(), handlers=[])
    work.chosen, work.follow, work.behalf = parent.chosen, parent.follow, parent.behalf
    work.note(EventKind.CASE_OPENED, start.id)
    work.note(EventKind.PROCEDURE_STARTED, start.id)
    if side == "same":
        work.facts = _given(parent, version, version.procedure.main)
        if start.lane in parent.lanes and parent.actor is not None:
            handling.add(work, start.lane, parent.behalf or parent.actor.user_id)
            work.lanes = frozenset({start.lane})
    return work


def new_case(tx: Transaction, *, school_id: UUID, board_id: UUID, now: datetime) -> Case:
    """A case with a number that nothing can be read from: gaps in a sequence would betray cases. Raises Conflict."""
    for _ in range(_TRIES):
        drawn = "".join(secrets.choice(_NUMBER_ALPHABET) for _ in range(_NUMBER_LENGTH))
        number = f"{local_day(now).year}-{drawn}"
        if case_queries.case_by_number(tx, number) is None:
            case = Case(id=uuid4(), number=number, school_id=school_id, board_id=board_id, opened_at=now)
            case.event_count, case.event_head = 0, b""
            tx.add(case)
            tx.flush()
            return case
    raise Conflict("Er kon geen zaaknummer worden gemaakt. Probeer het nog eens.")


def _given(parent: Work, version: Published, main: str) -> Facts:
    """The inputs of a process, as far as they are known where it is started."""
    inputs = version.procedure.processes[main].inputs
    return Facts({name: [parent.facts.log[name][-1]] for name in inputs if name in parent.facts.log})


def _row(tx: Transaction, case: Case, version: Published, *, main: str, now: datetime, parent_id: UUID | None) -> ProcedureRow:
    row = ProcedureRow(id=uuid4(), case_id=case.id, version_id=version.id, parent_id=parent_id, main=main, started_at=now)
    row.state = row.facts = row.passed = ""
    row.school_id = case.school_id
    tx.add(row)
    tx.flush()
    return row
