"""Who may see that a procedure is kept without handling it: a role of which the facts say that nobody is involved.

Nobody writes down who was left out of a case, so what is not known to concern nobody of a role stays closed to that role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.domain.expressions import parse
from app.domain.facts import FactValue
from app.domain.procedure import Procedure

#: Properties of the main process: conditions over facts. Two say which role may watch, one which case counts as adviser's work.
WATCH_BOARD: Final = "watchBoard"
WATCH_LEADER: Final = "watchLeader"
ADVISER_WORK: Final = "adviserWork"
CONDITIONS: Final = (WATCH_BOARD, WATCH_LEADER, ADVISER_WORK)

_parsed: Final = lru_cache(maxsize=1024)(parse)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the facts of a procedure allow now: whether board and heads watch its steps, and whether it counts as adviser's
    work, in bands (None: it is no adviser's work).
    """

    board: bool
    leader: bool
    counted: bool | None


def watched(procedure: Procedure, facts: Mapping[str, FactValue]) -> Watched:
    """What the conditions of the main process say of these facts; where nothing is said, nothing is allowed."""
    properties = procedure.processes[procedure.main].properties

    def holds(name: str) -> bool:
        return name in properties and _parsed(properties[name]).evaluate(facts)

    return Watched(holds(WATCH_BOARD), holds(WATCH_LEADER), holds(ADVISER_WORK) if ADVISER_WORK in properties else None)
