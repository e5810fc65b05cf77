"""Comments that a reader of a file has not seen yet. The comments themselves are entries of the file."""

from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base


class NewComment(Base):
    """A comment that somebody may read and did not yet. It goes with his key, so that nobody hears of what he cannot open."""

    __tablename__ = "new_comment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["file_id", "epoch", "user_id"],
            ["file_key.file_id", "file_key.epoch", "file_key.user_id"],
            ondelete="CASCADE",
        ),
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    file_id: Mapped[UUID]
    epoch: Mapped[int]
