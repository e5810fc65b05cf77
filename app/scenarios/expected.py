"""What a scenario says must be there, and how it names days, moments and its own lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from app.domain.events import EventKind
from app.domain.roles import Role

#: A day, or a moment (aware, a datetime). To wait for a day is to wait until ten o'clock in the morning of it.
When = date
#: Said of a task that has no term.
NO_TERM: Final = "none"
#: Before the person for whom somebody acted, in an event.
NAMENS: Final = " namens "


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a step in its file. Lines and steps count from 1; the start is step 0."""

    line: int
    step: int

    def __str__(self) -> str:
        return f"regel {self.line}, stap {self.step}" if self.step else f"regel {self.line}"


@dataclass(frozen=True, slots=True)
class ExpectedTask:
    """An open task; what is None is not looked at. `due`: its last day, its moment where hours count, or NO_TERM."""

    element_id: str
    role: Role | None = None
    due: When | Literal["none"] | None = None


@dataclass(frozen=True, slots=True)
class ExpectedTerm:
    """The newest term of a step; what is None is not looked at."""

    element_id: str
    state: str | None = None
    last_day: When | None = None


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """A line of the history since the last step; without an element, of any element. `behalf`: for whom somebody acted."""

    kind: EventKind
    element_id: str | None = None
    behalf: str | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """What must be there now. What is None or empty is not looked at.

    `events` happened since the last step, in this order, others between them. `mail`: by notice, exactly who were told since the
    last step. `ended`: ends that were reached in the case. `running`: exactly the processes that run. `absent`: people who
    see nothing of the case.
    """

    where: Where
    open: tuple[ExpectedTask, ...] = ()
    not_open: tuple[str, ...] = ()
    terms: tuple[ExpectedTerm, ...] = ()
    events: tuple[ExpectedEvent, ...] = ()
    mail: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ended: tuple[str, ...] = ()
    running: tuple[str, ...] | None = None
    absent: tuple[str, ...] = ()
