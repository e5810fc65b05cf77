"""Whom to tick for lanes that may open after a step and that nobody handles yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.lookahead import Ahead, Known, next_waits, runs_next
from app.domain.procedure import Element, ElementKind, Procedure
from app.domain.roles import Role
from app.services.context import App
from app.services.handling import along
from app.services.stepping_aside import STEPPED_ASIDE
from app.services.views.task import HandlerChoice
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import people as people_queries
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
        handled = frozenset(lane for lane, _ in self.handlers)
        ways = [(list(next_waits(self.procedure, self.element.id, facts)), handled), *self._started(facts, handled)]
        left = [role for role in self._may_leave(facts) if role in handled and not self._others(role)]
        opening = dict.fromkeys([*(lane for ahead, there in ways for lane in _lanes(ahead) if lane not in there), *left])
        following = [ahead for way, _ in ways for ahead in way]
        return tuple(self._choice(role, following, leaves=role in left) for role in opening)

    def _started(self, facts: Known | None, handled: frozenset[Role]) -> list[tuple[list[Ahead], frozenset[Role]]]:
        """What comes first in each procedure that this step may start beside this one, and the lanes that go along."""
        starts = [e for e in runs_next(self.procedure, self.element.id, facts) if e.topic == "start_procedure"]
        versions = [(self.app.versions.current(self.tx, e.properties["procedure"]).procedure, e) for e in starts]
        return [(list(next_waits(drawn, e.properties["start"])), handled & along(e)) for drawn, e in versions]

    def _choice(self, role: Role, following: list[Ahead], *, leaves: bool) -> HandlerChoice:
        gone = case_queries.left_lane(self.tx, self.case.id, role) | ({self.actor_id} if leaves else set())
        found = people_queries.candidates(self.tx, role, board_id=self.case.board_id, school_id=self.case.school_id, now=self.now)
        people = tuple((user.id, user.name) for user in found if user.id not in gone)
        return HandlerChoice(role, people, certain=not leaves and all(a.element.lane is role for a in following))

    def _may_leave(self, facts: Known | None) -> list[Role]:
        """Lanes that the acting person may turn out to be involved in by this step's answers."""
        marked = [e for e in runs_next(self.procedure, self.element.id, facts) if e.properties.get("mark") == STEPPED_ASIDE]
        return [element.lane for element in marked if element.lane is not None]

    def _others(self, role: Role) -> bool:
        return any(lane is role and user_id != self.actor_id for lane, user_id in self.handlers)


def _lanes(following: list[Ahead]) -> list[Role]:
    """The lanes of the tasks among these."""
    return [a.element.lane for a in following if a.element.kind is ElementKind.USER_TASK and a.element.lane is not None]
