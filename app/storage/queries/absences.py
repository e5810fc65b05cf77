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
from sqlalchemy.orm import aliased

from app.clock import local_day
from app.domain.delegation import DELEGABLE, WITH_CONSENT
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Absence, AbsenceCase, Case, CaseHandler, Replacement, Task, User
from app.storage.types import Moment

_USER, _CASE = bindparam("user_id", type_=Uuid()), bindparam("case_id", type_=Uuid())
_NOW, _DAY = bindparam("now", type_=Moment()), bindparam("day", type_=Date())


class Stand(NamedTuple):
    """In a lane of a case, a deputy acts for its owner."""

    case_id: UUID
    lane: str
    owner_id: UUID
    deputy_id: UUID
    owner: str


class Ticked(NamedTuple):
    """A lane of a case that is left to a deputy."""

    absence_id: UUID
    case_id: UUID
    number: str
    lane: str


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
_STANDS: Final = (
    counting(AbsenceCase.case_id, AbsenceCase.lane, Absence.owner_id, Absence.deputy_id, User.name)
    .join(User, User.id == Absence.owner_id)
    .distinct()
)
_IN_CASE: Final = _STANDS.where(AbsenceCase.case_id == _CASE).order_by(AbsenceCase.lane, User.name, Absence.owner_id)
_OF_PERSON: Final = _STANDS.where(Absence.deputy_id == _USER)
_HANDLERS: Final = counting(AbsenceCase.case_id, AbsenceCase.lane, Absence.owner_id).where(Absence.deputy_id == _USER)


def stands_in(tx: Transaction, case_id: UUID, *, now: datetime, day: date) -> tuple[Stand, ...]:
    """Who acts for whom in a case on a day. One statement; nothing that waits is written for it."""
    with tx.no_autoflush:
        return tuple(Stand(*row) for row in tx.execute(_IN_CASE, {"case_id": case_id, "now": now, "day": day}))


def stands_of(tx: Transaction, user_id: UUID, now: datetime) -> tuple[Stand, ...]:
    """For whom, and in which lanes of which cases, a person acts now."""
    asked = {"user_id": user_id, "now": now, "day": local_day(now)}
    return tuple(Stand(*row) for row in tx.execute(_OF_PERSON, asked))


def acts_for_handler() -> ColumnElement[bool]:
    """That the handler of a row of `case_handler` is somebody for whom `:user_id` acts there at `:now`, on `:day`."""
    return tuple_(CaseHandler.case_id, CaseHandler.lane, CaseHandler.user_id).in_(_HANDLERS)


_ACTING: Final[BindParameter[Any]] = bindparam("acting", expanding=True)
_Other: Final = aliased(CaseHandler)


def lent_rows(user_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """That a row of `case_handler` is one of `:acting` (case, lane, owner): one for each lane where the person has no own row."""
    lane = and_(_Other.procedure_id == CaseHandler.procedure_id, _Other.lane == CaseHandler.lane, _Other.until.is_(None))
    lent = tuple_(_Other.case_id, _Other.lane, _Other.user_id).in_(_ACTING)
    before = or_(_Other.user_id == user_id, and_(_Other.user_id < CaseHandler.user_id, lent))
    mine = tuple_(CaseHandler.case_id, CaseHandler.lane, CaseHandler.user_id).in_(_ACTING)
    return and_(mine, ~exists().where(lane, before))


def held_for(user_id: ColumnElement[UUID], *, acts: bool) -> ColumnElement[bool]:
    """That a task is held by this person or, when he acts for others, by one of those in its lane."""
    own = Task.assignee_id == user_id
    return or_(own, tuple_(Task.case_id, Task.lane, Task.assignee_id).in_(_ACTING)) if acts else own


def acting(stands: Collection[Stand]) -> dict[str, list[tuple[UUID, str, UUID]]]:
    """The value of `:acting`; none at all when a person acts for nobody."""
    return {"acting": [(stand.case_id, stand.lane, stand.owner_id) for stand in stands]} if stands else {}


def away(tx: Transaction, user_ids: Collection[UUID], day: date) -> dict[UUID, date]:
    """Which of these people are away on a day, and until when."""
    wanted = select(Absence.owner_id, Absence.last_day).where(Absence.owner_id.in_(user_ids), Absence.ended_at.is_(None))
    found: dict[UUID, date] = {}
    for user_id, last_day in tx.execute(wanted.where(Absence.first_day <= day, Absence.last_day >= day)):
        found[user_id] = max(last_day, found.get(user_id, last_day))
    return found


def of_person(tx: Transaction, user_id: UUID, day: date) -> list[tuple[Absence, str, str | None]]:
    """The absences of a person, and those in which he is the deputy, that are not over; with the names of both."""
    owner, deputy = aliased(User), aliased(User)
    wanted = select(Absence, owner.name, deputy.name).join(owner, owner.id == Absence.owner_id)
    wanted = wanted.outerjoin(deputy, deputy.id == Absence.deputy_id)
    wanted = wanted.where(or_(Absence.owner_id == user_id, Absence.deputy_id == user_id), Absence.ended_at.is_(None))
    wanted = wanted.where(Absence.last_day >= day).order_by(Absence.first_day, Absence.last_day, Absence.id)
    return [(absence, mine, other) for absence, mine, other in tx.execute(wanted)]


def ticked(tx: Transaction, absence_ids: Collection[UUID]) -> list[Ticked]:
    """The lanes that are left to a deputy in these absences, by case number."""
    wanted = select(AbsenceCase.absence_id, Case.id, Case.number, AbsenceCase.lane).join(Case, Case.id == AbsenceCase.case_id)
    here = wanted.where(AbsenceCase.absence_id.in_(absence_ids), AbsenceCase.ended_at.is_(None))
    return [Ticked(*row) for row in tx.execute(here.order_by(Case.number, AbsenceCase.lane))]


def left_already(tx: Transaction, owner_id: UUID, first_day: date, last_day: date) -> dict[tuple[UUID, str], str]:
    """The lanes of cases that a person has left to a deputy for some of these days, each with the deputy's name."""
    wanted = select(AbsenceCase.case_id, AbsenceCase.lane, User.name).join(Absence, Absence.id == AbsenceCase.absence_id)
    wanted = wanted.join(User, User.id == Absence.deputy_id).where(Absence.owner_id == owner_id, Absence.ended_at.is_(None))
    wanted = wanted.where(AbsenceCase.ended_at.is_(None), Absence.first_day <= last_day, Absence.last_day >= first_day)
    return {(case_id, lane): name for case_id, lane, name in tx.execute(wanted)}


def over(tx: Transaction, day: date) -> list[UUID]:
    """The absences whose last day is before this one and whose keys are still there, the oldest first."""
    wanted = select(Absence.id).where(Absence.ended_at.is_(None), Absence.last_day < day)
    return list(tx.scalars(wanted.order_by(Absence.last_day, Absence.id)))


def cases_in(tx: Transaction, absence_id: UUID) -> list[UUID]:
    """The cases of an absence, in the order of locking."""
    wanted = select(AbsenceCase.case_id).where(AbsenceCase.absence_id == absence_id).distinct()
    return sorted(tx.scalars(wanted))


def lock(tx: Transaction, absence_id: UUID) -> Absence | None:
    """Lock an absence, read afresh; its cases are locked before it."""
    wanted = select(Absence).where(Absence.id == absence_id).with_for_update().execution_options(populate_existing=True)
    return tx.scalars(wanted).one_or_none()
