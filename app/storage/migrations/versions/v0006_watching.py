"""What a board or a head may see of a procedure that others handle."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make them, in the order in which they need each other."""


def downgrade() -> None:
    """Undo it, in the opposite order."""
