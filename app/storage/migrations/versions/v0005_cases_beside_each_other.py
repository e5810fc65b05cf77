"""Cases that stand on the list of notices, cases that are linked, who takes a case over in illness. Consent needs no table."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
LISTED = sa.text("listed_at is not null")


def upgrade() -> None:
    """Drop what nothing was ever written to; make the tables, in the order in which they need each other."""
    op.drop_table("consent")
    op.add_column("case", sa.Column("listed_at", MOMENT, nullable=True))
    op.create_index("ix_case_listed", "case", ["listed_at"], sqlite_where=LISTED, postgresql_where=LISTED)
    _case_link()
    _replacement()
    _dormant_key()


def downgrade() -> None:
    """Undo it, in the opposite order."""
    for table in ("dormant_key", "replacement", "case_link"):
        op.drop_table(table)
    op.drop_index("ix_case_listed", "case")
    op.drop_column("case", "listed_at")
    _consent()


def _case_link() -> None:
    op.create_table(
        "case_link",
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("other_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.CheckConstraint("kind in ('same', 'other')", name=op.f("ck_case_link_kind")),
        sa.CheckConstraint("case_id <> other_id", name=op.f("ck_case_link_two")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_link_case_id_case")),
        sa.ForeignKeyConstraint(["other_id"], ["case.id"], name=op.f("fk_case_link_other_id_case")),
        sa.PrimaryKeyConstraint("case_id", "other_id", name=op.f("pk_case_link")),
    )
    op.create_index(op.f("ix_case_link_other_id"), "case_link", ["other_id"])


def _replacement() -> None:
    op.create_table(
        "replacement",
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_replacement_case_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_replacement_user_id_app_user")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_replacement")),
    )
    op.create_index(op.f("ix_replacement_user_id"), "replacement", ["user_id"])


def _dormant_key() -> None:
    op.create_table(
        "dormant_key",
        sa.Column("file_id", sa.Uuid, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id", "epoch"],
            ["file_epoch.file_id", "file_epoch.epoch"],
            name=op.f("fk_dormant_key_file_id_file_epoch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_dormant_key_user_id_app_user")),
        sa.PrimaryKeyConstraint("file_id", "epoch", "user_id", name=op.f("pk_dormant_key")),
    )


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("entry_id", sa.Uuid),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_consent_case_id_case")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_consent_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_case_id"), "consent", ["case_id"])
