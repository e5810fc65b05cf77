"""Who was ticked for whom, beside the rows that a board counts."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Do it."""


def downgrade() -> None:
    """Undo it."""
