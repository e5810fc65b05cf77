"""What a scenario is: where it comes from, how it starts, and its steps in order. Who acts is a part of the demo's cast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.period import Period
from app.domain.roles import Role
from app.scenarios.expected import Expect, When, Where


class ScenarioError(Exception):
    """A scenario that cannot be played as it is written; the Dutch text says on which line, and what to do."""


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
class FromList:
    """A person makes a complaint of the case, which stands on the list of notices; it goes on at this start."""

    where: Where
    element_id: str
    person: str
    at: When | None = None


@dataclass(frozen=True, slots=True)
class AskReplacement:
    """A board member says that an adviser is ill; the replacements in the adviser's cases are asked."""

    where: Where
    ill: str
    person: str
    at: When | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """The owner says that he is away until a last day, and leaves lanes of the case to a deputy.

    Without a deputy that ends: the owner revokes it, or whoever acts for him gives it back.
    """

    where: Where
    owner: str
    person: str
    deputy: str | None = None
    lanes: tuple[Role, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
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


Act = Complete | StartBeside | Announce | FromList | AskReplacement | Absence | CorrectStart


@dataclass(frozen=True, slots=True)
class InCase:
    """A step in a case that was opened out of the first one; the first one is 1, they count in the order of their opening."""

    where: Where
    case: int
    step: "Act | Refused | Expect"


Step = Act | Refused | Wait | Expect | InCase


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole story. `source`: the law article or the section of the Handreiking that it tells."""

    title: str
    source: str
    procedure: str
    start: Start
    steps: tuple[Step, ...]
