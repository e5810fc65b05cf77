"""Who is away, who acts for him meanwhile, in which lanes of which cases, and the keys that the server locks for that time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, WithId


class Absence(WithId):
    """Days in Amsterdam, the last one included, on which somebody is away; without a deputy nobody acts for him."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("deputy_id is null or deputy_id <> owner_id", name="two"),
        Index("ix_absence_owner", "owner_id", "ended_at"),
        Index("ix_absence_deputy", "deputy_id", "ended_at"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_at: Mapped[datetime]
    #: When it was revoked or given back, or when its keys were deleted after the last day.
    ended_at: Mapped[datetime | None]
    #: Who revoked it or gave it back; empty when it simply was over.
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class AbsenceCase(Base):
    """A lane of a case that its handler ticked: the deputy acts there, and nowhere else."""

    __tablename__ = "absence_case"
    __table_args__ = (Index("ix_absence_case_case", "case_id"),)

    absence_id: Mapped[UUID] = mapped_column(ForeignKey("absence.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    lane: Mapped[str] = mapped_column(String(30), primary_key=True)
    #: When it ended for this lane alone: the owner left the lane, or the complainant took his consent back.
    ended_at: Mapped[datetime | None]


class AbsenceKey(Base):
    """The secret of a file's epoch for a deputy: sealed to that person, and wrapped once more under a server key."""

    __tablename__ = "absence_key"
    __table_args__ = (ForeignKeyConstraint(["file_id", "epoch"], ["file_epoch.file_id", "file_epoch.epoch"], ondelete="CASCADE"),)

    absence_id: Mapped[UUID] = mapped_column(ForeignKey("absence.id", ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]
    #: When the deputy first opened the file with it: then a new epoch begins when his time is over.
    opened_at: Mapped[datetime | None]
