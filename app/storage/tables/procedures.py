"""Published versions, running procedures, human tasks and terms. Facts, states and history of elements are ciphertexts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.storage.tables.base import WithId
from app.storage.tables.cases import DUTY

_WAKES = "next_wake_at is not null and set_aside_at is null"
_WATCHED = ("watch_board", "watch_leader", "counted", "case_id")
_COPIED = ("watch_board", "watch_leader", "case_id", "procedure_id")
_STEP = ("outcome", "follow_up")
_TERM = ("first_due_at", "escalated_at", "version_id", "element_id")


class ProcedureVersion(WithId):
    """A frozen diagram with all that it calls and all forms, under one sha256. `bundle` is JSON text of all sources.

    Going back to an earlier version makes a new one with the same files, so that who, when and why are never written over.
    """

    __tablename__ = "procedure_version"
    __table_args__ = (
        UniqueConstraint("key", "number"),
        CheckConstraint("status in ('draft', 'published', 'retired')", name="status"),
    )

    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    bundle: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    #: Why it was made, in the words of whoever asked for its review; never about a case.
    why: Mapped[str | None] = mapped_column(Text)
    reviewed_by: Mapped[UUID | None]
    retired_at: Mapped[datetime | None]
    retired_by: Mapped[UUID | None]
    #: Why the whole procedure was taken out of use; nothing where another version took the place of this one.
    retired_why: Mapped[str | None] = mapped_column(Text)


class ProcedureRow(WithId):
    """A running or ended procedure of a case. `main` is the process it runs: the version's main one, or an anytime one."""

    __tablename__ = "procedure"
    __table_args__ = (
        Index("ix_procedure_wake", "next_wake_at", sqlite_where=text(_WAKES), postgresql_where=text(_WAKES)),
        # A board is counted from such indexes alone: the rows themselves are large, and lie far apart.
        Index("ix_procedure_watched", "school_id", "ended_at", "started_at", "version_id", "main", *_WATCHED, "id"),
        CheckConstraint("(ended_at is null) = (end_element is null)", name="end"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("procedure_version.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("procedure.id"), index=True)
    main: Mapped[str] = mapped_column(String(80))
    #: Ciphertexts under the server key: the engine's tasks, the facts with their history, the passed elements with moments.
    state: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    passed: Mapped[str] = mapped_column(Text)
    next_wake_at: Mapped[datetime | None]
    #: A procedure that could not be woken is put aside, so that it stops nobody else.
    set_aside_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_element: Mapped[str | None] = mapped_column(String(80))
    #: Where its case is, beside the rows that are counted.
    school_id: Mapped[UUID | None]
    #: Whether the facts say that nobody of the board, or of the school's heads, is involved, and nobody of them was ever ticked
    #: in the case: then they may see that it is kept.
    watch_board: Mapped[bool] = mapped_column(default=False, server_default=false())
    watch_leader: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether it counts as adviser's work, in bands; empty where it is none.
    counted: Mapped[bool | None]
    #: When somebody last moved it on; what time did is not that.
    stepped_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own form


class Task(WithId):
    """One human task, open or done. The inbox reads this table alone. `engine_id` is the engine's id of the occurrence."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("procedure_id", "engine_id"),
        Index(
            "ix_task_open",
            "procedure_id",
            "lane",
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
        Index("ix_task_assignee", "assignee_id", "closed_at"),
        Index(
            "ix_task_follow_up",
            *("school_id", "opened_at"),
            sqlite_where=text("follow_up IS 1"),
            postgresql_where=text("follow_up IS true"),
        ),
        # Of duties alone, so that no list of a person's own tasks is read from it.
        Index(
            "ix_task_watched",
            *("school_id", "lane", "closed_at", "opened_at", "version_id", "element_id", *_COPIED, *_STEP),
            sqlite_where=text(DUTY),
            postgresql_where=text(DUTY),
        ),
        CheckConstraint("(closed_at is null) = (outcome is null)", name="closed"),
        CheckConstraint("outcome is null or outcome in ('done', 'cancelled')", name="outcome"),
        CheckConstraint("(claimed_at is null) = (assignee_id is null)", name="claimed"),
        CheckConstraint("outcome is null or outcome <> 'done' or closed_by is not null", name="done_by"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    procedure_id: Mapped[UUID] = mapped_column(ForeignKey("procedure.id"))
    engine_id: Mapped[str] = mapped_column(String(60))
    element_id: Mapped[str] = mapped_column(String(80))
    lane: Mapped[str] = mapped_column(String(30))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    #: The deputy who picked it up on behalf of its assignee; empty when the assignee did so himself. No foreign key: SQLite would
    #: have to copy the table to add one.
    claimed_by: Mapped[UUID | None]
    #: The first moment after the term; empty when the step has no term or its start is not known yet.
    due_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    outcome: Mapped[str | None] = mapped_column(String(10))
    #: Whether it asks if what was agreed is kept.
    follow_up: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: As its procedure has them, beside the rows that are counted.
    version_id: Mapped[UUID | None]
    watch_board: Mapped[bool] = mapped_column(default=False, server_default=false())
    watch_leader: Mapped[bool] = mapped_column(default=False, server_default=false())


class Deadline(WithId):
    """The term of a task: its start, its due moment, and how it ended. Readable here: element ids and moments, nothing else."""

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("state in ('running', 'met', 'missed', 'dropped')", name="state"),
        CheckConstraint("due_at > starts_at", name="order"),
        Index("ix_deadline_watched", "school_id", "lane", "settled_at", "due_at", "state", "statutory", *_TERM, *_COPIED),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    procedure_id: Mapped[UUID] = mapped_column(ForeignKey("procedure.id"), index=True)
    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), unique=True)
    element_id: Mapped[str] = mapped_column(String(80))
    statutory: Mapped[bool]
    starts_at: Mapped[datetime]
    due_at: Mapped[datetime]
    warn_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    #: The due moment before it was extended; empty when it never was.
    first_due_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="running")
    #: When what it asks was done, in time or not, by the dates that were entered; or when it fell away.
    settled_at: Mapped[datetime | None]
    #: As its task and its procedure have them, beside the rows that are counted.
    school_id: Mapped[UUID | None]
    lane: Mapped[str | None] = mapped_column(String(30))
    version_id: Mapped[UUID | None]
    watch_board: Mapped[bool] = mapped_column(default=False, server_default=false())
    watch_leader: Mapped[bool] = mapped_column(default=False, server_default=false())

    #: Never read: it lets the task be written before the term that refers to it.
    written_after: Mapped[Task] = relationship(lazy="raise")


class DeadlineChange(WithId):
    """A term that moved: extended by a decision, corrected because its start was, or recomputed under another version.

    Reasons are sealed, or a fact.
    """

    __tablename__ = "deadline_change"
    __table_args__ = (CheckConstraint("kind in ('extended', 'corrected', 'recomputed')", name="kind"),)

    deadline_id: Mapped[UUID] = mapped_column(ForeignKey("deadline.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[str] = mapped_column(String(10))
    old_start: Mapped[datetime]
    new_start: Mapped[datetime]
    old_due: Mapped[datetime]
    new_due: Mapped[datetime]


class Wake(WithId):
    """That a procedure ended which another one started: handed over when the starter waits for it."""

    __tablename__ = "wake"

    procedure_id: Mapped[UUID] = mapped_column(ForeignKey("procedure.id"), index=True)
    ended_id: Mapped[UUID] = mapped_column(ForeignKey("procedure.id"), unique=True)
    delivered_at: Mapped[datetime | None]
