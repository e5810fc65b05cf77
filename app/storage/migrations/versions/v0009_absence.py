"""Who acts for somebody who is away."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them, in the order in which they need each other."""
    _absence()
    _absence_case()
    _absence_key()
    op.add_column("task", sa.Column("claimed_by", sa.Uuid, nullable=True))


def downgrade() -> None:
    """Undo it, in the opposite order."""
    op.drop_column("task", "claimed_by")
    for table in ("absence_key", "absence_case", "absence"):
        op.drop_table(table)


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("owner_id", sa.Uuid, nullable=False),
        sa.Column("deputy_id", sa.Uuid, nullable=True),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Uuid, nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absence_days")),
        sa.CheckConstraint("deputy_id is null or deputy_id <> owner_id", name=op.f("ck_absence_two")),
        sa.ForeignKeyConstraint(["owner_id"], ["app_user.id"], name=op.f("fk_absence_owner_id_app_user")),
        sa.ForeignKeyConstraint(["deputy_id"], ["app_user.id"], name=op.f("fk_absence_deputy_id_app_user")),
        sa.ForeignKeyConstraint(["ended_by"], ["app_user.id"], name=op.f("fk_absence_ended_by_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_owner", "absence", ["owner_id", "ended_at"])
    op.create_index("ix_absence_deputy", "absence", ["deputy_id", "ended_at"])


def _absence_case() -> None:
    op.create_table(
        "absence_case",
        sa.Column("absence_id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("lane", sa.String(30), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absence.id"], name=op.f("fk_absence_case_absence_id_absence"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_absence_case_case_id_case")),
        sa.PrimaryKeyConstraint("absence_id", "case_id", "lane", name=op.f("pk_absence_case")),
    )
    op.create_index("ix_absence_case_case", "absence_case", ["case_id"])


def _absence_key() -> None:
    op.create_table(
        "absence_key",
        sa.Column("absence_id", sa.Uuid, nullable=False),
        sa.Column("file_id", sa.Uuid, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absence.id"], name=op.f("fk_absence_key_absence_id_absence"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id", "epoch"],
            ["file_epoch.file_id", "file_epoch.epoch"],
            name=op.f("fk_absence_key_file_id_file_epoch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("absence_id", "file_id", "epoch", name=op.f("pk_absence_key")),
    )
