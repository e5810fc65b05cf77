"""What happens after a step, for whoever takes it: one line per outcome, with the answers that lead there."""

from collections.abc import Iterable

from app.domain.alternatives import Way, simplified
from app.domain.facts import Facts
from app.domain.lookahead import Ahead, ways_on
from app.domain.policy import Permission, may
from app.domain.procedure import CATCHES, ENDS, Element, Procedure
from app.domain.roles import Role
from app.services.known import hidden, readable
from app.services.views.task import NextStep

#: A step, who does it, and whether it is waited for.
_Outcome = tuple[str | None, Role | None, bool]


def next_steps(procedure: Procedure, element_id: str, lanes: frozenset[Role], facts: Facts) -> tuple[NextStep, ...]:
    """One per outcome. What others do with their own answers is not told; only that it goes on with them."""
    ways: dict[_Outcome, list[Way]] = {}
    gates: dict[str, Element] = {}
    for ahead in ways_on(procedure, element_id, readable(facts, lanes), hidden(facts, lanes)):
        outcome = _outcome(ahead, lanes)
        if outcome is not None:
            told = [(gate, label) for gate, label in ahead.choices if may(lanes, Permission.STEP_READ, gate.lane)]
            gates.update((gate.id, gate) for gate, _ in told)
            ways.setdefault(outcome, []).append(tuple((gate.id, label) for gate, label in told))
    answers = {gate.id: _labels(procedure, gate) for gate in gates.values()}
    return tuple(NextStep(_told(simplified(found, answers), gates), *outcome) for outcome, found in ways.items())


def _outcome(ahead: Ahead, lanes: frozenset[Role]) -> _Outcome | None:
    seen = may(lanes, Permission.STEP_READ, ahead.element.lane)
    role = None if ahead.element.kind in ENDS else ahead.element.lane
    waits = seen and ahead.element.kind in CATCHES
    if not seen and role is None:
        return None
    return ahead.element.name if seen else None, None if waits else role, waits


def _labels(procedure: Procedure, gate: Element) -> frozenset[str]:
    flows = procedure.processes[gate.process_id].flows
    return frozenset(flows[flow].name for flow in gate.outgoing)


def _told(ways: Iterable[Way], gates: dict[str, Element]) -> tuple[str, ...]:
    """Each way in the words of the drawing; none where one of them asks nothing."""
    told = dict.fromkeys(", ".join(f"{gates[gate].name} {label}" for gate, label in way) for way in ways)
    return () if "" in told else tuple(told)
