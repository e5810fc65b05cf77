"""What a board or a head may see of a procedure that others handle, beside the rows that are counted for them."""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

DUTY = sa.text("lane in ('board', 'school_leader', 'meldcode_officer')")
MOMENT = sa.DateTime(timezone=True)
WATCH: Final = ("watch_board", "watch_leader")
COPIED: Final = (*WATCH, "case_id", "procedure_id")
INDEXES: Final = {
    "ix_procedure_watched": (
        "procedure",
        ("school_id", "ended_at", "started_at", "version_id", "main", *WATCH, "counted", "case_id", "id"),
    ),
    "ix_task_watched": (
        "task",
        ("school_id", "lane", "closed_at", "opened_at", "version_id", "element_id", *COPIED, "outcome", "follow_up"),
    ),
    "ix_deadline_watched": (
        "deadline",
        (
            *("school_id", "lane", "settled_at", "due_at", "state", "statutory"),
            *("first_due_at", "escalated_at", "version_id", "element_id", *COPIED),
        ),
    ),
    "ix_contact_school": ("contact", ("school_id", "on")),
}
ADDED: Final = {
    "procedure": ("school_id", "counted", "stepped_at"),
    "task": ("follow_up", "version_id"),
    "deadline": ("school_id", "lane", "version_id"),
}
#: What is known of rows that are there already. An empty `counted` would say that a procedure is no adviser's work.
FILL: Final = (
    """UPDATE procedure SET counted = false,
         school_id = (SELECT c.school_id FROM "case" c WHERE c.id = procedure.case_id),
         stepped_at = (SELECT max(e.at) FROM event e
                        WHERE e.case_id = procedure.case_id AND e.procedure_id = procedure.id AND e.actor_id IS NOT NULL)""",
    "UPDATE task SET version_id = (SELECT p.version_id FROM procedure p WHERE p.id = task.procedure_id)",
    """UPDATE deadline SET (school_id, lane, version_id) =
         (SELECT t.school_id, t.lane, t.version_id FROM task t WHERE t.id = deadline.task_id)""",
)


def upgrade() -> None:
    """Make them. Who may watch is said at the next step of a procedure; until then nobody may, and no band counts it."""
    _add("procedure", sa.Column("school_id", sa.Uuid), sa.Column("counted", sa.Boolean), sa.Column("stepped_at", MOMENT))
    _add("task", sa.Column("follow_up", sa.Boolean, nullable=False, server_default=sa.false()), sa.Column("version_id", sa.Uuid))
    _add("deadline", sa.Column("school_id", sa.Uuid), sa.Column("lane", sa.String(30)), sa.Column("version_id", sa.Uuid))
    for statement in FILL:
        op.execute(statement)
    for name, (table, columns) in INDEXES.items():
        duty = DUTY if table == "task" else None
        op.create_index(name, table, list(columns), sqlite_where=duty, postgresql_where=duty)
    asks = {"sqlite": sa.text("follow_up IS 1"), "postgresql": sa.text("follow_up IS true")}
    of = ["school_id", "opened_at"]
    op.create_index("ix_task_follow_up", "task", of, sqlite_where=asks["sqlite"], postgresql_where=asks["postgresql"])
    op.create_index("ix_case_handler_duty", "case_handler", ["lane", "case_id"], sqlite_where=DUTY, postgresql_where=DUTY)


def downgrade() -> None:
    """Undo it, in the opposite order."""
    op.drop_index("ix_case_handler_duty", "case_handler")
    op.drop_index("ix_task_follow_up", "task")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    for table, columns in ADDED.items():
        for column in (*columns, *WATCH):
            op.drop_column(table, column)


def _add(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)
    for name in WATCH:
        op.add_column(table, sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
