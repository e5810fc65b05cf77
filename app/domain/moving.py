"""Moving running procedures to another version: what a plan may be, what comes of each procedure, and why one stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self


class Doing(StrEnum):
    """What a plan goes through all its procedures for: only to see, to move them, or to put them back."""

    TRY = "try"
    MOVE = "move"
    UNDO = "undo"


class PlanState(StrEnum):
    """Whether it goes on, was stopped, has been through all, or was thrown away."""

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    DROPPED = "dropped"


class Terms(StrEnum):
    """What becomes of terms that run: they keep their moment, or those with another rule are computed anew."""

    KEEP = "keep"
    RECOMPUTE = "recompute"


class Outcome(StrEnum):
    """What came of one procedure: not looked at yet, can move, stays, moved, put back, or not put back because it went on."""

    UNKNOWN = "unknown"
    READY = "ready"
    STAYS = "stays"
    MOVED = "moved"
    UNDONE = "undone"
    CHANGED = "changed"


#: Why a procedure stays where it is, in the words of whoever draws; `name` is what the step is called in the version it runs.
#: Plans of earlier releases say `boundaries_changed`.
REASONS: Final[Mapping[str, str]] = {
    "boundaries_changed": "Aan ‘%(name)s’ hangen in de nieuwe versie andere tijdstippen of berichten.",
    "changed_since": "Na het verhuizen is er iets in gebeurd.",
    "element_elsewhere": "‘%(name)s’ staat in de nieuwe versie in een ander deel van de tekening.",
    "element_gone": "‘%(name)s’ staat niet meer in de nieuwe versie. Kies een stap die ervoor in de plaats komt.",
    "ended": "Deze procedure is intussen afgelopen.",
    "fact_gone": "Een antwoord dat al gegeven is, bestaat niet meer in de nieuwe versie. Kies in een nieuw plan een ander.",
    "failed": "Verhuizen of terugzetten mislukte door een fout. De beheerder vindt hem in het logboek van het systeem.",
    "join_changed": "Bij ‘%(name)s’ komen in de nieuwe versie andere wegen samen, terwijl er al een weg is aangekomen.",
    "kind_changed": "‘%(name)s’ is in de nieuwe versie een ander soort onderdeel.",
    "lane_changed": "‘%(name)s’ is in de nieuwe versie van een andere rol.",
    "message_changed": "‘%(name)s’ wacht in de nieuwe versie op een ander bericht.",
    "other_version": "Deze procedure loopt niet meer volgens de oude versie.",
    "process_gone": "‘%(name)s’ staat niet meer in de nieuwe versie.",
    "set_aside": "Deze procedure kon niet verder en is apart gezet. De beheerder moet dat eerst oplossen.",
    "timer_changed": "‘%(name)s’ wacht in de nieuwe versie op een ander moment.",
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a procedure stays: a code of REASONS, and the element of the version that it runs, where there is one."""

    code: str
    element_id: str = ""
    name: str = ""

    @property
    def text(self) -> str:
        """The reason as a Dutch sentence."""
        return REASONS[self.code] % {"name": self.name or self.element_id}


class CannotMove(Exception):
    """Something that runs has no place in the new version; `obstacle` says what and why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.text)
        self.obstacle = obstacle


class Changing(StrEnum):
    """What moving changes for a step that is open: its term, or the questions of its form."""

    TERM_MOVED = "term_moved"
    TERM_KEPT = "term_kept"
    TERM_ADDED = "term_added"
    TERM_DROPPED = "term_dropped"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Change:
    """One change for an open step, by its id in the new version. Never a date: a last day would tell when something was.

    `days`: by how many days the last day moves. `more` and `fewer`: how many questions are added and fall away.
    """

    kind: Changing
    element_id: str
    days: int = 0
    more: int = 0
    fewer: int = 0

    def plain(self) -> dict[str, str | int]:
        """The change as it is stored."""
        return {"kind": self.kind.value, "element": self.element_id, "days": self.days, "more": self.more, "fewer": self.fewer}

    @classmethod
    def read(cls, plain: Mapping[str, str | int]) -> Self:
        """What `plain` stored."""
        days, more, fewer = (int(plain[name]) for name in ("days", "more", "fewer"))
        return cls(Changing(str(plain["kind"])), str(plain["element"]), days, more, fewer)
