"""Moving running procedures to another version: plans, what happened to each procedure, what undoes it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)
KIND = "ck_deadline_change_kind"


def upgrade() -> None:
    """Make them, in the order in which they need each other; a term may be recomputed from now on."""
    _plan()
    _moved()
    _kinds("kind in ('extended', 'corrected', 'recomputed')")


def downgrade() -> None:
    """Undo it, in the opposite order. A recomputed term looks like a corrected one then."""
    op.execute("UPDATE deadline_change SET kind = 'corrected' WHERE kind = 'recomputed'")
    _kinds("kind in ('extended', 'corrected')")
    op.drop_table("moved_procedure")
    op.drop_table("move_plan")


def _kinds(condition: str) -> None:
    with op.batch_alter_table("deadline_change") as change:
        change.drop_constraint(op.f(KIND), type_="check")
        change.create_check_constraint(op.f(KIND), condition)


def _id(table: str) -> tuple[sa.Column[object], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Uuid, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _ref(table: str, column: str, other: str, *, nullable: bool = False) -> tuple[sa.Column[object], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
    return sa.Column(column, sa.Uuid, nullable=nullable), key


def _plan() -> None:
    name = "move_plan"
    op.create_table(
        name,
        *_id(name),
        sa.Column("key", sa.String(60), nullable=False),
        *_ref(name, "from_id", "procedure_version"),
        *_ref(name, "to_id", "procedure_version"),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("terms", sa.String(10), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        *_ref(name, "made_by", "app_user", nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        *_ref(name, "confirmed_by", "app_user", nullable=True),
        sa.Column("confirmed_at", MOMENT),
        *_ref(name, "undone_by", "app_user", nullable=True),
        sa.Column("undone_at", MOMENT),
        sa.Column("doing", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.CheckConstraint("doing in ('try', 'move', 'undo')", name=op.f("ck_move_plan_doing")),
        sa.CheckConstraint("state in ('running', 'stopped', 'done', 'dropped')", name=op.f("ck_move_plan_state")),
        sa.CheckConstraint("terms in ('keep', 'recompute')", name=op.f("ck_move_plan_terms")),
    )
    op.create_index(op.f("ix_move_plan_key"), name, ["key"])


def _moved() -> None:
    name = "moved_procedure"
    outcomes = "outcome in ('unknown', 'ready', 'stays', 'moved', 'undone', 'changed')"
    op.create_table(
        name,
        *_id(name),
        *_ref(name, "plan_id", "move_plan"),
        *_ref(name, "procedure_id", "procedure"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("todo", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("code", sa.String(30)),
        sa.Column("element_id", sa.String(80)),
        sa.Column("stands_at", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("handled_at", MOMENT),
        sa.Column("snapshot", sa.Text),
        sa.Column("revision", sa.Integer),
        sa.UniqueConstraint("plan_id", "procedure_id", name=op.f("uq_moved_procedure_plan_id_procedure_id")),
        sa.CheckConstraint(outcomes, name=op.f("ck_moved_procedure_outcome")),
        sa.CheckConstraint("(snapshot is null) = (revision is null)", name=op.f("ck_moved_procedure_undo")),
    )
    op.create_index(op.f("ix_moved_procedure_procedure_id"), name, ["procedure_id"])
    op.create_index("ix_moved_procedure_todo", name, ["plan_id", "todo", "number"])
