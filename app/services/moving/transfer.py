"""Moves one running procedure to another version, in the transaction of its work: state, tasks, terms, history and notices.

What time did comes first, under the version that it runs. The move itself runs nothing: no step is taken and no timer fires, but
for a recomputed term that is over already.
"""

from dataclasses import dataclass
from typing import Any

from app.domain.events import EventKind
from app.domain.moving import CannotMove, Change, Changing, Obstacle
from app.domain.procedure import Element
from app.services import notices, transition
from app.services.moving import answers, before, open_terms
from app.services.moving.road import Road
from app.services.work import Work, save, state_of
from app.storage.tables import Task


@dataclass(frozen=True, slots=True)
class Went:
    """What moving did to the open steps; and what undoes it, None when the procedure went on by moving."""

    changes: tuple[Change, ...]
    before: dict[str, Any] | None


def move(work: Work, road: Road) -> Went:
    """Move the procedure of this work. Raises CannotMove; then whoever called rolls back."""
    _must_run(work, road)
    state = work.app.runner.move(road.pair, state_of(work))
    was, passed, tasks = before.of(work), work.row.passed, {task.id for task in work.tasks}
    was["facts"] = answers.carry(work, road)
    change_version(work, road, state)
    changes = tuple(change for task in work.tasks for change in _carry(work, road, task))
    transition.refresh(work, [one.element_id for one in changes if one.kind is Changing.TERM_MOVED])
    work.tx.flush()
    went_on = work.row.passed != passed or {task.id for task in work.tasks} != tasks
    return Went(changes, None if went_on else was)


def change_version(work: Work, road: Road, state: str) -> None:
    """Write the state of the new version, and say so in the history."""
    work.published, work.row.version_id = road.new, road.new.id
    save(work, state, ())
    work.note(EventKind.PROCEDURE_MOVED, version=road.new.number, before=road.old.id.hex)


def stands_at(work: Work) -> tuple[str, ...]:
    """The elements at which a procedure waits: its open steps, else the days and messages that are drawn in its way."""
    steps = tuple(task.element_id for task in work.tasks)
    if steps or work.row.ended_at is not None:
        return steps
    waiting = work.app.runner.waiting(work.procedure, state_of(work))
    return (*(timer.element_id for timer in waiting.timers), *waiting.messages)


def _must_run(work: Work, road: Road) -> None:
    if work.row.ended_at is not None:
        raise CannotMove(Obstacle("ended"))
    if work.row.version_id != road.old.id:
        raise CannotMove(Obstacle("other_version"))
    if work.row.set_aside_at is not None:
        raise CannotMove(Obstacle("set_aside"))
    if work.row.next_wake_at is not None and work.row.next_wake_at <= work.now:
        transition.refresh(work, [])
        if work.row.ended_at is not None:
            raise CannotMove(Obstacle("ended"))
    answers.must_fit(work, road)


def _carry(work: Work, road: Road, task: Task) -> list[Change]:
    """An open step under its new element, with its term and its form; its handlers are told when that makes a difference."""
    old = road.old.procedure.element(task.element_id)
    task.element_id, task.version_id = road.pair.id(old.id), road.new.id
    new = work.element(task)
    task.follow_up = new.follow_up
    found = [open_terms.carry(work, task, old, recompute=road.recompute), _form(road, old, new)]
    changes = [change for change in found if change is not None]
    kinds = {change.kind for change in changes} - {Changing.TERM_KEPT}
    if kinds:
        notice = "term_recomputed" if Changing.TERM_MOVED in kinds else "procedure_changed"
        notices.tell_lanes(work, [transition.lane_of(new)], notice, new, task=task)
    return changes


def _form(road: Road, old: Element, new: Element) -> Change | None:
    before_form, after_form = road.forms(old, new)
    had = {field.key for field in before_form.fields} if before_form else set()
    has = {field.key for field in after_form.fields} if after_form else set()
    return None if had == has else Change(Changing.FORM, new.id, more=len(has - had), fewer=len(had - has))
