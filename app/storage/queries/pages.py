"""What pages read: a task with its case, names, readers, terms with their changes, the history."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, exists, func, select, union

from app.domain.roles import FileKind
from app.storage.database import Transaction
from app.storage.queries.people import still_handles
from app.storage.tables import (
    Absence,
    AbsenceKey,
    Case,
    CaseHandler,
    Deadline,
    DeadlineChange,
    Draft,
    Event,
    File,
    FileKey,
    NewComment,
    Outbox,
    ProcedureRow,
    School,
    Task,
    TaskSeen,
    User,
)


def task_with_case(tx: Transaction, task_id: UUID) -> tuple[Task, ProcedureRow, Case] | None:
    """A task, its procedure and its case."""
    joined = select(Task, ProcedureRow, Case).join(ProcedureRow, ProcedureRow.id == Task.procedure_id)
    row = tx.execute(joined.join(Case, Case.id == Task.case_id).where(Task.id == task_id)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def school_name(tx: Transaction, school_id: UUID) -> str:
    """The name of a school."""
    return tx.scalars(select(School.name).where(School.id == school_id)).one()


def open_tasks_of(tx: Transaction, procedure_ids: list[UUID]) -> list[tuple[Task, Deadline | None]]:
    """The open tasks of these procedures, the oldest first, each with its term when it has one."""
    wanted = select(Task, Deadline).outerjoin(Deadline, and_(Deadline.task_id == Task.id, Deadline.settled_at.is_(None)))
    still_open = wanted.where(Task.procedure_id.in_(procedure_ids), Task.closed_at.is_(None))
    return [(task, term) for task, term in tx.execute(still_open.order_by(Task.opened_at, Task.id))]


def lanes_with_steps(tx: Transaction, procedure_ids: list[UUID]) -> list[tuple[UUID, str, bool]]:
    """The lanes in which these procedures have steps, and whether one of them is open. One statement."""
    waiting = Task.closed_at.is_(None)
    wanted = select(Task.procedure_id, Task.lane, waiting).where(Task.procedure_id.in_(procedure_ids)).distinct()
    return [(procedure_id, lane, bool(is_open)) for procedure_id, lane, is_open in tx.execute(wanted)]


def handler_names(tx: Transaction, case: Case, procedure_id: UUID, now: datetime) -> list[tuple[str, UUID, str]]:
    """Lane, id and name of everybody who handles a procedure of a case now, and still holds the role of his lane."""
    wanted = select(CaseHandler.lane, User.id, User.name).join(User, User.id == CaseHandler.user_id)
    handles = and_(CaseHandler.procedure_id == procedure_id, CaseHandler.until.is_(None))
    where = and_(handles, still_handles(case.school_id, now))
    return list(tx.execute(wanted.where(where).order_by(CaseHandler.lane, User.name)))


def reader_names(tx: Transaction, case_id: UUID) -> dict[str, tuple[str, ...]]:
    """By kind of file of a case: the names of those who hold a key of its present epoch, also of those for whom one is locked."""
    held = and_(FileKey.file_id == File.id, FileKey.epoch == File.epoch)
    own = select(File.kind, User.name).join(FileKey, held).join(User, User.id == FileKey.user_id).where(File.case_id == case_id)
    locked = and_(AbsenceKey.file_id == File.id, AbsenceKey.epoch == File.epoch)
    lent = select(File.kind, User.name).join(AbsenceKey, locked).join(Absence, Absence.id == AbsenceKey.absence_id)
    lent = lent.join(User, User.id == Absence.deputy_id).where(File.case_id == case_id, Absence.ended_at.is_(None))
    found: dict[str, tuple[str, ...]] = {}
    for kind, name in sorted((kind, name) for kind, name in tx.execute(union(own, lent))):
        found[kind] = (*found.get(kind, ()), name)
    return found


class OwnOfTask(NamedTuple):
    """What is a person's own of a task: what he typed and did not send, and whether it is open and he has not opened it yet.

    `comments`: how many of its case are new to him; `told`: whether he was told of the task and did not see that yet.
    """

    draft: Draft | None
    unread: bool
    comments: int
    told: bool


def own_of_task(tx: Transaction, task_id: UUID, user_id: UUID, files: Collection[FileKind]) -> OwnOfTask:
    """What is a person's own of a task, with comments in these files. One statement."""
    drafted = and_(Draft.task_id == Task.id, Draft.user_id == user_id)
    seen = and_(TaskSeen.task_id == Task.id, TaskSeen.user_id == user_id)
    new = select(func.count()).select_from(NewComment).join(File, File.id == NewComment.file_id)
    new = new.where(NewComment.user_id == user_id, File.case_id == Task.case_id, File.kind.in_(files))
    unseen = (Outbox.user_id == user_id, Outbox.case_id.is_not(None), Outbox.seen_at.is_(None), Outbox.task_id == Task.id)
    told = exists().where(*unseen).correlate(Task)
    own = select(Draft, and_(TaskSeen.task_id.is_(None), Task.closed_at.is_(None)), new.correlate(Task).scalar_subquery(), told)
    wanted = own.select_from(Task).outerjoin(Draft, drafted).outerjoin(TaskSeen, seen)
    return OwnOfTask(*tx.execute(wanted.where(Task.id == task_id)).one())


def term_of_task(tx: Transaction, task_id: UUID) -> tuple[Deadline, list[DeadlineChange]] | None:
    """The term of a task with all its changes."""
    row = tx.scalars(select(Deadline).where(Deadline.task_id == task_id)).one_or_none()
    return None if row is None else (row, changes_of(tx, [row.id]))


def terms_of(tx: Transaction, procedure_id: UUID) -> list[Deadline]:
    """All terms of a procedure, the newest first."""
    wanted = select(Deadline).where(Deadline.procedure_id == procedure_id)
    return list(tx.scalars(wanted.order_by(Deadline.starts_at.desc(), Deadline.id)))


def changes_of(tx: Transaction, deadline_ids: list[UUID]) -> list[DeadlineChange]:
    """How these terms moved, in order."""
    wanted = select(DeadlineChange).where(DeadlineChange.deadline_id.in_(deadline_ids))
    return list(tx.scalars(wanted.order_by(DeadlineChange.at, DeadlineChange.id)))


def tasks_of(tx: Transaction, procedure_id: UUID) -> list[Task]:
    """All tasks of a procedure, open and closed, the oldest first."""
    wanted = select(Task).where(Task.procedure_id == procedure_id)
    return list(tx.scalars(wanted.order_by(Task.opened_at, Task.id)))


def history_of(tx: Transaction, case_id: UUID) -> list[tuple[Event, str | None]]:
    """The history of a case with the names of who acted, the newest first."""
    wanted = select(Event, User.name).outerjoin(User, User.id == Event.actor_id).where(Event.case_id == case_id)
    return [(event, name) for event, name in tx.execute(wanted.order_by(Event.seq.desc()))]
