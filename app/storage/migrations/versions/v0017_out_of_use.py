"""Why a procedure was taken out of use."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make room for it."""
    op.add_column("procedure_version", sa.Column("retired_why", sa.Text))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("procedure_version", "retired_why")
