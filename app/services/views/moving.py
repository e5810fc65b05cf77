"""What pages about moving running procedures show. Never a case, a school, a person of a case, a fact or a day of a term."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.forms import Option
from app.domain.moving import Change, Doing, Outcome, PlanState, Terms
from app.domain.procedure import Element
from app.services.views.studio import Desk


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version to move from or to, and how many procedures run under it."""

    number: int
    published: bool
    running: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list: from which version to which, who made it when (None: on the host), and how far it is."""

    plan_id: UUID
    before: int
    after: int
    made_by: str | None
    made_at: datetime
    doing: Doing
    state: PlanState


@dataclass(frozen=True, slots=True)
class PlansPage:
    """All versions and plans of a procedure."""

    desk: Desk
    versions: tuple[VersionChoice, ...]
    plans: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class MapLine:
    """An element that the new version does not have, and what could take its place."""

    element: Element
    choices: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer that the new version does not have: the name of its choice, its question, and those that could take its place."""

    name: str
    question: str
    answer: str
    choices: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class NewPlanPage:
    """What is asked for a new plan: what cannot be mapped by itself."""

    desk: Desk
    before: int
    after: int
    lines: tuple[MapLine, ...]
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What came of one procedure: its number in the plan, the steps it stood at, and what changes for which step."""

    number: int
    steps: tuple[str, ...]
    outcome: Outcome
    reason: str | None
    changes: tuple[tuple[Change, str], ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan: who, when and why, how far it is, and what came of each procedure."""

    desk: Desk
    line: PlanLine
    why: str
    terms: Terms
    mapped: tuple[tuple[str, str], ...]
    #: The question, an answer of the old version, and the one that takes its place.
    answers: tuple[tuple[str, str, str], ...]
    #: The plan of which this one tries again what stayed, and those that try again what stayed in this one.
    again_of: PlanLine | None
    again: tuple[PlanLine, ...]
    confirmed: tuple[str | None, datetime] | None
    undone: tuple[str | None, datetime] | None
    done_at: datetime | None
    counts: Mapping[Outcome, int]
    #: How many procedures the plan has come by in what it is doing, of how many.
    handled: int
    total: int
    reasons: tuple[tuple[str, int], ...]
    lines: tuple[ItemLine, ...]
    page: int
    more: bool
    #: Whether this person may let it begin, go on or be put back.
    may_decide: bool
