"""The procedures of a case beside each other: where each is, and what it waits for, as far as a person may see."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from app.domain.policy import Permission, may
from app.domain.procedure import STEP_DONE, ElementKind, Procedure
from app.domain.roles import Role
from app.engine.outcome import Waiting
from app.services.context import App
from app.services.shown_terms import due_view
from app.services.views.case import ProcedureCard, WaitsFor
from app.storage.database import Transaction
from app.storage.queries import pages as queries
from app.storage.queries import work as work_queries
from app.storage.tables import Deadline, ProcedureRow, Task

#: What each procedure waits for besides people; where it is not asked, its card tells of tasks alone.
WaitingOf = Mapping[UUID, Waiting]


def cards(
    app: App,
    tx: Transaction,
    rows: Iterable[ProcedureRow],
    lanes: Mapping[UUID, frozenset[Role]],
    *,
    waiting: WaitingOf,
    now: datetime,
) -> tuple[ProcedureCard, ...]:
    """A card for each procedure of which this person handles a lane, in the order of the rows. Two statements for all."""
    shown = [row for row in rows if row.id in lanes]
    tasks = queries.open_tasks_of(tx, [row.id for row in shown])
    seen = {i: [t for t in tasks if t[0].procedure_id == i and _sees(lanes[i], t[0].lane)] for i in lanes}
    names = work_queries.names(tx, {t.assignee_id for found in seen.values() for t, _ in found if t.assignee_id})
    made = []
    for row in shown:
        procedure = app.versions.get(tx, row.version_id).procedure
        waits = [_task(procedure, task, term, names, now) for task, term in seen[row.id]]
        waits += by_itself(procedure, waiting.get(row.id), lanes[row.id])
        made.append(_card(procedure, row, waits))
    return tuple(made)


def _card(procedure: Procedure, row: ProcedureRow, waits: list[WaitsFor]) -> ProcedureCard:
    return ProcedureCard(
        procedure_id=row.id,
        name=procedure.processes[row.main].name,
        ended=procedure.element(row.end_element).name if row.end_element else None,
        ended_at=row.ended_at,
        waits=tuple(waits),
        due=min((wait.due for wait in waits if wait.due is not None), key=lambda due: due.days_left, default=None),
    )


def _task(procedure: Procedure, task: Task, term: Deadline | None, names: Mapping[UUID, str], now: datetime) -> WaitsFor:
    element = procedure.element(task.element_id)
    due = None if term is None else due_view(now, term.due_at, term.warn_at, element.term)
    holder = names.get(task.assignee_id) if task.assignee_id else None
    return WaitsFor("task", element.name, role=Role(task.lane), holder=holder, due=due)


def by_itself(procedure: Procedure, waiting: Waiting | None, own: frozenset[Role]) -> list[WaitsFor]:
    """Dates and messages that are drawn in the way; those that hang on a step or a phase stop nothing."""
    if waiting is None:
        return []
    found = []
    for timer in waiting.timers:
        element = procedure.element(timer.element_id)
        if element.kind is ElementKind.TIMER_CATCH and may(own, Permission.STEP_READ, element.lane):
            found.append(WaitsFor("date", element.name, at=timer.at))
    for element_id in waiting.messages:
        element = procedure.element(element_id)
        if element.kind is ElementKind.MESSAGE_CATCH and may(own, Permission.STEP_READ, element.lane):
            found.append(WaitsFor("beside" if element.message == STEP_DONE else "message", element.name))
    return found


def _sees(own: frozenset[Role], lane: str) -> bool:
    return may(own, Permission.STEP_READ, Role(lane))
