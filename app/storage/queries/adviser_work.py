"""Adviser's work at schools, for bands: cases, contacts without a case, follow-up checks. Sums of whole months; never a case.

Only cases count in which, as their facts say, neither the school's heads nor the board may be involved; and for nobody a case of
which he left a lane.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, or_, select, union_all

from app.domain.compliance import midnight
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.watching import left
from app.storage.tables import Contact, ProcedureRow, Task


@dataclass(frozen=True, slots=True)
class AdviserSums:
    """What one school has: cases open at the end, and of the months before it contacts, checks that came up, and checks done."""

    open_cases: int = 0
    contacts: int = 0
    agreed: int = 0
    checked: int = 0


def adviser_work(
    tx: Transaction, user_id: UUID, school_ids: Collection[UUID], months: tuple[date, date]
) -> dict[UUID, AdviserSums]:
    """By school, for this reader. `months`: the first day, and the first day after them. One statement."""
    first, after = months
    begun = select(ProcedureRow.school_id, ProcedureRow.case_id).where(*_may_count(user_id, school_ids))
    begun = begun.where(ProcedureRow.started_at < midnight(after))
    # Two ranges of an index; the union holds each case once.
    running = begun.where(ProcedureRow.ended_at.is_(None)).union(begun.where(ProcedureRow.ended_at >= midnight(after))).subquery()
    opened = select(running.c.school_id, literal("open_cases"), func.count()).group_by(running.c.school_id)
    contacts = select(Contact.school_id, literal("contacts"), func.count()).where(Contact.school_id.in_(school_ids))
    noted = contacts.where(Contact.on >= first, Contact.on < after).group_by(Contact.school_id)
    checks = select(Task.school_id, literal("agreed"), func.count()).where(*_checks(school_ids, months))
    of_case = exists().where(ProcedureRow.case_id == Task.case_id, *_may_count(user_id, school_ids))
    checks = checks.where(of_case).group_by(Task.school_id)
    done = checks.where(Task.outcome == "done").with_only_columns(Task.school_id, literal("checked"), func.count())
    found: dict[UUID, dict[str, int]] = {}
    for school_id, what, number in tx.execute(union_all(opened, noted, checks, done)):
        found.setdefault(school_id, {})[what] = number
    return {school_id: AdviserSums(**found.get(school_id, {})) for school_id in school_ids}


def _may_count(user_id: UUID, school_ids: Collection[UUID]) -> list[ColumnElement[bool]]:
    here = ProcedureRow.school_id.in_(school_ids)
    return [here, ProcedureRow.counted.is_(True), ProcedureRow.case_id.not_in(left(user_id))]


def _checks(school_ids: Collection[UUID], months: tuple[date, date]) -> list[ColumnElement[bool]]:
    """Checks of the adviser that came up in these months, and did not fall away."""
    first, after = (midnight(day) for day in months)
    closed = or_(Task.closed_at.is_(None), Task.closed_at >= first)
    asked = or_(Task.outcome.is_(None), Task.outcome == "done")
    here = [Task.school_id.in_(school_ids), Task.lane == Role.ADVISER.value, closed, asked]
    return [*here, Task.follow_up.is_(True), Task.opened_at >= first, Task.opened_at < after]
