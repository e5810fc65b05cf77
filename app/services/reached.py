"""What a step may open in other procedures: those it starts or tells something, and those that they start or tell at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.lookahead import Ahead, next_waits, runs_next
from app.domain.procedure import AWAITED, Element, Procedure
from app.domain.roles import Role
from app.services.context import App
from app.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Reached:
    """Something that may come first elsewhere. `side`: None in this case, else `same` or `other`, in a case of its own.

    `begins_in` is the lane in which a case of its own begins: on the same side it is handled by whoever takes the step.
    """

    ahead: Ahead
    side: str | None
    begins_in: Role | None


def reached(app: App, tx: Transaction, procedure: Procedure, element_id: str) -> Iterator[Reached]:
    """What may come first in procedures that are started or told of something directly behind a step, also one by the other."""
    waiting: list[tuple[Procedure, str, str | None, Role | None]] = [(procedure, element_id, None, None)]
    seen: set[tuple[str, str, str | None]] = {(procedure.key, element_id, None)}
    while waiting:
        there, at, side, begins_in = waiting.pop(0)
        for service in runs_next(there, at):
            for target, event in _targets(app, tx, service):
                own = service.properties.get("own_case")
                new = (target, event.id, own or side, event.lane if own else begins_in)
                if (target.key, event.id, own or side) not in seen:
                    seen.add((target.key, event.id, own or side))
                    waiting.append(new)
                    yield from (Reached(ahead, new[2], new[3]) for ahead in next_waits(target, event.id))


def _targets(app: App, tx: Transaction, service: Element) -> list[tuple[Procedure, Element]]:
    """The procedure that a service task starts or sends something to, with each event at which it goes on there."""
    if service.topic not in ("start_procedure", "send_message"):
        return []
    target = app.versions.current(tx, service.properties["procedure"]).procedure
    if service.topic == "start_procedure":
        return [(target, target.element(service.properties["start"]))]
    elements = (element for process in target.processes.values() for element in process.elements.values())
    message = service.properties["message"]
    return [(target, element) for element in elements if element.kind in AWAITED and element.message == message]
