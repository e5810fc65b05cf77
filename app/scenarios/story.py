"""What a scenario is: where it comes from, how it starts, and its steps in order. Who acts is a part of the demo's cast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from app.domain.events import EventKind
from app.domain.period import Period
from app.domain.roles import Role

#: A day, or a moment (aware, a datetime). To wait for a day is to wait until ten o'clock in the morning of it.
When = date
#: Said of a task that has no term.
NO_TERM: Final = "none"


class ScenarioError(Exception):
    """A scenario that cannot be played as it is written; the Dutch text says on which line, and what to do."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a step in its file. Lines and steps count from 1; the start is step 0."""

    line: int
    step: int

    def __str__(self) -> str:
        return f"regel {self.line}, stap {self.step}" if self.step else f"regel {self.line}"


@dataclass(frozen=True, slots=True)
class Start:
    """Who opens the case, where and when, at which start of the procedure."""

    where: Where
    element_id: str
    person: str
    school: str
    at: When


@dataclass(frozen=True, slots=True)
class Complete:
    """A person picks up a task and completes it. Answers are texts as written; required ones that are left out are made up."""

    where: Where
    element_id: str
    person: str
    answers: Mapping[str, str] = field(default_factory=dict)
    tick: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    at: When | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A completion that must be refused, for exactly these fields of its form."""

    where: Where
    attempt: Complete
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartBeside:
    """A person starts an anytime process beside a procedure of the case."""

    where: Where
    process_id: str
    person: str
    at: When | None = None


@dataclass(frozen=True, slots=True)
class Announce:
    """A person delivers a message that a procedure waits for."""

    where: Where
    element_id: str
    person: str
    at: When | None = None


@dataclass(frozen=True, slots=True)
class CorrectStart:
    """A person gives the fact that a step's term counts from another day or moment."""

    where: Where
    element_id: str
    person: str
    fact: str
    day: When
    at: When | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes, until a day or moment, or for a period; what falls due on the way happens when it is due."""

    where: Where
    until: When | Period


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
    """A line of the history since the last step; without an element, of any element."""

    kind: EventKind
    element_id: str | None = None


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


Act = Complete | StartBeside | Announce | CorrectStart
Step = Act | Refused | Wait | Expect


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole story. `source`: the law article or the section of the Handreiking that it tells."""

    title: str
    source: str
    procedure: str
    start: Start
    steps: tuple[Step, ...]
