"""Whom to tick for lanes that may open after a step and that nobody handles yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.clock import local_day
from app.domain.lookahead import Ahead, next_waits, runs_next
from app.domain.possible import Known
from app.domain.procedure import Element, ElementKind, Procedure
from app.domain.roles import READERS, FileKind, Role
from app.services import handling
from app.services.context import App
from app.services.reached import Reached, reached
from app.services.replacement import NAME_REPLACEMENT
from app.services.sharing import SHARE
from app.services.stepping_aside import STEPPED_ASIDE
from app.services.views.task import HandlerChoice
from app.storage.database import Transaction
from app.storage.queries import absence_rows
from app.storage.queries import files as file_queries
from app.storage.tables import Case


@dataclass(frozen=True, slots=True)
class Choosing:
    """A step of a case, and who takes it. `handlers`: each handled lane of the procedure with a person."""

    app: App
    tx: Transaction
    now: datetime
    case: Case
    procedure: Procedure
    element: Element
    actor_id: UUID
    handlers: Sequence[tuple[Role, UUID]]

    def choices(self, facts: Known | None) -> tuple[HandlerChoice, ...]:
        """The lanes with those who may be ticked. Without facts every lane that any answer can open."""
        elsewhere = list(reached(self.app, self.tx, self.case.id, self.procedure, self.element.id, facts))
        here = next_waits(self.procedure, self.element.id, facts)
        following = [*here, *(r.ahead for r in elsewhere if r.side is None)]
        handled = frozenset(lane for lane, _ in self.handlers)
        behind = runs_next(self.procedure, self.element.id, facts)
        left = [role for role in _may_leave(behind) if role in handled and not self._others(role)]
        lanes = [*_lanes(here), *_named(behind), *self._shared(behind)]
        beside = [lane for r in elsewhere if r.side is None for lane in _lanes([r.ahead]) if lane not in handled & r.going]
        opening = dict.fromkeys([*(lane for lane in lanes if lane not in handled), *beside, *left])
        choices = [self._choice(role, following, leaves=role in left) for role in opening]
        choices += [self._in_own_case(role, side) for role, side in self._own_cases(elsewhere) if role not in opening]
        return self._with_absent(choices)

    def _with_absent(self, choices: list[HandlerChoice]) -> tuple[HandlerChoice, ...]:
        """Whoever ticks sees who is away: what comes later is left to nobody."""
        people = {user_id for choice in choices for user_id, _ in choice.people}
        away = absence_rows.away(self.tx, people, local_day(self.now)) if people else {}
        return tuple(replace(choice, away=away) for choice in choices)

    def _own_cases(self, elsewhere: list[Reached]) -> Iterable[tuple[Role, str]]:
        """Lanes of cases that this step may open, with the side: each lane but that of the acting person on his own side."""
        mine = {lane for lane, user_id in self.handlers if user_id == self.actor_id}
        own = [(r, r.side) for r in elsewhere if r.side is not None]
        kept = {r.begins_in for r, side in own if side == "same" and r.begins_in in mine}
        return {lane: side for r, side in own for lane in _lanes([r.ahead]) if side == "other" or lane not in kept}.items()

    def _in_own_case(self, role: Role, side: str) -> HandlerChoice:
        found = handling.eligible(self.tx, self.case, role, self.now, side=side)
        return HandlerChoice(role, tuple((user.id, user.name) for user in found), certain=False)

    def _shared(self, behind: Iterable[Element]) -> list[Role]:
        """Whose lane reads a file that something may be shared into, and that is not there yet."""
        shared = [FileKind(e.properties["to"]) for e in behind if e.topic == SHARE]
        there = {file.kind for file in file_queries.files_of(self.tx, self.case.id)} if shared else set()
        return [READERS[kind] for kind in shared if kind not in there]

    def _choice(self, role: Role, following: list[Ahead], *, leaves: bool) -> HandlerChoice:
        found = handling.eligible(self.tx, self.case, role, self.now)
        people = tuple((user.id, user.name) for user in found if not (leaves and user.id == self.actor_id))
        return HandlerChoice(
            role, people, certain=not leaves and all(a.element.lane is role for a in following), one=role in handling.ONE_PERSON
        )

    def _others(self, role: Role) -> bool:
        return any(lane is role and user_id != self.actor_id for lane, user_id in self.handlers)


def _lanes(following: Iterable[Ahead]) -> list[Role]:
    tasks = (ahead.element for ahead in following if ahead.element.kind is ElementKind.USER_TASK)
    return [task.lane for task in tasks if task.lane is not None]


def _named(behind: Iterable[Element]) -> list[Role]:
    """Where somebody is named as replacement in illness: among those who may be asked to take the case over."""
    return [Role.SUCCESSOR for element in behind if element.topic == NAME_REPLACEMENT]


def _may_leave(behind: Iterable[Element]) -> list[Role]:
    """Lanes that the acting person may turn out to be involved in by this step's answers."""
    marked = (element.lane for element in behind if element.properties.get("mark") == STEPPED_ASIDE)
    return [lane for lane in marked if lane is not None and lane is not Role.SUCCESSOR]
