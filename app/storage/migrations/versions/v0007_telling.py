"""How each person wants to be told, digests in the outbox, and the feed of his calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)
WAYS = "in ('now', 'digest', 'bell')"
STATES = "state in ('waiting', 'digest', 'bell', 'sent', 'not_needed', 'given_up')"
FORMER_STATES = "state in ('waiting', 'sent', 'not_needed', 'given_up')"
GATHERS = sa.text("state = 'digest' and digest_id is null")
UNSEEN = sa.text("seen_at is null and case_id is not null")


def upgrade() -> None:
    """Make them, in the order in which they need each other."""
    _telling()
    _calendar_feed()
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("case_id", existing_type=sa.Uuid, nullable=True)
        outbox.add_column(sa.Column("tried_at", MOMENT))
        outbox.add_column(sa.Column("digest_id", sa.Uuid))
        outbox.create_foreign_key(op.f("fk_outbox_digest_id_outbox"), "outbox", ["digest_id"], ["id"])
        outbox.drop_constraint(op.f("ck_outbox_state"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_state"), sa.text(STATES))
        outbox.create_check_constraint(op.f("ck_outbox_case"), sa.text("(case_id is null) = (notice = 'digest')"))
    op.create_index(op.f("ix_outbox_digest_id"), "outbox", ["digest_id"])
    op.create_index("ix_outbox_gathers", "outbox", ["next_try_at"], sqlite_where=GATHERS, postgresql_where=GATHERS)
    op.create_index("ix_outbox_unseen", "outbox", ["user_id"], sqlite_where=UNSEEN, postgresql_where=UNSEEN)


def downgrade() -> None:
    """Undo it, in the opposite order: what waited for a digest waits for itself, what was wanted in no mail needs none."""
    for index in ("ix_outbox_unseen", "ix_outbox_gathers", op.f("ix_outbox_digest_id")):
        op.drop_index(index, "outbox")
    op.execute("update outbox set state = 'not_needed' where state = 'bell' or (state = 'digest' and digest_id is not null)")
    op.execute("update outbox set state = 'waiting', digest_id = null where state = 'digest'")
    op.execute("update outbox set digest_id = null")
    op.execute("delete from outbox where case_id is null")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("ck_outbox_case"), type_="check")
        outbox.drop_constraint(op.f("ck_outbox_state"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_state"), sa.text(FORMER_STATES))
        outbox.drop_constraint(op.f("fk_outbox_digest_id_outbox"), type_="foreignkey")
        outbox.drop_column("digest_id")
        outbox.drop_column("tried_at")
        outbox.alter_column("case_id", existing_type=sa.Uuid, nullable=False)
    op.drop_table("calendar_feed")
    op.drop_table("telling")


def _telling() -> None:
    op.create_table(
        "telling",
        sa.Column("user_id", sa.Uuid, nullable=False),
        *(sa.Column(kind, sa.String(6), nullable=False) for kind in ("arrived", "soon", "missed", "rest")),
        sa.Column("weekday", sa.Integer),
        sa.CheckConstraint(f"arrived {WAYS} and soon {WAYS} and missed {WAYS} and rest {WAYS}", name=op.f("ck_telling_ways")),
        sa.CheckConstraint("weekday is null or weekday between 0 and 6", name=op.f("ck_telling_weekday")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_telling_user_id_app_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_telling")),
    )


def _calendar_feed() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("lookup_hash", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("content_hash", sa.LargeBinary, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_calendar_feed_user_id_app_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("lookup_hash", name=op.f("uq_calendar_feed_lookup_hash")),
    )
