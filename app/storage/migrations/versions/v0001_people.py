"""People, where they belong, their keys and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, in the order in which they need each other."""
    _app_user()
    _board()
    _school()
    _key_wrap()
    _membership()
    _session()
    _attempt()
    _contact()


def downgrade() -> None:
    """Drop the tables, in the opposite order."""
    for table in ("contact", "attempt", "session", "membership", "key_wrap", "school", "board", "app_user"):
        op.drop_table(table)


def _app_user() -> None:
    op.create_table(
        "app_user",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("adviser_kind", sa.String(10)),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("verifier", sa.LargeBinary, nullable=False),
        sa.Column("kdf", sa.String, nullable=False),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("totp_step", sa.Integer),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("email", name=op.f("uq_app_user_email")),
    )


def _board() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint("name", name=op.f("uq_board_name")),
    )


def _school() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("region", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_school_board_id_board")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("board_id", "name", name=op.f("uq_school_board_id_name")),
    )
    op.create_index(op.f("ix_school_board_id"), "school", ["board_id"])


def _key_wrap() -> None:
    op.create_table(
        "key_wrap",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind in ('password', 'recovery')", name=op.f("ck_key_wrap_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_key_wrap_user_id_app_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_wrap")),
        sa.UniqueConstraint("user_id", "kind", name=op.f("uq_key_wrap_user_id_kind")),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("school_id", sa.Uuid),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("proposed_by", sa.Uuid),
        sa.Column("confirmed_by", sa.Uuid),
        sa.Column("confirmed_at", MOMENT),
        sa.CheckConstraint("confirmed_by is null or confirmed_by <> user_id", name=op.f("ck_membership_confirmer_is_another")),
        sa.CheckConstraint(
            "proposed_by is null or confirmed_by is null or proposed_by <> confirmed_by", name=op.f("ck_membership_two_people")
        ),
        sa.CheckConstraint("proposed_by is null or proposed_by <> user_id", name=op.f("ck_membership_proposer_is_another")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_membership_board_id_board")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["app_user.id"], name=op.f("fk_membership_confirmed_by_app_user")),
        sa.ForeignKeyConstraint(["proposed_by"], ["app_user.id"], name=op.f("fk_membership_proposed_by_app_user")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_membership_school_id_school")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_membership_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_place", "membership", ["role", "board_id", "school_id"])
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"])


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("lookup_hash", sa.LargeBinary, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("key_box", sa.LargeBinary, nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_session_user_id_app_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("lookup_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_seen_at"), "session", ["seen_at"])
    op.create_index(op.f("ix_session_user_id"), "session", ["user_id"])


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("scope", sa.LargeBinary, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_scope", "attempt", ["scope", "at"])


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("school_id", sa.Uuid, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_contact_minutes")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_contact_school_id_school")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_contact_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_user_id"), "contact", ["user_id"])
