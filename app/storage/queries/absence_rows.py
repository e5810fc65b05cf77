"""Absences as they are kept: whose they are, what is left to whom, and when they are over."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import aliased

from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Absence, AbsenceCase, Case, CaseHandler, ProcedureRow, School, User


class Ticked(NamedTuple):
    """A lane of a case that is left to a deputy."""

    absence_id: UUID
    case_id: UUID
    number: str
    lane: str


class Lane(NamedTuple):
    """A lane of an open case that a person handles, with what it is shown and narrowed by."""

    case: Case
    lane: str
    school: str
    version_id: UUID


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


def running(tx: Transaction, user_id: UUID) -> list[UUID]:
    """The absences of a person, and those in which he is the deputy, that have not ended; the oldest first."""
    wanted = select(Absence.id).where(or_(Absence.owner_id == user_id, Absence.deputy_id == user_id), Absence.ended_at.is_(None))
    return list(tx.scalars(wanted.order_by(Absence.first_day, Absence.id)))


def cases_in(tx: Transaction, absence_id: UUID) -> list[UUID]:
    """The cases of an absence, in the order of locking."""
    wanted = select(AbsenceCase.case_id).where(AbsenceCase.absence_id == absence_id).distinct()
    return sorted(tx.scalars(wanted))


def lock(tx: Transaction, absence_id: UUID) -> Absence | None:
    """Lock an absence, read afresh; its cases are locked before it."""
    wanted = select(Absence).where(Absence.id == absence_id).with_for_update().execution_options(populate_existing=True)
    return tx.scalars(wanted).one_or_none()


def open_lanes(tx: Transaction, user_id: UUID, now: datetime) -> list[Lane]:
    """The lanes of open cases that a person handles and still may handle: a row for each procedure, by case number."""
    wanted = select(Case, CaseHandler.lane, School.name, ProcedureRow.version_id).select_from(CaseHandler)
    wanted = wanted.join(Case, Case.id == CaseHandler.case_id).join(School, School.id == Case.school_id)
    wanted = wanted.join(ProcedureRow, ProcedureRow.id == CaseHandler.procedure_id)
    wanted = wanted.where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None), Case.closed_at.is_(None))
    held = tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(user_id, now))
    return [Lane(*row) for row in tx.execute(wanted.where(held).order_by(Case.number, CaseHandler.lane, ProcedureRow.started_at))]
