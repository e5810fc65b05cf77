"""Plans for moving: which answer takes the place of one that is gone, which plan they try again; and word that one waits."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KNOWN = "'invitation', 'proposals_wait', 'review_waits', 'review_given', 'address_former', 'address_now'"
AGAIN = "fk_move_plan_again_of_move_plan"


def upgrade() -> None:
    """Make them; the plans that are there change no answer and try nothing again."""
    with op.batch_alter_table("move_plan") as plan:
        plan.add_column(sa.Column("answers", sa.Text, nullable=False, server_default="{}"))
        plan.add_column(sa.Column("again_of", sa.Uuid))
        plan.create_foreign_key(op.f(AGAIN), "move_plan", ["again_of"], ["id"])
    _letters(f"notice in ({KNOWN}, 'move_waits')")


def downgrade() -> None:
    """Undo it, in the opposite order."""
    op.execute("DELETE FROM letter WHERE notice = 'move_waits'")
    _letters(f"notice in ({KNOWN})")
    with op.batch_alter_table("move_plan") as plan:
        plan.drop_constraint(op.f(AGAIN), type_="foreignkey")
        plan.drop_column("again_of")
        plan.drop_column("answers")


def _letters(condition: str) -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_constraint(op.f("ck_letter_notice"), type_="check")
        letter.create_check_constraint(op.f("ck_letter_notice"), condition)
