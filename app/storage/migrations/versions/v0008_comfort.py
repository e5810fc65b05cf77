"""Saved views, tasks that were put off, marks of what was seen, comments that were not."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)
#: What somebody picked up before this, he has seen.
SEEN = """
insert into task_seen (task_id, user_id)
select id, assignee_id from task where closed_at is null and assignee_id is not null
"""


def upgrade() -> None:
    """Make them, in the order in which they need each other."""
    _saved_view()
    _preference()
    _put_off()
    _task_seen()
    _new_comment()
    op.execute(SEEN)


def downgrade() -> None:
    """Undo it, in the opposite order."""
    for table in ("new_comment", "task_seen", "put_off", "preference", "saved_view"):
        op.drop_table(table)


def _saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("maker_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.String(30), nullable=True),
        sa.Column("board_id", sa.Uuid, nullable=True),
        sa.Column("team_school_id", sa.Uuid, nullable=True),
        sa.Column("label", sa.String(20), nullable=True),
        sa.Column("sealed", sa.LargeBinary, nullable=True),
        sa.Column("scope", sa.String(10), nullable=False),
        sa.Column("bucket", sa.String(10), nullable=True),
        sa.Column("procedure_key", sa.String(60), nullable=True),
        sa.Column("school_id", sa.Uuid, nullable=True),
        sa.Column("sort", sa.String(10), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("(role is null) = (board_id is null)", name=op.f("ck_saved_view_team")),
        sa.CheckConstraint("(role is null) = (sealed is not null)", name=op.f("ck_saved_view_sealed")),
        sa.CheckConstraint("role is null or label is not null", name=op.f("ck_saved_view_label")),
        sa.CheckConstraint("role is not null or team_school_id is null", name=op.f("ck_saved_view_place")),
        sa.CheckConstraint("scope in ('mine', 'group', 'all', 'put_off')", name=op.f("ck_saved_view_scope")),
        sa.ForeignKeyConstraint(["maker_id"], ["app_user.id"], name=op.f("fk_saved_view_maker_id_app_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_saved_view_board_id_board")),
        sa.ForeignKeyConstraint(["team_school_id"], ["school.id"], name=op.f("fk_saved_view_team_school_id_school")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_saved_view_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_maker_id"), "saved_view", ["maker_id"])
    op.create_index("ix_saved_view_team", "saved_view", ["role", "board_id"])


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("start", sa.String(10), nullable=False),
        sa.Column("start_view_id", sa.Uuid, nullable=True),
        sa.Column("after_task", sa.String(10), nullable=False),
        sa.Column("shortcuts", sa.Boolean, nullable=False),
        sa.CheckConstraint("start in ('usual', 'today', 'inbox', 'view')", name=op.f("ck_preference_start")),
        sa.CheckConstraint("after_task in ('next', 'case', 'inbox')", name=op.f("ck_preference_after_task")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_preference_user_id_app_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["start_view_id"], ["saved_view.id"], name=op.f("fk_preference_start_view_id_saved_view"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_preference")),
    )


def _put_off() -> None:
    op.create_table(
        "put_off",
        sa.Column("task_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=True),
        *_of_task_and_person("put_off"),
    )


def _task_seen() -> None:
    op.create_table(
        "task_seen",
        sa.Column("task_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        *_of_task_and_person("task_seen"),
    )


def _new_comment() -> None:
    op.create_table(
        "new_comment",
        sa.Column("entry_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("file_id", sa.Uuid, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id", "epoch", "user_id"],
            ["file_key.file_id", "file_key.epoch", "file_key.user_id"],
            name=op.f("fk_new_comment_file_id_file_key"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_new_comment_entry_id_entry"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "user_id", name=op.f("pk_new_comment")),
    )
    op.create_index(op.f("ix_new_comment_user_id"), "new_comment", ["user_id"])


def _of_task_and_person(table: str) -> tuple[sa.Constraint, ...]:
    """One row for a task and a person; it goes with either."""
    return (
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f(f"fk_{table}_task_id_task"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f(f"fk_{table}_user_id_app_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("task_id", "user_id", name=op.f(f"pk_{table}")),
    )
