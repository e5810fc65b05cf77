"""What somebody may count without handling it. One condition for every number and every list, so that they cannot differ.

A procedure counts for a person, at schools where he is of the board or a head,
 (a) when he handles a lane of duties in it, and still holds that lane's role there; or
 (b) when the diagram says, by its facts, that nobody of his role is involved, nobody who could be ticked beside him ever was
     ticked in the case, and he does no adviser's work in it. Whoever was not ticked may have been left out, and nobody writes
     down who was. The first two stand in the rows, for each role (`watch_board`, `watch_leader`); of somebody with several roles
     at a school, the others are asked for as well.
Never in a case of which he left a lane. Only steps of lanes of duties count: adviser's work is told in bands alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, text
from sqlalchemy.orm import aliased

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import DUTY, Board, CaseHandler, Deadline, ProcedureRow, School, Task

#: Lanes of duties. A board sees those of its schools too; a head sees those of his school, and not the board's.
DUTIES: Final = (Role.BOARD, Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER)
_SEEN: Final = {Role.BOARD: DUTIES, Role.SCHOOL_LEADER: DUTIES[1:]}


@dataclass(frozen=True, slots=True)
class WatchedSchool:
    """A school at which a person may count, and the lanes of duties whose roles he holds there."""

    id: UUID
    name: str
    board_id: UUID
    board: str
    held: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, and at which schools. With `lanes`, at steps of these lanes alone."""

    user_id: UUID
    schools: tuple[WatchedSchool, ...]
    lanes: frozenset[Role] = frozenset(DUTIES)

    def at(self, schools: Iterable[WatchedSchool]) -> "Sight":
        """The same person, at some of the schools."""
        return replace(self, schools=tuple(schools))

    @property
    def seen(self) -> tuple[Role, ...]:
        """The lanes whose steps are seen at one of the schools."""
        return tuple(lane for lane in DUTIES if any(lane in _seen(school.held) for school in self.schools) and lane in self.lanes)


def watched_schools(tx: Transaction, user_id: UUID, now: datetime) -> tuple[WatchedSchool, ...]:
    """Where a person is of the board (or stands in for it), or a head, now; by name. One statement."""
    held = lanes_held(user_id, now).subquery()
    wanted = select(held.c.lane, School.id, School.name, Board.id, Board.name).join(School, School.id == held.c.school_id)
    wanted = wanted.join(Board, Board.id == School.board_id).where(held.c.lane.in_([lane.value for lane in DUTIES]))
    found: dict[UUID, WatchedSchool] = {}
    for lane, school_id, name, board_id, board in tx.execute(wanted.order_by(School.name, School.id)):
        known = found.get(school_id) or WatchedSchool(school_id, name, board_id, board, frozenset())
        found[school_id] = replace(known, held=known.held | {Role(lane)})
    return tuple(school for school in found.values() if _seen(school.held))


def counts(sight: Sight, table: type[Task | Deadline]) -> ColumnElement[bool]:
    """That a task, or a term, counts for this person."""
    return or_(*(_counts(sight, table, table.procedure_id, held) for held in _groups(sight)))


def counts_whole(sight: Sight) -> ColumnElement[bool]:
    """That a procedure counts for this person as a whole. One that is adviser's work never does."""
    whole = (_counts(sight, ProcedureRow, ProcedureRow.id, held) for held in _groups(sight))
    return and_(ProcedureRow.counted.is_(None), or_(*whole))


@lru_cache(maxsize=128)  # asked several times in every number of a page, and slower to put together than to answer
def left(user_id: UUID) -> Select[Any]:
    """The cases of which a person left a lane, and does not handle it (any more)."""
    mine, now = CaseHandler, aliased(CaseHandler)
    again = exists().where(now.user_id == user_id, now.until.is_(None), now.case_id == mine.case_id, now.lane == mine.lane)
    return select(mine.case_id).where(mine.user_id == user_id, mine.until.is_not(None), ~again)


def _groups(sight: Sight) -> list[frozenset[Role]]:
    """The combinations of roles that this person holds at a school: mostly one."""
    return list(dict.fromkeys(school.held for school in sight.schools)) or [frozenset()]


def _counts(sight: Sight, table: Any, procedure_id: Any, held: frozenset[Role]) -> ColumnElement[bool]:  # noqa: ANN401 - tables alike
    schools = [school.id for school in sight.schools if school.held == held]
    where = [table.school_id.in_(schools)]
    if table is not ProcedureRow:
        where.append(table.lane.in_([lane.value for lane in DUTIES if lane in _seen(held) and lane in sight.lanes]))
    handled = procedure_id.in_(_handled(sight.user_id, held))
    # What nobody handles is the most of it, so it is asked first.
    return and_(*where, or_(_watches(sight.user_id, table, held), handled), table.case_id.not_in(left(sight.user_id)))


def _handled(user_id: UUID, held: frozenset[Role]) -> Select[Any]:
    mine = select(CaseHandler.procedure_id).where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None))
    return mine.where(CaseHandler.lane.in_(_values(held)))


def _watches(user_id: UUID, table: Any, held: frozenset[Role]) -> ColumnElement[bool]:  # noqa: ANN401 - tables alike
    said = {Role.BOARD: table.watch_board, Role.SCHOOL_LEADER: table.watch_leader}
    allowed = or_(false(), *(column for role, column in said.items() if role in held))
    adviser = select(CaseHandler.case_id).where(CaseHandler.user_id == user_id, CaseHandler.lane.not_in(_values(DUTIES)))
    where = [allowed, table.case_id.not_in(adviser)]
    if len(held) > 1:
        where.append(~exists().where(CaseHandler.case_id == table.case_id, CaseHandler.lane.in_(_values(held)), text(DUTY)))
    return and_(*where)


def _seen(held: frozenset[Role]) -> frozenset[Role]:
    return frozenset(lane for role, lanes in _SEEN.items() if role in held for lane in lanes)


def _values(lanes: Iterable[Role]) -> list[str]:
    return sorted(lane.value for lane in lanes)
