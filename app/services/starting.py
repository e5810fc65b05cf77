"""Beginning a procedure of a case, on its own or beside another one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from app.domain.events import EventKind
from app.domain.facts import Facts
from app.domain.procedure import Element
from app.services import handling
from app.services.context import Actor, App
from app.services.versions import Published
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.tables import Case, CaseHandler, ProcedureRow


def first(app: App, tx: Transaction, actor: Actor, case: Case, *, version: Published, now: datetime) -> Work:
    """The work on a new procedure that a person starts on its own."""
    row = _row(tx, case, version, main=version.procedure.main, now=now, parent_id=None)
    return Work(app, tx, now, actor, case, row, version, Facts(), handlers=[])


def beside(parent: Work, version: Published, main: str, start: Element, *, handlers: Iterable[CaseHandler]) -> Work:
    """The work on a new procedure beside another one: it is given its inputs, and these handlers of that one go along."""
    row = _row(parent.tx, parent.case, version, main=main, now=parent.now, parent_id=parent.row.id)
    work = Work(parent.app, parent.tx, parent.now, parent.actor, parent.case, row, version, Facts(), handlers=[])
    work.chosen = parent.chosen
    inputs = version.procedure.processes[main].inputs
    work.facts = Facts({name: [parent.facts.log[name][-1]] for name in inputs if name in parent.facts.log})
    work.note(EventKind.PROCEDURE_STARTED, start.id)
    handling.inherit(work, handlers)
    parent.case.closed_at = None
    return work


def _row(tx: Transaction, case: Case, version: Published, *, main: str, now: datetime, parent_id: UUID | None) -> ProcedureRow:
    row = ProcedureRow(id=uuid4(), case_id=case.id, version_id=version.id, parent_id=parent_id, main=main, started_at=now)
    row.state = row.facts = row.passed = ""
    tx.add(row)
    tx.flush()
    return row
