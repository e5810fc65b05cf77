"""What may be started beside a procedure at any moment, for whoever handles a lane of it."""

from collections.abc import Collection, Iterable

from app.domain.policy import Permission, may
from app.domain.procedure import Element, ElementKind, Procedure
from app.domain.roles import Role


def anytime_start(procedure: Procedure, main: str, process_id: str) -> Element | None:
    """The start event of an anytime process of this one, with the lane of its task. None when there is no such process."""
    if process_id not in procedure.processes[main].anytime:
        return None
    elements = procedure.processes[process_id].elements.values()
    return next((e for e in elements if e.kind is ElementKind.START), None)


def beside(
    procedure: Procedure, main: str, lanes: Iterable[Role], running_terms: Collection[str], *, ended: bool
) -> tuple[tuple[str, str], ...]:
    """Process and name of what may be started now."""
    handled = frozenset(lanes)
    offered = []
    for process_id in procedure.processes[main].anytime:
        start = anytime_start(procedure, main, process_id)
        allowed = start is not None and may(handled, Permission.PROCEDURE_START, start.lane)
        if allowed and why_not(procedure, process_id, running_terms, ended=ended) is None:
            offered.append((process_id, procedure.processes[process_id].name))
    return tuple(offered)


def why_not(procedure: Procedure, process_id: str, running_terms: Collection[str], *, ended: bool) -> str | None:
    """Why an anytime process has no sense now, whoever asks; None where it has.

    A term may be extended until its step is done, also after its last day: whoever told it in time may note that later.
    """
    if ended and procedure.processes[process_id].only_while_running:
        return "Deze procedure is klaar. Dit kan dus niet meer."
    extended = extended_term(procedure, process_id)
    if extended is not None and extended not in running_terms:
        return "Deze termijn loopt niet. Verlengen kan dus niet."
    return None


def extended_term(procedure: Procedure, process_id: str) -> str | None:
    """The step whose term a process extends; None when it does something else."""
    elements = procedure.processes[process_id].elements.values()
    return next((e.properties.get("term") for e in elements if e.topic == "extend_term"), None)
