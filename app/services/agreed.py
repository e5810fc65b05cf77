"""Days that were agreed: the dates for which a procedure waits by itself, before somebody gets a task."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.policy import Permission, may
from app.domain.procedure import Element, ElementKind
from app.domain.roles import Role
from app.services.at_rest import open_state
from app.services.context import App
from app.storage.database import Transaction
from app.storage.queries import today as queries
from app.storage.tables import ProcedureRow

#: States that are opened to find agreed days; a procedure whose next moment is later than that of so many others waits.
_MOST_STATES: Final = 30


@dataclass(frozen=True, slots=True)
class AgreedDay:
    """What is waited for, in which procedure of which case, and until when (aware UTC)."""

    case_number: str
    row: ProcedureRow
    procedure: str
    element: Element
    at: datetime


def days(app: App, tx: Transaction, user_id: UUID, role: Role, now: datetime) -> Iterator[AgreedDay]:
    """The agreed days of procedures of which a person handles this lane."""
    for row, number in queries.waking(tx, user_id, role, now=now, limit=_MOST_STATES):
        procedure = app.versions.get(tx, row.version_id).procedure
        for timer in app.runner.waiting(procedure, open_state(app.server_keys, row.id, row.state)).timers:
            element = procedure.element(timer.element_id)
            own = element.kind is ElementKind.TIMER_CATCH and may([role], Permission.TASK_DO, element.lane)
            if own and timer.at is not None:
                yield AgreedDay(number, row, procedure.processes[row.main].name, element, timer.at)
