"""What a procedure was before it moved, as far as moving changes it: its state, its open steps and their terms."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from app.domain.deadlines import last_day_of
from app.domain.events import EventKind
from app.services import notices, term_rows, transition
from app.services.work import Work, state_of
from app.storage.tables import Deadline, DeadlineChange, Task

_OF_TASK: Final = ("element_id", "version_id", "follow_up", "due_at", "warned_at")
_OF_TERM: Final = (
    "element_id",
    "version_id",
    "statutory",
    "starts_at",
    "due_at",
    "warn_at",
    "state",
    "settled_at",
    "first_due_at",
)
_MARKS: Final = ("warned_at", "overdue_at", "escalated_at")
_MOMENTS: Final = frozenset({"due_at", "starts_at", "warn_at", "settled_at", "first_due_at", *_MARKS})


def of(work: Work) -> dict[str, Any]:
    """What undoes a move that has not been made yet; plain values."""
    return {
        "state": state_of(work),
        "tasks": {task.id.hex: _plain(task, _OF_TASK) for task in work.tasks},
        "terms": {task_id.hex: [row.id.hex, _plain(row, (*_OF_TERM, *_MARKS))] for task_id, row in work.terms.items()},
    }


def put_back(work: Work, was: dict[str, Any]) -> None:
    """Give the open steps and their terms what they had. Whoever was told that a term moved is told that it moved back."""
    for task in work.tasks:
        _restore(task, was["tasks"][task.id.hex])
        stored = was["terms"].get(task.id.hex)
        if stored is not None:
            _restore_term(work, task, work.tx.get_one(Deadline, UUID(hex=stored[0])), stored[1])
        elif task.id in work.terms:
            term_rows.drop(work, task)
            work.note(EventKind.TERM_DROPPED, task.element_id)


def _restore_term(work: Work, task: Task, row: Deadline, stored: dict[str, Any]) -> None:
    old_start, old_due, dropped = row.starts_at, row.due_at, task.id not in work.terms
    _restore(row, stored)
    work.terms[task.id] = row
    if row.due_at != old_due or row.starts_at != old_start:
        change = DeadlineChange(deadline_id=row.id, at=work.now, by=work.actor_id, kind="recomputed")
        change.old_start, change.new_start, change.old_due, change.new_due = old_start, row.starts_at, old_due, row.due_at
        work.tx.add(change)
    elif not dropped:
        return
    element = work.element(task)
    work.note(EventKind.TERM_RECOMPUTED, task.element_id, last_day=last_day_of(row.due_at).isoformat())
    notices.tell_lanes(work, [transition.lane_of(element)], "term_recomputed", element, task=task)


def _plain(row: Task | Deadline, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: _written(getattr(row, name)) for name in columns}


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def _restore(row: Task | Deadline, stored: dict[str, Any]) -> None:
    for name, value in stored.items():
        setattr(row, name, _read(name, value))


def _read(name: str, value: Any) -> object:  # noqa: ANN401 - what JSON holds
    if value is None or name not in {*_MOMENTS, "version_id"}:
        return value
    return UUID(hex=value) if name == "version_id" else datetime.fromisoformat(value)
