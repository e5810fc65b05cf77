"""Who is who at a board and how to reach them: for everybody with a role there, and as far as they agreed for everybody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.administration import AdminKind
from app.domain.errors import NotFound
from app.domain.reachability import Reach, clock, read_reach, weekdays
from app.domain.roles import Role
from app.services import gaps
from app.services.administration.access import KEEPERS
from app.services.administration.log import About, Deed
from app.services.context import Actor, App, places
from app.services.views.directory import Guide, Listed, Place, ReachPage, WhoIsWho
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.queries import people as people_queries
from app.storage.queries import reachability as reach_queries
from app.storage.tables import Membership, Reachability, School, User

#: Shown with each school, also where held for the whole board; and with the board.
_AT_SCHOOL: Final = (Role.ADVISER, Role.MELDCODE_OFFICER, Role.SCHOOL_LEADER)
_AT_BOARD: Final = (Role.BOARD, Role.SUBSTITUTE, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.PROCESS_OWNER)


@dataclass(frozen=True, slots=True)
class _Board:
    """A board with its people, as one person may look at it."""

    id: UUID
    name: str
    others: tuple[tuple[UUID, str], ...]
    keeps: bool
    actor_id: UUID
    held: list[tuple[Membership, User]]
    reach: dict[UUID, Reachability]
    schools: list[School]

    def at(self, school: School) -> Place:
        """A school with its people."""
        return Place(school.name, self._listed(_AT_SCHOOL, school.id))

    def whole(self) -> Place:
        """The board with those who work for all of it."""
        return Place(self.name, self._listed(_AT_BOARD, None))

    def _listed(self, roles: tuple[Role, ...], school_id: UUID | None) -> tuple[Listed, ...]:
        found: dict[tuple[Role, UUID], User] = {}
        for role in roles:
            for membership, user in self.held:
                if membership.role == role and membership.school_id in (None, school_id) and user.active:
                    found.setdefault((role, user.id), user)
        return tuple(self._one(role, user) for (role, _), user in found.items())

    def _one(self, role: Role, user: User) -> Listed:
        row = self.reach.get(user.id)
        kind = user.adviser_kind if role is Role.ADVISER else None
        may = self.keeps or user.id == self.actor_id
        public = row is not None and row.public_since is not None
        return Listed(user.id, user.name, role, kind, None if row is None else _reach(row), public, may)


def show(app: App, actor: Actor, board_id: UUID | None) -> WhoIsWho:
    """A board (None: the first of whoever looks). Raises NotFound for whoever has no role there."""
    now = app.clock()
    with app.database.read() as tx:
        board = _board(tx, actor, board_id, now)
    missing = gaps.find(board.schools, board.held, demo=app.settings.demo) + gaps.unreachable(board.held, board.reach)
    schools = tuple(board.at(school) for school in board.schools)
    lines = gaps.lines(missing if board.keeps else (), board.name, board.schools, board.held)
    return WhoIsWho(board.id, board.name, board.others, schools, board.whole(), board.keeps, lines)


def guide(app: App, actor: Actor, board_id: UUID) -> Guide:
    """What pupils and parents may know: each school's advisers who agreed to it themselves. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        board = _board(tx, actor, board_id, now)
    schools = (board.at(school) for school in board.schools)
    public = tuple(Place(one.name, tuple(p for p in one.people if p.role is Role.ADVISER and p.public)) for one in schools)
    return Guide(board.id, board.name, local_day(now), public)


def reach(app: App, actor: Actor, board_id: UUID, user_id: UUID) -> ReachPage:
    """How somebody can be reached, for himself and for whoever keeps the directory. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        board, user = _changeable(tx, actor, board_id, user_id, now)
        row = board.reach.get(user_id)
        by = queries.names(tx, [row.changed_by])[row.changed_by] if row is not None else ""
    values = {} if row is None else _as_typed(_reach(row))
    public = row is not None and row.public_since is not None
    day = None if row is None else local_day(row.changed_at)
    return ReachPage(board.id, board.name, user.name, user.id == actor.user_id, public, values, day, by)


def set_reach(app: App, actor: Actor, board_id: UUID, user_id: UUID, raw: Mapping[str, str]) -> None:
    """Say how somebody can be reached. That it may be published he says himself; when another changes it, he is to agree again.

    Raises NotFound, InvalidAnswers.
    """
    now = app.clock()
    with app.database.write() as tx:
        _changeable(tx, actor, board_id, user_id, now)
        new = read_reach(raw)
        row = reach_queries.one(tx, board_id, user_id, locks=True) or Reachability(user_id=user_id, board_id=board_id)
        agrees = user_id == actor.user_id and raw.get("public") == "ja"
        row.public_since = (row.public_since or now) if agrees else None
        row.phone, row.email, row.place, row.page = new.phone or None, new.email or None, new.place or None, new.page or None
        row.weekdays, row.from_minute, row.until_minute = new.bits, new.from_minute, new.until_minute
        row.changed_by, row.changed_at = actor.user_id, now
        tx.add(row)
        Deed(tx, now, board_id, actor.user_id).note(AdminKind.REACHABILITY_CHANGED, About(user_id))


def _board(tx: Transaction, actor: Actor, board_id: UUID | None, now: datetime) -> _Board:
    own = places(people_queries.memberships(tx, actor.user_id, now))
    boards = queries.boards(tx, {place.board_id for place in own})
    found = next((one for one in boards if board_id in (None, one.id)), None)
    if found is None:
        raise NotFound
    return _Board(
        id=found.id,
        name=found.name,
        others=tuple((one.id, one.name) for one in boards if one.id != found.id),
        keeps=any(place.board_id == found.id and place.role in KEEPERS for place in own),
        actor_id=actor.user_id,
        held=queries.holders(tx, found.id, now),
        reach=reach_queries.of_board(tx, found.id),
        schools=queries.schools(tx, found.id),
    )


def _changeable(tx: Transaction, actor: Actor, board_id: UUID, user_id: UUID, now: datetime) -> tuple[_Board, User]:
    board = _board(tx, actor, board_id, now)
    user = next((user for _, user in board.held if user.id == user_id), None)
    if user is None or not (board.keeps or user_id == actor.user_id):
        raise NotFound
    return board, user


def _reach(row: Reachability) -> Reach:
    days = weekdays(row.weekdays)
    return Reach(row.phone or "", row.email or "", days, row.from_minute, row.until_minute, row.place or "", row.page or "")


def _as_typed(known: Reach) -> dict[str, str]:
    hours = {"from": known.from_minute, "until": known.until_minute}
    texts = {"phone": known.phone, "email": known.email, "place": known.place, "page": known.page}
    times = {name: clock(minute) for name, minute in hours.items() if minute is not None}
    return texts | times | {f"day_{day}": "ja" for day in known.weekdays}
