"""Whether somebody of the board or a head was ever ticked in a case, beside the case and the rows that a board counts."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

#: By lane: the column of a case, and the one that says who may watch.
LANES: Final = {"board": ("board_ticked", "watch_board"), "school_leader": ("leader_ticked", "watch_leader")}


def upgrade() -> None:
    """Make them, for the cases that are there already too."""
    for lane, (ticked, watch) in LANES.items():
        op.add_column("case", sa.Column(ticked, sa.Boolean, nullable=False, server_default=sa.false()))
        asked = sa.text(f"(SELECT case_id FROM case_handler WHERE lane = '{lane}')")  # noqa: S608 - names of ours
        op.execute(sa.text(f'UPDATE "case" SET {ticked} = true WHERE id IN {asked}'))  # noqa: S608 - the same
        for table in ("procedure", "task", "deadline"):
            op.execute(sa.text(f"UPDATE {table} SET {watch} = false WHERE {watch} AND case_id IN {asked}"))  # noqa: S608


def downgrade() -> None:
    """Undo it. Who may watch stays as it is: where somebody was ticked, it said nothing before."""
    for ticked, _ in LANES.values():
        op.drop_column("case", ticked)
