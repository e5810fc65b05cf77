"""Invitations, proposals of roles, how to reach whom, and settings of a board with their dates."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make them, in the order in which they need each other."""


def downgrade() -> None:
    """Undo it, in the opposite order."""
