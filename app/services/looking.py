"""How somebody looks at the compliance board: at which schools, as whom, at which procedures; and nothing beyond."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.domain.compliance import Figure, Left, months_until
from app.domain.errors import NotFound
from app.domain.procedure import ElementKind, Procedure
from app.domain.roles import Role
from app.services.context import Actor, App
from app.services.views.figures import Behind, Choices, Counted, Scope
from app.storage.database import Transaction
from app.storage.queries import versions as version_queries
from app.storage.queries.figures import Question
from app.storage.queries.watching import Sight, WatchedSchool, watched_schools


@dataclass(frozen=True, slots=True)
class Look:
    """One look, in one read transaction. `versions`: id, key and number of each, by key, the newest first."""

    app: App
    tx: Transaction
    now: datetime
    scope: Scope
    sight: Sight
    choices: Choices
    versions: tuple[tuple[UUID, str, int], ...]

    def question(self) -> Question:
        """What all numbers of this look are narrowed to."""
        key = self.scope.procedure_key
        ids = None if key is None else tuple(version_id for version_id, of, _ in self.versions if of == key)
        return Question(self.sight, self.now, version_ids=ids)

    @property
    def months(self) -> tuple[date, ...]:
        """The months that are looked back on, the oldest first."""
        return months_until(self.now)

    def procedure(self, version_id: UUID) -> Procedure:
        """The procedure that a version freezes."""
        return self.app.versions.get(self.tx, version_id).procedure

    def newest(self, key: str) -> Procedure:
        """The newest version of a procedure: its names are the ones shown. Raises NotFound."""
        version_id = next((version_id for version_id, of, _ in self.versions if of == key), None)
        if version_id is None:
            raise NotFound
        return self.procedure(version_id)

    def counted(
        self,
        number: int,
        figure: Figure,
        *,
        scope: Scope | None = None,
        month: date | None = None,
        left: Left | None = None,
        law: bool | None = None,
    ) -> Counted:
        """A number with the question for its list; `law` True: of terms of law alone."""
        return Counted(number, Behind(figure, scope or self.scope, month=month, left=left, statutory=law))


def look(app: App, tx: Transaction, actor: Actor, scope: Scope) -> Look:
    """Look at what `scope` asks for. Raises NotFound for whoever may not, and for what is not his to look at."""
    now = app.clock()
    everywhere = watched_schools(tx, actor.user_id, now)
    sight = Sight(actor.user_id, everywhere)
    schools = _narrowed(everywhere, scope)
    if not schools or (scope.role is not None and scope.role not in sight.seen):
        raise NotFound
    lanes = sight.lanes if scope.role is None else frozenset({scope.role})
    versions = tuple(version_queries.numbered(tx))
    found = Look(app, tx, now, scope, replace(sight, schools=schools, lanes=lanes), _choices(sight), versions)
    procedures = tuple(sorted(_procedures(found), key=lambda one: one[1]))
    if scope.procedure_key is not None and scope.procedure_key not in dict(procedures):
        raise NotFound
    return replace(found, choices=replace(found.choices, procedures=procedures))


def _narrowed(schools: Iterable[WatchedSchool], scope: Scope) -> tuple[WatchedSchool, ...]:
    return tuple(
        school for school in schools if scope.board_id in (None, school.board_id) and scope.school_id in (None, school.id)
    )


def _choices(sight: Sight) -> Choices:
    boards = sorted({(school.board, school.board_id) for school in sight.schools}, key=lambda one: (one[0], one[1].hex))
    schools = tuple((school.id, school.name) for school in sight.schools)
    return Choices(tuple((board_id, name) for name, board_id in boards), schools, sight.seen, ())


def _procedures(found: Look) -> Iterable[tuple[str, str]]:
    """The procedures in which a lane that he may see has a step."""
    for key in dict.fromkeys(key for _, key, _ in found.versions):
        procedure = found.newest(key)
        if drawn_lanes(procedure) & set(found.choices.roles):
            yield key, procedure.name


def drawn_lanes(procedure: Procedure) -> frozenset[Role]:
    """The lanes in which a procedure has steps for people."""
    elements = (element for process in procedure.processes.values() for element in process.elements.values())
    return frozenset(e.lane for e in elements if e.kind is ElementKind.USER_TASK and e.lane is not None)
