"""Who acts for whom: the one place that says when an absence counts. It is asked anew at every request.

It counts on its days and until it is ended; while owner and deputy both hold the lane's role; while the deputy did not leave that
lane of the case himself; and for an adviser only while the case names this deputy as its replacement. That the owner handles the
lane is asked by whoever asks for procedures: an owner who stepped aside has no row there. What a deputy is given counts from the
owner's own rows, so a deputy's deputy is given nothing.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Select, Uuid, and_, bindparam, exists, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.clock import local_day
from app.domain.delegation import DELEGABLE, WITH_CONSENT
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Absence, AbsenceCase, Case, CaseHandler, Replacement, Task, User
from app.storage.types import Moment

_USER, _CASE = bindparam("user_id", type_=Uuid()), bindparam("case_id", type_=Uuid())
_NOW, _DAY = bindparam("now", type_=Moment()), bindparam("day", type_=Date())


class Stand(NamedTuple):
    """In a lane of a case, a deputy acts for its owner: now, or (not `begun`) from a later day on."""

    case_id: UUID
    lane: str
    owner_id: UUID
    deputy_id: UUID
    owner: str
    begun: bool


def counting(*columns: Any, begun: bool = True) -> Select[Any]:  # noqa: ANN401 - columns of any type
    """The lanes that count now, or (not begun) that will unless something changes."""
    place = tuple_(AbsenceCase.lane, Case.school_id)
    of_lane = and_(CaseHandler.case_id == AbsenceCase.case_id, CaseHandler.lane == AbsenceCase.lane)
    left = exists().where(of_lane, CaseHandler.user_id == Absence.deputy_id, CaseHandler.until.is_not(None))
    agreed = exists().where(Replacement.case_id == AbsenceCase.case_id, Replacement.user_id == Absence.deputy_id)
    wanted = select(*columns).select_from(Absence).join(AbsenceCase, AbsenceCase.absence_id == Absence.id)
    wanted = wanted.join(Case, Case.id == AbsenceCase.case_id)
    wanted = wanted.where(Absence.ended_at.is_(None), AbsenceCase.ended_at.is_(None), Absence.last_day >= _DAY)
    if begun:
        wanted = wanted.where(Absence.first_day <= _DAY)
    wanted = wanted.where(AbsenceCase.lane.in_([lane.value for lane in DELEGABLE]), ~left)
    wanted = wanted.where(or_(AbsenceCase.lane.not_in([lane.value for lane in WITH_CONSENT]), agreed))
    held = (place.in_(lanes_held(who, _NOW)) for who in (Absence.owner_id, Absence.deputy_id))
    return wanted.where(*held)


# Asked at every request or transition, so put together once.
_WHO: Final = (AbsenceCase.case_id, AbsenceCase.lane, Absence.owner_id, Absence.deputy_id, User.name, Absence.first_day <= _DAY)
# Where somebody acts for two in one lane, the first by id counts, here as in the inbox.
_BY_OWNER: Final = (AbsenceCase.lane, Absence.owner_id, Absence.deputy_id)
_IN_CASE: Final = (
    counting(*_WHO, begun=False)
    .join(User, User.id == Absence.owner_id)
    .where(AbsenceCase.case_id == _CASE)
    .distinct()
    .order_by(*_BY_OWNER)
)
_OF_PERSON: Final = (
    counting(*_WHO).join(User, User.id == Absence.owner_id).where(Absence.deputy_id == _USER).distinct().order_by(*_BY_OWNER)
)
_HANDLERS: Final = counting(AbsenceCase.case_id, AbsenceCase.lane, Absence.owner_id).where(Absence.deputy_id == _USER)


def stands_in(tx: Transaction, case_id: UUID, *, now: datetime, day: date) -> tuple[Stand, ...]:
    """Who acts for whom in a case on a day, or will later. One statement; nothing that waits is written for it."""
    with tx.no_autoflush:
        return tuple(Stand(*row) for row in tx.execute(_IN_CASE, {"case_id": case_id, "now": now, "day": day}))


def stands_of(tx: Transaction, user_id: UUID, now: datetime) -> tuple[Stand, ...]:
    """For whom, and in which lanes of which cases, a person acts now."""
    asked = {"user_id": user_id, "now": now, "day": local_day(now)}
    return tuple(Stand(*row) for row in tx.execute(_OF_PERSON, asked))


def may_act(user_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Whether anything may be left to this person on `:day` or later: a column of a statement that is asked anyway.

    Where it is false, `stands_of` gives nothing, also when midnight passes before it is asked.
    """
    return exists().where(Absence.deputy_id == user_id, Absence.ended_at.is_(None), Absence.last_day >= _DAY)


def left_in_case() -> ColumnElement[bool]:
    """Whether `stands_in` may give anything for `:case_id` on `:day`: a column of a statement that is asked anyway."""
    here = exists().where(AbsenceCase.case_id == _CASE, AbsenceCase.ended_at.is_(None), AbsenceCase.absence_id == Absence.id)
    return here.where(Absence.ended_at.is_(None), Absence.last_day >= _DAY)


def acts_for_handler() -> ColumnElement[bool]:
    """That the handler of a row of `case_handler` is somebody for whom `:user_id` acts there at `:now`, on `:day`."""
    return tuple_(CaseHandler.case_id, CaseHandler.lane, CaseHandler.user_id).in_(_HANDLERS)


_ACTING: Final[BindParameter[Any]] = bindparam("acting", expanding=True)
_WHOSE: Final[BindParameter[Any]] = bindparam("whose", expanding=True)
_Other: Final = aliased(CaseHandler)


def handled(own: ColumnElement[bool], user_id: ColumnElement[UUID], *, acts: bool) -> ColumnElement[bool]:
    """That a row of `case_handler` is one's own, or (`acts`) one of `:acting`: one for each lane where there is no own row."""
    if not acts:
        return own
    lane = and_(_Other.procedure_id == CaseHandler.procedure_id, _Other.lane == CaseHandler.lane, _Other.until.is_(None))
    lent = tuple_(_Other.case_id, _Other.lane, _Other.user_id).in_(_ACTING)
    before = or_(_Other.user_id == user_id, and_(_Other.user_id < CaseHandler.user_id, lent))
    theirs = tuple_(CaseHandler.case_id, CaseHandler.lane, CaseHandler.user_id).in_(_ACTING)
    # Whose rows come into question stands apart, so that they are found by their index.
    return and_(CaseHandler.user_id.in_(_WHOSE), or_(own, and_(theirs, ~exists().where(lane, before))))


def held_for(user_id: ColumnElement[UUID], *, acts: bool) -> ColumnElement[bool]:
    """That a task is held by this person or, when he acts for others, by one of those in its lane."""
    own = Task.assignee_id == user_id
    return or_(own, tuple_(Task.case_id, Task.lane, Task.assignee_id).in_(_ACTING)) if acts else own


def acting(stands: Collection[Stand]) -> dict[str, list[Any]]:
    """The values of `:acting` and `:whose`; none at all when a person acts for nobody."""
    lanes = [(stand.case_id, stand.lane, stand.owner_id) for stand in stands]
    people = {user_id for stand in stands for user_id in (stand.deputy_id, stand.owner_id)}
    return {"acting": lanes, "whose": sorted(people)} if stands else {}
