"""Mail that must leave, after the commit that caused it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import WithId

_WAITS = "state = 'waiting'"


class Outbox(WithId):
    """One message to one person. `dedupe`: the same thing is never said twice. Number, neutral title and term, no content."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "next_try_at", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("state in ('waiting', 'sent', 'not_needed', 'given_up')", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at is not null)", name="sent"),
    )

    dedupe: Mapped[str] = mapped_column(String(200), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    notice: Mapped[str] = mapped_column(String(30))
    neutral_title: Mapped[str] = mapped_column(String(200))
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("task.id"))
    due_at: Mapped[datetime | None]
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    #: `not_needed`: the receiver handles the case no longer. `given_up`: nobody could be reached; somebody must look.
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    #: The kind of failure and the server's code, never what the server said: that may quote the message.
    last_error: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
