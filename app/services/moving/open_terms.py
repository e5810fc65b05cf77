"""What becomes of the term of an open step when its procedure moves: it is kept, computed anew, begins, or falls away."""

from app.domain import deadlines
from app.domain.events import EventKind
from app.domain.moving import Change, Changing
from app.domain.procedure import Element
from app.services import term_rows
from app.services.work import Work
from app.storage.queries import moving as queries
from app.storage.tables import Task


def carry(work: Work, task: Task, old: Element, *, recompute: bool) -> Change | None:
    """Bring the term of a step under the rule of the new version. Gives what changes, None when nothing does.

    A rule that stayed is never computed anew: days off that were set since the term began would move it.
    """
    new, row = work.element(task), work.terms.get(task.id)
    if row is None:
        return _begin(work, task) if new.term is not None and new.term != old.term else None
    row.element_id, row.version_id = task.element_id, task.version_id
    if new.term is None:
        return _drop(work, task)
    if new.term == old.term:
        return None
    row.statutory = new.term.statutory
    was = deadlines.last_day_of(row.due_at)
    if recompute and term_rows.recompute(work, task):
        return Change(Changing.TERM_MOVED, new.id, days=(deadlines.last_day_of(row.due_at) - was).days)
    return Change(Changing.TERM_KEPT, new.id)


def _begin(work: Work, task: Task) -> Change | None:
    """A term that the step did not have: it counts from when the step opened, or from its date where that is known."""
    dropped = queries.dropped_term(work.tx, task.id)
    if dropped is not None:
        work.tx.delete(dropped)
        work.tx.flush()
    term_rows.open_term(work, task, since=task.opened_at)
    return Change(Changing.TERM_ADDED, task.element_id) if task.id in work.terms else None


def _drop(work: Work, task: Task) -> Change:
    """A term that the step has no more. One that was missed stays missed."""
    row = work.terms[task.id]
    term_rows.drop(work, task)
    row.settled_at = work.now
    task.due_at = task.warned_at = None
    work.note(EventKind.TERM_DROPPED, task.element_id)
    return Change(Changing.TERM_DROPPED, task.element_id)
