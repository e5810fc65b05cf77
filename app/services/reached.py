"""What a step may open in other procedures: those it starts or tells something, and those that they start or tell at once."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.lookahead import Ahead, Known, next_waits, runs_next
from app.domain.procedure import AWAITED, Element, Procedure
from app.domain.roles import Role
from app.services.context import App
from app.services.handling import along
from app.storage.database import Transaction
from app.storage.queries import work as queries

START: Final = "start_procedure"
_TELL: Final = "send_message"


@dataclass(frozen=True, slots=True)
class Reached:
    """Something that may come first elsewhere. `side`: None in this case, else `same` or `other`, in a case of its own.

    `begins_in` is the lane in which a case of its own begins: on the same side it is handled by whoever takes the step. `going`
    are the lanes whose handlers go along.
    """

    ahead: Ahead
    side: str | None
    begins_in: Role | None
    going: frozenset[Role]


@dataclass(frozen=True, slots=True)
class _At:
    """A procedure on the way, with what `Reached` says of it."""

    procedure: Procedure
    side: str | None
    begins_in: Role | None
    going: frozenset[Role]


def reached(
    app: App, tx: Transaction, case_id: UUID, procedure: Procedure, element_id: str, facts: Known | None
) -> Iterator[Reached]:
    """What may come first in procedures that are started or told of something directly behind a step, also one by the other.

    With facts, choices behind the step that they decide are taken. Nothing is told to a procedure that does not run.
    """
    waiting = deque((_At(procedure, None, None, frozenset(Role)), service) for service in runs_next(procedure, element_id, facts))
    seen: set[tuple[str, str, str | None]] = {(procedure.key, element_id, None)}
    running: set[str] | None = None
    while waiting:
        at, service = waiting.popleft()
        if service.topic == _TELL:
            running = _running(app, tx, case_id) if running is None else running
            if service.properties["procedure"] not in running | {key for key, _, _ in seen}:
                continue
        own = service.properties.get("own_case")
        going = at.going & along(service) if service.topic == START else at.going
        for target, event in _targets(app, tx, service):
            new = _At(target, own or at.side, event.lane if own else at.begins_in, going)
            if (target.key, event.id, new.side) not in seen:
                seen.add((target.key, event.id, new.side))
                waiting.extend((new, following) for following in runs_next(target, event.id))
                yield from (Reached(ahead, new.side, new.begins_in, going) for ahead in next_waits(target, event.id))


def _running(app: App, tx: Transaction, case_id: UUID) -> set[str]:
    """The procedures that run in a case."""
    rows = queries.procedures_of(tx, case_id)
    return {app.versions.get(tx, row.version_id).procedure.key for row in rows if row.ended_at is None}


def _targets(app: App, tx: Transaction, service: Element) -> list[tuple[Procedure, Element]]:
    """The procedure that a service task starts or sends something to, with each event at which it goes on there."""
    if service.topic not in (START, _TELL):
        return []
    target = app.versions.current(tx, service.properties["procedure"]).procedure
    if service.topic == START:
        return [(target, target.element(service.properties["start"]))]
    elements = (element for process in target.processes.values() for element in process.elements.values())
    message = service.properties["message"]
    return [(target, element) for element in elements if element.kind in AWAITED and element.message == message]
