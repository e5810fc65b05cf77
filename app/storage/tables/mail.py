"""Mail that must leave, after the commit that caused it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import WithId

_WAITS = "state = 'waiting'"
_GATHERS = "state = 'digest' and digest_id is null"
_UNSEEN = "seen_at is null and case_id is not null"


class Outbox(WithId):
    """One message to one person, which is also a line of his list of notices. Number, neutral title and term, no content.

    `dedupe`: the same thing is never said twice. A digest is a message too, of no case; its lines are the rows that name it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "next_try_at", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
        Index("ix_outbox_gathers", "next_try_at", sqlite_where=text(_GATHERS), postgresql_where=text(_GATHERS)),
        Index("ix_outbox_unseen", "user_id", sqlite_where=text(_UNSEEN), postgresql_where=text(_UNSEEN)),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("state in ('waiting', 'digest', 'bell', 'sent', 'not_needed', 'given_up', 'replaced')", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at is not null)", name="sent"),
        CheckConstraint("(case_id is null) = (notice = 'digest')", name="case"),
        CheckConstraint("(lane is not null) = (notice = 'comment_written')", name="lane"),
    )

    dedupe: Mapped[str] = mapped_column(String(200), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    notice: Mapped[str] = mapped_column(String(30))
    neutral_title: Mapped[str] = mapped_column(String(200))
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("task.id"))
    #: Of a comment: the lane that reads its file. Whoever handles it no longer hears nothing of the comment any more.
    lane: Mapped[str | None] = mapped_column(String(30))
    due_at: Mapped[datetime | None]
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    #: `digest`: it goes with the digest of `next_try_at`. `bell`: no mail was wanted. `not_needed`: the receiver handles the case
    #: no longer. `given_up`: nobody could be reached; somebody must look. `replaced`: a digest that never left; `digest_id` is
    #: the one that tells what it would have told.
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    #: The kind of failure and the server's code, never what the server said: that may quote the message.
    last_error: Mapped[str | None] = mapped_column(String(200))
    #: When a worker took it last.
    tried_at: Mapped[datetime | None]
    #: When it was known that the last try delivered nothing; empty while nobody knows how a try went.
    failed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    #: The digest that tells it: how that one went is how this one went.
    digest_id: Mapped[UUID | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    seen_at: Mapped[datetime | None]
