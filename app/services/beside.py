"""What may be started beside a procedure at any moment, for whoever handles a lane of it."""

from collections.abc import Iterable

from app.domain.policy import Permission, may
from app.domain.procedure import Element, ElementKind, Procedure
from app.domain.roles import Role


def anytime_start(procedure: Procedure, main: str, process_id: str) -> Element | None:
    """The start event of an anytime process of this one, with the lane of its task. None when there is no such process."""
    if process_id not in procedure.processes[main].anytime:
        return None
    elements = procedure.processes[process_id].elements.values()
    return next((e for e in elements if e.kind is ElementKind.START), None)


def beside(procedure: Procedure, main: str, lanes: Iterable[Role], running_terms: set[str]) -> tuple[tuple[str, str], ...]:
    """Process and name of what may be started now. What extends a term is offered while that term runs."""
    handled = frozenset(lanes)
    offered = []
    for process_id in procedure.processes[main].anytime:
        start = anytime_start(procedure, main, process_id)
        extended = extended_term(procedure, process_id)
        allowed = start is not None and may(handled, Permission.PROCEDURE_START, start.lane)
        if allowed and (extended is None or extended in running_terms):
            offered.append((process_id, procedure.processes[process_id].name))
    return tuple(offered)


def extended_term(procedure: Procedure, process_id: str) -> str | None:
    """The step whose term a process extends; None when it does something else."""
    elements = procedure.processes[process_id].elements.values()
    return next((e.properties.get("term") for e in elements if e.topic == "extend_term"), None)
