"""What is said before somebody starts an anytime process: a task that was opened by one wrong click would stay."""

from datetime import datetime
from uuid import UUID

from app.domain.deadlines import last_day_of
from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.policy import Permission, may
from app.domain.procedure import Procedure
from app.services.beside import anytime_start, extended_term, why_not
from app.services.context import Actor, App
from app.services.views.case import BeforeBeside
from app.storage.database import Transaction
from app.storage.queries import pages as queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, ProcedureRow


def before_beside(app: App, actor: Actor, procedure_id: UUID, process_id: str) -> BeforeBeside:
    """What an anytime process is for. Raises NotFound, Forbidden, and Conflict where it has no sense now."""
    now = app.clock()
    with app.database.read() as tx:
        row = tx.get(ProcedureRow, procedure_id)
        if row is None:
            raise NotFound
        case = tx.get_one(Case, row.case_id)
        procedure = app.versions.get(tx, row.version_id).procedure
        start = anytime_start(procedure, row.main, process_id)
        lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id], now=now).get(row.id)
        if start is None or not lanes:
            raise NotFound
        if not may(lanes, Permission.PROCEDURE_START, start.lane):
            raise Forbidden
        return _page(tx, now, (row, case), procedure, process_id)


def _page(tx: Transaction, now: datetime, of: tuple[ProcedureRow, Case], procedure: Procedure, process_id: str) -> BeforeBeside:
    row, case = of
    terms = {task.element_id: term for task, term in work_queries.open_tasks_with_terms(tx, row.id) if term is not None}
    refusal = why_not(procedure, process_id, terms, ended=row.ended_at is not None)
    if refusal is not None:
        raise Conflict(refusal)
    extended = terms.get(extended_term(procedure, process_id) or "")
    return BeforeBeside(
        number=case.number,
        school=queries.school_name(tx, case.school_id),
        procedure_id=row.id,
        procedure=procedure.processes[row.main].name,
        label=procedure.processes[process_id].name,
        about=procedure.processes[process_id].documentation,
        over=None if extended is None or now < extended.due_at else last_day_of(extended.due_at),
    )
