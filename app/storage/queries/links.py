"""Cases that are linked, and the list of notices."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select, tuple_, union

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Absence, AbsenceCase, Case, CaseHandler, CaseLink, School


def links_of(tx: Transaction, case_ids: Collection[UUID]) -> list[CaseLink]:
    """The links of these cases, in either direction."""
    return list(tx.scalars(select(CaseLink).where(or_(CaseLink.case_id.in_(case_ids), CaseLink.other_id.in_(case_ids)))))


def ever_handled(tx: Transaction, case_ids: Collection[UUID], lanes: Collection[Role]) -> set[UUID]:
    """Who handles one of these lanes in one of these cases, or did so once, himself or as somebody's deputy."""
    named = [lane.value for lane in lanes]
    wanted = select(CaseHandler.user_id).where(CaseHandler.case_id.in_(case_ids), CaseHandler.lane.in_(named))
    lent = select(Absence.deputy_id).join(AbsenceCase, AbsenceCase.absence_id == Absence.id)
    lent = lent.where(AbsenceCase.case_id.in_(case_ids), AbsenceCase.lane.in_(named), Absence.deputy_id.is_not(None))
    return set(tx.scalars(union(wanted, lent)))


def handled(tx: Transaction, case_ids: Collection[UUID], user_id: UUID, now: datetime) -> list[Case]:
    """Those of these cases that a person handles a lane of, as far as he still holds the lane's role there; by number."""
    return list(tx.scalars(_handled(user_id, now).where(Case.id.in_(case_ids)).order_by(Case.number)))


def advised(tx: Transaction, case_ids: Collection[UUID], user_id: UUID, now: datetime) -> list[Case]:
    """Those of these cases that a person handles as adviser, as far as he still holds that role there; by number."""
    return list(tx.scalars(_advised(user_id, now).where(Case.id.in_(case_ids)).order_by(Case.number)))


def listed(tx: Transaction, user_id: UUID, now: datetime) -> list[tuple[Case, str]]:
    """The cases on the list of notices that a person handles as adviser, each with its school's name; the newest first."""
    mine = _advised(user_id, now).where(Case.listed_at.is_not(None))
    wanted = mine.add_columns(School.name).join(School, School.id == Case.school_id)
    return [(case, school) for case, school in tx.execute(wanted.order_by(Case.listed_at.desc(), Case.id))]


def _handled(user_id: UUID, now: datetime) -> Select[Case]:
    wanted = select(Case).join(CaseHandler, CaseHandler.case_id == Case.id)
    mine = wanted.where(CaseHandler.user_id == user_id, CaseHandler.until.is_(None))
    return mine.where(tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(user_id, now))).distinct()


def _advised(user_id: UUID, now: datetime) -> Select[Case]:
    return _handled(user_id, now).where(CaseHandler.lane == Role.ADVISER.value)
