"""How each person wants to be told, and the feed of his calendar."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make them, in the order in which they need each other."""


def downgrade() -> None:
    """Undo it, in the opposite order."""
