"""Who acts for somebody who is away."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make them, in the order in which they need each other."""


def downgrade() -> None:
    """Undo it, in the opposite order."""
