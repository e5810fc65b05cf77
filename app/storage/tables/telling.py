"""How each person wants to be told, and the feed of his calendar."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base

_WAYS = "in ('now', 'digest', 'bell')"


class TellingRow(Base):
    """What a person chose about each kind of notice; whoever chose nothing has no row and is told at once."""

    __tablename__ = "telling"
    __table_args__ = (
        CheckConstraint(f"arrived {_WAYS} and soon {_WAYS} and missed {_WAYS} and comment {_WAYS} and rest {_WAYS}", name="ways"),
        CheckConstraint("weekday is null or weekday between 0 and 6", name="weekday"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    arrived: Mapped[str] = mapped_column(String(6))
    soon: Mapped[str] = mapped_column(String(6))
    missed: Mapped[str] = mapped_column(String(6))
    comment: Mapped[str] = mapped_column(String(6))
    rest: Mapped[str] = mapped_column(String(6))
    #: The day of the weekly digest, 0 is Monday; empty: every day.
    weekday: Mapped[int | None]


class CalendarFeed(Base):
    """The address at which a person's calendar program reads his terms, by its hash alone. One that is revoked is deleted."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    lookup_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    #: A hash of what was read last, and since when it reads so.
    content_hash: Mapped[bytes]
    changed_at: Mapped[datetime]
