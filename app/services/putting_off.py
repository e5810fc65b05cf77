"""Putting a task off: it leaves somebody's own list until a day, with a reason that he alone reads. Terms run on.

Nobody else notices: a colleague sees a task of the group as ever, and mail about its term comes in time. So nothing of it is
recorded.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from app.clock import AMSTERDAM, local_day
from app.domain.comfort import LONGEST_REASON, MOST_DAYS
from app.domain.deadlines import last_day_of
from app.domain.errors import AlreadyDone, Forbidden, InvalidAnswers, NotFound
from app.domain.policy import Permission, may
from app.domain.roles import Role
from app.services import own_notes
from app.services.context import Actor, App
from app.storage.database import Transaction
from app.storage.queries import comfort as queries
from app.storage.queries import pages as page_queries
from app.storage.queries import work as work_queries
from app.storage.tables import PutOff, Task

_LATER: Final = "Kies een dag na vandaag."
_SOONER: Final = "Kies een dag binnen een jaar."
_LAST: Final = "De wettelijke termijn eindigt vandaag of is al voorbij. Deze taak kun je niet uitstellen."
_LONG: Final = f"Schrijf hoogstens {LONGEST_REASON} tekens."
_OTHERS: Final = "Een collega is met deze taak bezig. Uitstellen kan alleen wat van jou is, of van niemand."


def put_off(app: App, actor: Actor, task_id: UUID, until: date, reason: str) -> None:
    """Leave a task out of one's own lists until the first moment of a day, never past the last day of a term of law.

    Raises InvalidAnswers (`until`, `reason`), NotFound, Forbidden, AlreadyDone.
    """
    now = app.clock()
    with app.database.write() as tx:
        task = _task(tx, actor, task_id, now)
        if task.assignee_id not in (None, actor.user_id):
            raise Forbidden(_OTHERS)
        _must_stand(until, reason, local_day(now), law_ends=queries.law_ends(tx, task_id))
        text = reason.strip()
        sealed = own_notes.seal(actor, "put_off", task_id, reason=text) if text else None
        back = datetime.combine(until, time(), AMSTERDAM)
        tx.merge(PutOff(task_id=task_id, user_id=actor.user_id, until=back, sealed=sealed))


def take_back(app: App, actor: Actor, task_id: UUID) -> None:
    """See a task again that one had put off. Raises NotFound, Forbidden, AlreadyDone."""
    with app.database.write() as tx:
        _task(tx, actor, task_id, app.clock())
        queries.take_back(tx, task_id, actor.user_id)


def _task(tx: Transaction, actor: Actor, task_id: UUID, now: datetime) -> Task:
    """An open task that this person may do."""
    found = page_queries.task_with_case(tx, task_id)
    if found is None:
        raise NotFound
    task, row, case = found
    lanes = work_queries.lanes_of(tx, actor.user_id, case, procedure_ids=[row.id], now=now).get(row.id, frozenset())
    if not may(lanes, Permission.STEP_READ, Role(task.lane)):
        raise NotFound
    if not may(lanes, Permission.TASK_DO, Role(task.lane)):
        raise Forbidden("Deze taak is voor iemand anders. Je kunt wel zien hoe ver de zaak is.")
    if task.closed_at is not None:
        raise AlreadyDone("Deze taak is al afgerond of vervallen.", None, task.closed_at)
    return task


def _must_stand(until: date, reason: str, today: date, *, law_ends: datetime | None) -> None:
    wrong = {"reason": _LONG} if len(reason.strip()) > LONGEST_REASON else {}
    last = None if law_ends is None else last_day_of(law_ends)
    if last is not None and last <= today:
        wrong["until"] = _LAST
    elif until <= today:
        wrong["until"] = _LATER
    elif last is not None and until > last:
        wrong["until"] = f"De wettelijke termijn eindigt op {last:%d-%m-%Y}. Kies die dag of een dag ervoor."
    elif until > today + timedelta(days=MOST_DAYS):
        wrong["until"] = _SOONER
    if wrong:
        raise InvalidAnswers(wrong)
