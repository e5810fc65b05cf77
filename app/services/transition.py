"""What follows from a transition: service calls, tasks that open or fall away, the end of a procedure. All in one transaction."""

from uuid import uuid4

from app.domain.events import EventKind
from app.domain.procedure import Element
from app.domain.roles import Role
from app.engine.outcome import Outcome, ReadyTask
from app.services import calls, children, handling, notices, sealed, term_rows
from app.services.work import Work, save, state_of
from app.storage.queries import files as file_queries
from app.storage.queries import work as queries
from app.storage.tables import Task


def apply(work: Work, outcome: Outcome) -> None:
    """Carry out an outcome: run the collected calls, reconcile tasks, write the row; then what follows elsewhere in the case.

    Raises what a call or a lane refuses.
    """
    _carry_out(work, outcome)
    children.settle(work, _refresh, _carry_out)


def refresh(work: Work, elements: list[str]) -> None:
    """Write facts and terms that changed without a step of this procedure, and move the timers of these elements."""
    _refresh(work, elements)
    children.settle(work, _refresh, _carry_out)


def _carry_out(work: Work, outcome: Outcome) -> None:
    """One procedure alone. What it starts or sends goes this way too, so that nothing is told of before all of it is written."""
    tell_what_time_did(work)
    save(work, outcome.state, outcome.passed)
    for call in outcome.calls:
        calls.run(work, call, _refresh, _carry_out)
    _reconcile(work, outcome)
    if outcome.ended is not None:
        _end(work, outcome.ended)
    elif children.listens(work, outcome.messages):
        work.follow.listens = True
    _set_next_wake(work, outcome)
    notices.queue(work)


def _refresh(work: Work, elements: list[str]) -> None:
    runner = work.app.runner
    if not elements:
        _carry_out(work, runner.wake(work.procedure, state_of(work), term_rows.situation(work)))
    for element_id in elements:
        _carry_out(work, runner.move_timers(work.procedure, state_of(work), element_id, situation=term_rows.situation(work)))


def tell_what_time_did(work: Work) -> None:
    """Targets have no drawn timers: their handlers, and the lane they escalate to, are told from their properties.

    A statutory term is told of by the service tasks behind its drawn timers.
    """
    for task, row, notice in term_rows.mark_time(work):
        element = work.element(task)
        if not row.statutory:
            notices.tell_lanes(work, [lane_of(element)], notice, element, task=task)
        if notice == "term_missed" and element.term is not None and element.term.escalate is not None:
            row.escalated_at = row.due_at
            work.note(EventKind.TERM_ESCALATED, element.id, lane=element.term.escalate.value)
            if not row.statutory:
                notices.tell_lanes(work, [element.term.escalate], "term_escalated", element, task=task)


def move_started_terms(work: Work, changed: list[str]) -> None:
    """After facts changed: move or start the terms that count from them, with their timers."""
    moved = term_rows.start_or_move(work, changed)
    if moved:
        refresh(work, moved)


def close(work: Work, task: Task, outcome: str) -> None:
    """Close a task as done or cancelled, with its term and its drafts."""
    if outcome == "done":
        term_rows.settle(work, task)
    else:
        term_rows.drop(work, task)
    task.closed_at, task.outcome = work.now, outcome
    task.closed_by = work.actor_id if outcome == "done" else None
    work.tasks.remove(task)
    if task.id in work.drafted:
        file_queries.drop_drafts(work.tx, task.id)


def _reconcile(work: Work, outcome: Outcome) -> None:
    ready = {task.task_id: task for task in outcome.ready}
    for task in [t for t in work.tasks if t.engine_id not in ready]:
        work.note(EventKind.TASK_CANCELLED, task.element_id)
        close(work, task, "cancelled")
    known = {task.engine_id for task in work.tasks}
    for new in (task for task_id, task in ready.items() if task_id not in known):
        _open(work, new)


def _open(work: Work, ready: ReadyTask) -> None:
    element = work.procedure.element(ready.element_id)
    role = lane_of(element)
    if handling.ensure(work, role):
        sealed.keep_readable(work, role)
    task = Task(
        id=uuid4(),
        case_id=work.case.id,
        procedure_id=work.row.id,
        engine_id=ready.task_id,
        element_id=element.id,
        lane=role.value,
        school_id=work.case.school_id,
        opened_at=work.now,
        follow_up=element.follow_up,
        version_id=work.row.version_id,
        watch_board=work.row.watch_board,
        watch_leader=work.row.watch_leader,
    )
    _give_to_only_handler(work, task)
    work.tx.add(task)
    work.tasks.append(task)
    work.follow.opened.append((work, task))
    work.note(EventKind.TASK_OPENED, element.id)
    term_rows.open_term(work, task)
    notices.tell_lanes(work, [role], "task_opened", element, task=task)


def lane_of(element: Element) -> Role:
    """The role that a user task gives its task to; the catalogue refuses one without."""
    if element.lane is None:
        raise ValueError(f"{element.id} has no lane")
    return element.lane


def _give_to_only_handler(work: Work, task: Task) -> None:
    """Where one person handles the lane there is nobody else to leave the task to."""
    people = [h.user_id for h in work.handlers if h.lane == task.lane]
    if len(people) == 1:
        task.assignee_id, task.claimed_at = people[0], work.now


def _end(work: Work, end_element: str) -> None:
    work.row.ended_at, work.row.end_element = work.now, end_element
    work.note(EventKind.PROCEDURE_ENDED, end_element)
    children.ended(work)
    if all(row.ended_at is not None for row in queries.procedures_of(work.tx, work.case.id)):
        work.case.closed_at = work.now
        work.note(EventKind.CASE_CLOSED)


def _set_next_wake(work: Work, outcome: Outcome) -> None:
    moments = (outcome.next_wake_at, term_rows.next_moment(work))
    work.row.next_wake_at = None if outcome.ended else min((m for m in moments if m is not None), default=None)
    # Whoever could take a step shows that the procedure goes on: its timers run again.
    work.row.set_aside_at = None
