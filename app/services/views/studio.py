"""What pages of the studio show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.differing import Differences
from app.domain.procedure import ElementKind, TermRule
from app.domain.roles import Role
from app.services.views.drawing import PhaseKnown


@dataclass(frozen=True, slots=True)
class Desk:
    """The procedure that the studio's tabs are about. `drawing`: it has an open draft; `draws`: this person may change that.

    `published`: the number of the version that new cases start with, where a page asks for it.
    """

    key: str
    name: str
    drawing: bool
    draws: bool
    published: int | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An open draft in the list of procedures; nobody saved in it yet where `saved_by` is empty.

    `missing`: what is to be done before it can be published. `for_you`: whether this person may decide about it, or publish it.
    """

    opened_at: datetime
    saved_at: datetime | None
    saved_by: str | None
    missing: tuple[str, ...] = ()
    for_you: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the list: what is published, if anything, and what is being drawn, if anything."""

    key: str
    name: str
    number: int | None
    published_at: datetime | None
    #: Empty for what was published on the host.
    published_by: str | None
    draft: DraftLine | None
    #: It was published once, and no case begins with it any more.
    out_of_use: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A process of a procedure: its main one, a phase, or one that may be started beside it."""

    process_id: str
    name: str


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """A step of a drawing with what belongs to it. `lane` is the role; `phase` the file of the drawing that runs inside."""

    element_id: str
    name: str
    kind: ElementKind
    lane: Role | None
    form_id: str | None
    #: How many its form asks.
    questions: int
    term: TermRule | None
    source: str
    phase: str | None


@dataclass(frozen=True, slots=True)
class DrawnVersion:
    """A published version: its drawings, the one that is shown, and the steps of that; `questions` are labels by key."""

    desk: Desk
    number: int
    diagrams: tuple[PhaseKnown, ...]
    diagram: PhaseKnown
    steps: tuple[DrawnStep, ...]
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of a procedure, each a version's number or the draft, and what is different from the first to the second.

    `names` are those of elements by id, `questions` the labels of questions by key.
    """

    desk: Desk
    choices: tuple[str, ...]
    before: str
    after: str
    differences: Differences
    old_levels: tuple[Level, ...]
    new_levels: tuple[Level, ...]
    names: Mapping[str, str]
    questions: Mapping[str, str]
