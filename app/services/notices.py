"""What people are told, put into the outbox in the same transaction: case number, neutral title and term, never content."""

from collections.abc import Iterable
from uuid import UUID

from app.domain.events import EventKind
from app.domain.procedure import Element
from app.domain.roles import Role
from app.services.work import Work
from app.storage.queries import work as queries
from app.storage.tables import Outbox, Task


def tell_lanes(work: Work, lanes: Iterable[Role], notice: str, element: Element, *, task: Task | None = None) -> None:
    """Tell the handlers of these lanes. A lane without handlers is told to nobody, and that is recorded."""
    for lane in lanes:
        people = [h.user_id for h in work.handlers if h.lane == lane]
        if people:
            _queue(work, people, notice, element, task)
        else:
            work.note(EventKind.NOTICE_NOBODY, element.id, lane=lane.value)


def _queue(work: Work, people: list[UUID], notice: str, element: Element, task: Task | None) -> None:
    keys = {_key(work, notice, element, task, person): person for person in people if person != work.actor_id}
    for key in queries.already_queued(work.tx, list(keys)) if keys else ():
        del keys[key]
    for key, person in keys.items():
        work.tx.add(
            Outbox(
                dedupe=key,
                user_id=person,
                case_id=work.case.id,
                notice=notice,
                neutral_title=element.neutral_title,
                task_id=task.id if task else None,
                due_at=task.due_at if task else None,
                queued_at=work.now,
                next_try_at=work.now,
                attempts=0,
            )
        )


def _key(work: Work, notice: str, element: Element, task: Task | None, person: UUID) -> str:
    # The same thing is said once. A term that was moved is another thing, so its moment is part of the key.
    if task is None:
        what = f"{work.row.id}:{element.id}:{work.now:%Y%m%d%H%M%S}"
    else:
        what = f"{task.id}:{task.due_at:%Y%m%d%H%M}" if task.due_at else f"{task.id}"
    return f"{notice}:{what}:{person}"
