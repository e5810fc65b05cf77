"""Sealed files: epochs with a key pair, keys sealed to persons, entries, drafts. All bytes are the vault's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, WithId


class File(WithId):
    """One of the four sealed files of a case; `epoch` is the one that new entries are written under."""

    __tablename__ = "file"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        CheckConstraint("kind in ('adviser_file', 'leader_file', 'board_file', 'meldcode_file')", name="kind"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str] = mapped_column(String(20))
    epoch: Mapped[int]
    created_at: Mapped[datetime]


class FileEpoch(Base):
    """The public key of a file between two changes of its readers."""

    __tablename__ = "file_epoch"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]
    created_at: Mapped[datetime]


class FileKey(Base):
    """The secret of a file's epoch, sealed to one person (never to a role)."""

    __tablename__ = "file_key"
    __table_args__ = (ForeignKeyConstraint(["file_id", "epoch"], ["file_epoch.file_id", "file_epoch.epoch"], ondelete="CASCADE"),)

    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    sealed_secret: Mapped[bytes]
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    granted_at: Mapped[datetime]


class DormantKey(Base):
    """The secret of an epoch for the replacement in illness: sealed to that person, and wrapped once more under a server key."""

    __tablename__ = "dormant_key"
    __table_args__ = (ForeignKeyConstraint(["file_id", "epoch"], ["file_epoch.file_id", "file_epoch.epoch"], ondelete="CASCADE"),)

    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    wrapped: Mapped[bytes]


class Entry(WithId):
    """What one person wrote at one step: a ciphertext with its own key, sealed to the epoch's public key."""

    __tablename__ = "entry"
    __table_args__ = (ForeignKeyConstraint(["file_id", "epoch"], ["file_epoch.file_id", "file_epoch.epoch"], ondelete="CASCADE"),)

    file_id: Mapped[UUID] = mapped_column(index=True)
    epoch: Mapped[int]
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("task.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    form_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    sealed_key: Mapped[bytes]
    ciphertext: Mapped[bytes]
    #: Salted commitment to the content; the same stands in the event that tells of the entry.
    commitment: Mapped[bytes]


class Draft(Base):
    """What somebody typed and did not submit, sealed to that person alone; goes when the task ends or access does."""

    __tablename__ = "draft"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes]
    saved_at: Mapped[datetime]
