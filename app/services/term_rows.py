"""The terms of open tasks: started, moved, warned of, settled. A term is data; its rule stands in the diagram."""

from collections.abc import Iterable
from datetime import date, datetime

from app.clock import local_day
from app.domain import deadlines
from app.domain.calendar import CalendarConfig
from app.domain.deadlines import DeadlineState, Term
from app.domain.events import EventKind
from app.domain.procedure import Element, TermRule
from app.engine.outcome import Moments, Situation
from app.services import board_terms
from app.services.board_terms import BoardTerms
from app.services.work import Work
from app.storage.tables import Deadline, DeadlineChange, Task


def situation(work: Work) -> Situation:
    """What the engine is told: the facts, the frozen moment, and the terms that run or would start now."""

    def ask(element_id: str) -> Moments | None:
        running = next((row for row in work.terms.values() if row.element_id == element_id), None)
        if running is not None:
            return Moments(running.due_at, None if work.now >= running.due_at else running.warn_at)
        fresh = _fresh(work, work.procedure.element(element_id))
        return None if fresh is None else Moments(fresh.due, fresh.warn_at(work.now))

    return Situation(work.facts.values(), work.now, ask)


def open_term(work: Work, task: Task, *, since: datetime | None = None) -> None:
    """Start the term of a task that opens, or that opened then, when its rule and the start are known."""
    element = work.element(task)
    fresh = _fresh(work, element, since)
    if fresh is None or element.term is None:
        return
    row = Deadline(
        case_id=work.case.id,
        procedure_id=work.row.id,
        task_id=task.id,
        element_id=task.element_id,
        statutory=element.term.statutory,
        starts_at=_moment(fresh.start),
        due_at=fresh.due,
        warn_at=fresh.warn_at(work.now),
        state="running",
        school_id=task.school_id,
        lane=task.lane,
        version_id=task.version_id,
        watch_board=task.watch_board,
        watch_leader=task.watch_leader,
    )
    task.due_at = fresh.due
    work.note(EventKind.TERM_STARTED, task.element_id, last_day=fresh.last_day.isoformat())
    work.tx.add(row)
    work.terms[task.id] = row


def start_or_move(work: Work, facts: Iterable[str]) -> list[str]:
    """After facts changed: start or move the terms that count from them. Gives the elements whose timers must move."""
    changed = set(facts)
    moved = [task for task in work.tasks if _counts_by(work.element(task)) & changed and _move(work, task)]
    return [task.element_id for task in moved]


def extend(work: Work, task: Task, extended_to: date) -> None:
    """Give a running term a new last day; whoever calls checked that it may."""
    row = work.terms[task.id]
    rule = _rule(work.element(task))
    new = deadlines.extend(rule, as_term(rule, row), extended_to)
    _change(work, task, "extended", new)
    row.first_due_at = row.first_due_at or deadlines.due_moment(new.extended_from or extended_to)
    work.note(EventKind.TERM_EXTENDED, task.element_id, last_day=extended_to.isoformat())


def recompute(work: Work, task: Task) -> bool:
    """Compute a running term anew, from its own start, as its rule and the board's settings say now; gives whether it moved."""
    row, element = work.terms[task.id], work.element(task)
    rule = _rule(element)
    known = work.facts.values().get(rule.starts_from or "")
    start = known if isinstance(known, date) else row.starts_at
    rule, calendar = _counting(work, element) or (rule, work.app.calendar)
    new = deadlines.moved(rule, as_term(rule, row), start, calendar)
    if (new.due, new.warn_at(work.now)) == (row.due_at, row.warn_at):
        return False
    _change(work, task, "recomputed", new)
    work.note(EventKind.TERM_RECOMPUTED, task.element_id, last_day=new.last_day.isoformat())
    return True


def settle(work: Work, task: Task) -> None:
    """Record a term as met or missed when its task is done: by the dates entered where the rule names them.

    That it was missed is not told again when time told it already; a term that was met by its dates is met after all.
    """
    row = work.terms.pop(task.id, None)
    if row is None:
        return
    rule = _rule(work.element(task))
    values = work.facts.values()
    met_by = [values.get(name) for name in rule.met_by]
    row.settled_at = max((_moment(value) for value in met_by if isinstance(value, date)), default=work.now)
    if deadlines.outcome(as_term(rule, row), met_by, work.now, work.now) is DeadlineState.MET:
        row.state = "met"
        work.note(EventKind.TERM_MET, task.element_id)
    elif row.state != "missed":
        row.state = "missed"
        work.note(EventKind.TERM_MISSED, task.element_id)


def drop(work: Work, task: Task) -> None:
    """A task that falls away takes its term with it."""
    row = work.terms.pop(task.id, None)
    if row is not None and row.state == "running":
        row.state, row.settled_at = "dropped", work.now


def mark_time(work: Work) -> list[tuple[Task, Deadline, str]]:
    """Mark what time alone did: warned, and missed. Gives what is new: the task, its term, and `term_soon` or `term_missed`.

    The moments recorded are the ones that were due, not the ones at which somebody noticed.
    """
    new: list[tuple[Task, Deadline, str]] = []
    for task in work.tasks:
        row = work.terms.get(task.id)
        if row is None or row.state != "running":
            continue
        if row.warn_at is not None and row.warned_at is None and work.now >= row.warn_at:
            row.warned_at = task.warned_at = row.warn_at
            work.note(EventKind.TERM_WARNED, task.element_id)
            new.append((task, row, "term_soon"))
        if work.now >= row.due_at:
            row.overdue_at, row.state = row.due_at, "missed"
            work.note(EventKind.TERM_MISSED, task.element_id)
            new.append((task, row, "term_missed"))
    return new


def next_moment(work: Work) -> datetime | None:
    """The next moment at which time does something to a term."""
    running = [row for row in work.terms.values() if row.state == "running"]
    warnings = [row.warn_at for row in running if row.warned_at is None and row.warn_at is not None]
    return min([*warnings, *(row.due_at for row in running)], default=None)


def as_term(rule: TermRule, row: Deadline) -> Term:
    """A stored term as the rules know it."""
    extended_from = None if row.first_due_at is None else deadlines.last_day_of(row.first_due_at)
    start = row.starts_at if deadlines.in_hours(rule) else local_day(row.starts_at)
    return Term(start, deadlines.last_day_of(row.due_at), row.due_at, row.warn_at, extended_from)


def _move(work: Work, task: Task) -> bool:
    row = work.terms.get(task.id)
    if row is None:
        open_term(work, task)
        return task.id in work.terms
    rule = _rule(work.element(task))
    start = work.facts.values().get(rule.starts_from or "")
    if not isinstance(start, date):
        return False
    rule, calendar = _counting(work, work.element(task)) or (rule, work.app.calendar)
    new = deadlines.moved(rule, as_term(rule, row), start, calendar)
    if (new.due, _moment(new.start)) == (row.due_at, row.starts_at):
        return False
    _change(work, task, "corrected", new)
    work.note(EventKind.TERM_CORRECTED, task.element_id, last_day=new.last_day.isoformat())
    return True


def _change(work: Work, task: Task, kind: str, new: Term) -> None:
    """Move a term and keep what it was; what is in the future again is neither warned of nor missed any more."""
    row = work.terms[task.id]
    start = _moment(new.start)
    change = DeadlineChange(deadline_id=row.id, at=work.now, by=work.actor_id, kind=kind)
    change.old_start, change.new_start, change.old_due, change.new_due = row.starts_at, start, row.due_at, new.due
    work.tx.add(change)
    row.starts_at, row.due_at, row.warn_at = start, new.due, new.warn_at(work.now)
    task.due_at = new.due
    if work.now < new.due:
        row.state, row.overdue_at, row.escalated_at = "running", None, None
    if new.warn is None or work.now < new.warn:
        row.warned_at = task.warned_at = None


def _fresh(work: Work, element: Element, since: datetime | None = None) -> Term | None:
    rule = element.term
    if rule is None:
        return None
    start = (since or work.now) if rule.starts_from is None else work.facts.values().get(rule.starts_from)
    if not isinstance(start, date):
        return None
    rule, calendar = _counting(work, element) or (rule, work.app.calendar)
    return deadlines.term(rule, start, calendar)


def _counting(work: Work, element: Element) -> tuple[TermRule, CalendarConfig] | None:
    """The target of a step in this case, and which days count for it, as its board set; None for a statutory term."""
    if _rule(element).statutory:
        return None
    board = _board(work)
    rule = board.rule(work.procedure.key, element, work.case.opened_at, work.facts.values())
    return None if rule is None else (rule, board.calendar(work.app, work.now))


def _board(work: Work) -> BoardTerms:
    """What the board of this case set; read once a transition."""
    known = work.follow.boards
    if work.case.school_id not in known:
        known[work.case.school_id] = board_terms.of_school(work.tx, work.case.school_id)
    return known[work.case.school_id]


def _rule(element: Element) -> TermRule:
    if element.term is None:
        raise ValueError(f"{element.id} has no term")
    return element.term


def _counts_by(element: Element) -> set[str | None]:
    """The facts that a term hangs on: where it starts, and whose term it is."""
    return {element.term.starts_from, element.term.committee} if element.term else set()


def _moment(start: date) -> datetime:
    return start if isinstance(start, datetime) else deadlines.start_of(start)
