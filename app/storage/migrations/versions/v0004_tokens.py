"""Tokens of programs, and the answers that repeated requests get again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, in the order in which they need each other."""
    _token()
    _given_answer()


def downgrade() -> None:
    """Drop the tables, in the opposite order."""
    for table in ("given_answer", "token"):
        op.drop_table(table)


def _token() -> None:
    op.create_table(
        "token",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("lookup_hash", sa.LargeBinary, nullable=False),
        sa.Column("scope", sa.String(5), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint("scope in ('read', 'write')", name=op.f("ck_token_scope")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_token_user_id_app_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("lookup_hash", name=op.f("uq_token_lookup_hash")),
    )
    op.create_index(op.f("ix_token_user_id"), "token", ["user_id"])


def _given_answer() -> None:
    op.create_table(
        "given_answer",
        sa.Column("token_id", sa.Uuid, nullable=False),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("request_hash", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["token.id"], name=op.f("fk_given_answer_token_id_token"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_id", "key_hash", name=op.f("pk_given_answer")),
    )
    op.create_index(op.f("ix_given_answer_at"), "given_answer", ["at"])
