"""Moving running procedures to another version: plans, what happened to each procedure, what undoes it."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Do it."""


def downgrade() -> None:
    """Undo it."""
