"""Who left a board, what hung on a role that ended, and word of a changed address at the former one."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_BEFORE: Final = ("invitation", "proposals_wait", "review_waits", "review_given")
_NEW: Final = ("address_former", "address_now")
_ENDS: Final = sa.text("until is not null and settled_at is null")


def upgrade() -> None:
    """Make them. What hangs on roles that ended before is looked after by the worker."""
    op.create_table(
        "departure",
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_by", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("board_id", "user_id", name=op.f("pk_departure")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_departure_board_id_board")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_departure_user_id_app_user")),
        sa.ForeignKeyConstraint(["left_by"], ["app_user.id"], name=op.f("fk_departure_left_by_app_user")),
    )
    op.add_column("membership", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_membership_ends", "membership", ["until"], sqlite_where=_ENDS, postgresql_where=_ENDS)
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("address", sa.String(254), nullable=True))
        letter.drop_constraint(op.f("ck_letter_notice"), type_="check")
        letter.create_check_constraint(op.f("ck_letter_notice"), _one_of(_BEFORE + _NEW))
        letter.create_check_constraint(op.f("ck_letter_address"), "address is null or notice = 'address_former'")


def downgrade() -> None:
    """Undo it, in the opposite order."""
    op.execute("delete from letter where notice in ('address_former', 'address_now')")
    with op.batch_alter_table("letter") as letter:
        letter.drop_constraint(op.f("ck_letter_address"), type_="check")
        letter.drop_constraint(op.f("ck_letter_notice"), type_="check")
        letter.create_check_constraint(op.f("ck_letter_notice"), _one_of(_BEFORE))
        letter.drop_column("address")
    op.drop_index("ix_membership_ends", "membership")
    op.drop_column("membership", "settled_at")
    op.drop_table("departure")


def _one_of(notices: tuple[str, ...]) -> str:
    return f"notice in ({', '.join(repr(notice) for notice in notices)})"
