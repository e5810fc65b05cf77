"""Procedures, cases, tasks, terms, and the history that nobody can change."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, in the order in which they need each other."""
    _procedure_version()
    _case()
    _procedure()
    _case_handler()
    _task()
    _deadline()
    _deadline_change()
    _wake()
    _event()
    _refuse_changes_of_events()


def downgrade() -> None:
    """Drop the tables, in the opposite order."""
    for table in (
        "event",
        "wake",
        "deadline_change",
        "deadline",
        "task",
        "case_handler",
        "procedure",
        "case",
        "procedure_version",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_event()")


def _procedure_version() -> None:
    op.create_table(
        "procedure_version",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("bundle", sa.Text, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("published_by", sa.Uuid),
        sa.CheckConstraint("status in ('draft', 'published', 'retired')", name=op.f("ck_procedure_version_status")),
        sa.ForeignKeyConstraint(["published_by"], ["app_user.id"], name=op.f("fk_procedure_version_published_by_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_version")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_procedure_version_key_number")),
        sa.UniqueConstraint("key", "sha256", name=op.f("uq_procedure_version_key_sha256")),
    )


def _case() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("school_id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("event_count", sa.Integer, nullable=False),
        sa.Column("event_head", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_case_board_id_board")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_case_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    op.create_index(op.f("ix_case_board_id"), "case", ["board_id"])
    op.create_index(op.f("ix_case_school_id"), "case", ["school_id"])


def _procedure() -> None:
    op.create_table(
        "procedure",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("parent_id", sa.Uuid),
        sa.Column("main", sa.String(80), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("passed", sa.Text, nullable=False),
        sa.Column("next_wake_at", MOMENT),
        sa.Column("set_aside_at", MOMENT),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_element", sa.String(80)),
        sa.CheckConstraint("(ended_at is null) = (end_element is null)", name=op.f("ck_procedure_end")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_procedure_case_id_case")),
        sa.ForeignKeyConstraint(["parent_id"], ["procedure.id"], name=op.f("fk_procedure_parent_id_procedure")),
        sa.ForeignKeyConstraint(["version_id"], ["procedure_version.id"], name=op.f("fk_procedure_version_id_procedure_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
    )
    op.create_index(op.f("ix_procedure_case_id"), "procedure", ["case_id"])
    op.create_index(op.f("ix_procedure_parent_id"), "procedure", ["parent_id"])
    op.create_index(
        "ix_procedure_wake",
        "procedure",
        ["next_wake_at"],
        sqlite_where=sa.text("next_wake_at is not null and set_aside_at is null"),
        postgresql_where=sa.text("next_wake_at is not null and set_aside_at is null"),
    )


def _case_handler() -> None:
    op.create_table(
        "case_handler",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("procedure_id", sa.Uuid, nullable=False),
        sa.Column("lane", sa.String(30), nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_handler_case_id_case")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_case_handler_procedure_id_procedure")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_case_handler_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_handler")),
    )
    op.create_index(op.f("ix_case_handler_case_id"), "case_handler", ["case_id"])
    op.create_index("ix_case_handler_user", "case_handler", ["user_id", "until"])
    op.create_index(
        "uq_case_handler_active",
        "case_handler",
        ["procedure_id", "lane", "user_id"],
        unique=True,
        sqlite_where=sa.text("until is null"),
        postgresql_where=sa.text("until is null"),
    )


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("procedure_id", sa.Uuid, nullable=False),
        sa.Column("engine_id", sa.String(60), nullable=False),
        sa.Column("element_id", sa.String(80), nullable=False),
        sa.Column("lane", sa.String(30), nullable=False),
        sa.Column("school_id", sa.Uuid, nullable=False),
        sa.Column("assignee_id", sa.Uuid),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("warned_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Uuid),
        sa.Column("outcome", sa.String(10)),
        sa.CheckConstraint("outcome is null or outcome <> 'done' or closed_by is not null", name=op.f("ck_task_done_by")),
        sa.CheckConstraint("outcome is null or outcome in ('done', 'cancelled')", name=op.f("ck_task_outcome")),
        sa.CheckConstraint("(claimed_at is null) = (assignee_id is null)", name=op.f("ck_task_claimed")),
        sa.CheckConstraint("(closed_at is null) = (outcome is null)", name=op.f("ck_task_closed")),
        sa.ForeignKeyConstraint(["assignee_id"], ["app_user.id"], name=op.f("fk_task_assignee_id_app_user")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_task_case_id_case")),
        sa.ForeignKeyConstraint(["closed_by"], ["app_user.id"], name=op.f("fk_task_closed_by_app_user")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_task_procedure_id_procedure")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_task_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("procedure_id", "engine_id", name=op.f("uq_task_procedure_id_engine_id")),
    )
    op.create_index("ix_task_assignee", "task", ["assignee_id", "closed_at"])
    op.create_index(op.f("ix_task_case_id"), "task", ["case_id"])
    op.create_index(
        "ix_task_open",
        "task",
        ["procedure_id", "lane"],
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("procedure_id", sa.Uuid, nullable=False),
        sa.Column("task_id", sa.Uuid, nullable=False),
        sa.Column("element_id", sa.String(80), nullable=False),
        sa.Column("statutory", sa.Boolean, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("warn_at", MOMENT),
        sa.Column("warned_at", MOMENT),
        sa.Column("overdue_at", MOMENT),
        sa.Column("escalated_at", MOMENT),
        sa.Column("first_due_at", MOMENT),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.CheckConstraint("state in ('running', 'met', 'missed', 'dropped')", name=op.f("ck_deadline_state")),
        sa.CheckConstraint("due_at > starts_at", name=op.f("ck_deadline_order")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_case_id_case")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_deadline_procedure_id_procedure")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_deadline_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("task_id", name=op.f("uq_deadline_task_id")),
    )
    op.create_index(op.f("ix_deadline_case_id"), "deadline", ["case_id"])
    op.create_index(op.f("ix_deadline_procedure_id"), "deadline", ["procedure_id"])


def _deadline_change() -> None:
    op.create_table(
        "deadline_change",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("deadline_id", sa.Uuid, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Uuid),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("old_start", MOMENT, nullable=False),
        sa.Column("new_start", MOMENT, nullable=False),
        sa.Column("old_due", MOMENT, nullable=False),
        sa.Column("new_due", MOMENT, nullable=False),
        sa.CheckConstraint("kind in ('extended', 'corrected')", name=op.f("ck_deadline_change_kind")),
        sa.ForeignKeyConstraint(["by"], ["app_user.id"], name=op.f("fk_deadline_change_by_app_user")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_change_deadline_id_deadline")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_change")),
    )
    op.create_index(op.f("ix_deadline_change_deadline_id"), "deadline_change", ["deadline_id"])


def _wake() -> None:
    op.create_table(
        "wake",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("procedure_id", sa.Uuid, nullable=False),
        sa.Column("ended_id", sa.Uuid, nullable=False),
        sa.Column("delivered_at", MOMENT),
        sa.ForeignKeyConstraint(["ended_id"], ["procedure.id"], name=op.f("fk_wake_ended_id_procedure")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_wake_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wake")),
        sa.UniqueConstraint("ended_id", name=op.f("uq_wake_ended_id")),
    )
    op.create_index(op.f("ix_wake_procedure_id"), "wake", ["procedure_id"])


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("procedure_id", sa.Uuid),
        sa.Column("element_id", sa.String(80)),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("commitment", sa.LargeBinary),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_event_seq")),
        sa.ForeignKeyConstraint(["actor_id"], ["app_user.id"], name=op.f("fk_event_actor_id_app_user")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_event_case_id_case")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_event_procedure_id_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_event_case_id_seq")),
    )


def _refuse_changes_of_events() -> None:
    # A second lock beside the chain of hashes: a mistake of ours, or a careless hand, cannot rewrite a history.
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_refuse_{change.lower()} BEFORE {change} ON event "
                "BEGIN SELECT RAISE(ABORT, 'the history of a case is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the history of a case is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event()"
    )
