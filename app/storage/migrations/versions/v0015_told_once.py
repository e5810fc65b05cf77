"""Comments among what people are told, and digests that take the place of those that never left."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

MOMENT = sa.DateTime(timezone=True)
FORMER_STATES = "state in ('waiting', 'digest', 'bell', 'sent', 'not_needed', 'given_up')"
STATES = "state in ('waiting', 'digest', 'bell', 'sent', 'not_needed', 'given_up', 'replaced')"
WAYS = "in ('now', 'digest', 'bell')"
FORMER_CHOICES = f"arrived {WAYS} and soon {WAYS} and missed {WAYS} and rest {WAYS}"
CHOICES = f"arrived {WAYS} and soon {WAYS} and missed {WAYS} and comment {WAYS} and rest {WAYS}"


def upgrade() -> None:
    """Make them. Whoever chose hears of comments as of all the rest, until he chooses otherwise."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("lane", sa.String(30)))
        outbox.add_column(sa.Column("failed_at", MOMENT))
        outbox.drop_constraint(op.f("ck_outbox_state"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_state"), sa.text(STATES))
        outbox.create_check_constraint(op.f("ck_outbox_lane"), sa.text("(lane is not null) = (notice = 'comment_written')"))
    op.add_column("telling", sa.Column("comment", sa.String(6)))
    op.execute("update telling set comment = rest")
    with op.batch_alter_table("telling") as telling:
        telling.alter_column("comment", existing_type=sa.String(6), nullable=False)
        telling.drop_constraint(op.f("ck_telling_ways"), type_="check")
        telling.create_check_constraint(op.f("ck_telling_ways"), sa.text(CHOICES))


def downgrade() -> None:
    """Undo it: what was told of comments goes, and what was replaced is not needed."""
    with op.batch_alter_table("telling") as telling:
        telling.drop_constraint(op.f("ck_telling_ways"), type_="check")
        telling.create_check_constraint(op.f("ck_telling_ways"), sa.text(FORMER_CHOICES))
        telling.drop_column("comment")
    op.execute("update outbox set state = 'not_needed', digest_id = null where state = 'replaced'")
    op.execute("delete from outbox where notice = 'comment_written'")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("ck_outbox_lane"), type_="check")
        outbox.drop_constraint(op.f("ck_outbox_state"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_state"), sa.text(FORMER_STATES))
        outbox.drop_column("failed_at")
        outbox.drop_column("lane")
