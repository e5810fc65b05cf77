"""What people are told, put into the outbox in the same transaction: case number, neutral title and term, never content."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from app.domain.events import EventKind
from app.domain.procedure import Element
from app.domain.roles import Role
from app.services import acting
from app.services.work import Work
from app.storage.queries import outbox as queries
from app.storage.tables import Outbox, Task

#: What readers of a file are told of a comment, and its neutral title.
COMMENT: Final = "comment_written"
_TO_READ: Final = "Een opmerking om te lezen"


def tell_lanes(work: Work, lanes: Iterable[Role], notice: str, element: Element, *, task: Task | None = None) -> None:
    """Tell the handlers of these lanes, and whoever acts for them. That a lane has no handlers is recorded."""
    for lane in lanes:
        people = acting.reached(work, lane)
        if people:
            _write(work, people, notice, element, task)
        else:
            work.note(EventKind.NOTICE_NOBODY, element.id, lane=lane.value)


def tell_person(work: Work, user_id: UUID, notice: str, element: Element, task: Task | None = None) -> None:
    """Tell one person of a task, and whoever acts for him; or of the case. The same may come again later, and is told again."""
    people = [user_id] if task is None else acting.with_deputies(work, Role(task.lane), [user_id])
    _write(work, people, notice, element, task, again=True)


def tell_readers(work: Work, readers: list[UUID], lane: Role, entry_id: UUID) -> None:
    """Tell these readers of the file of a lane that a comment is new, and whoever acts for them; never what it says."""
    for person in acting.with_deputies(work, lane, readers):
        if person != work.actor_id:
            row = _message(work, f"{COMMENT}:{entry_id}:{person}", person)
            row.notice, row.neutral_title, row.lane = COMMENT, _TO_READ, lane.value
            work.mail.append(row)


def queue(work: Work) -> None:
    """Put what people are told into the outbox, when everything that it refers to is known."""
    if work.mail:
        queries.queue(work.tx, work.mail)
        work.mail.clear()


def _write(work: Work, people: list[UUID], notice: str, element: Element, task: Task | None, *, again: bool = False) -> None:
    for person in people:
        if person != work.actor_id:
            row = _message(work, _key(work, notice, element, None if again else task, person), person)
            row.notice, row.neutral_title = notice, element.neutral_title
            row.task_id, row.due_at = (task.id, task.due_at) if task else (None, None)
            work.mail.append(row)


def _message(work: Work, key: str, person: UUID) -> Outbox:
    row = Outbox(dedupe=key, user_id=person, case_id=work.case.id)
    row.queued_at = row.next_try_at = work.now
    row.state, row.attempts = "waiting", 0
    return row


def _key(work: Work, notice: str, element: Element, task: Task | None, person: UUID) -> str:
    # The same thing is said once. A term that was moved is another thing, so its moment is part of the key.
    if task is None:
        what = f"{work.row.id}:{element.id}:{work.now:%Y%m%d%H%M%S}"
    else:
        what = f"{task.id}:{task.due_at:%Y%m%d%H%M}" if task.due_at else f"{task.id}"
    return f"{notice}:{what}:{person}"
