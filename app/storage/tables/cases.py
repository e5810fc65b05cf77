"""Cases, how they are linked, who handles them, contacts and the history."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, Unmapped, mapped_column, unmapped_column

from app.storage.tables.base import Base, WithId

_LISTED = "listed_at is not null"
#: Lanes whose steps are the board's and the school's own duties; the others are adviser's work, or support.
DUTY = "lane in ('board', 'school_leader', 'meldcode_officer')"


class Case(WithId):
    """One matter. `event_count` and `event_head` are the length and the last hash of its history."""

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_listed", "listed_at", sqlite_where=text(_LISTED), postgresql_where=text(_LISTED)),)

    number: Mapped[str] = mapped_column(String(12), unique=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"), index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    #: Since when it stands on the list of notices: heard, and no complaint (yet).
    listed_at: Mapped[datetime | None]
    #: Whether anybody was ever ticked in it for the board's lane, or for the head's: then nobody else of theirs watches it.
    board_ticked: Mapped[bool] = mapped_column(default=False, server_default=false())
    leader_ticked: Mapped[bool] = mapped_column(default=False, server_default=false())
    event_count: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[bytes] = mapped_column(default=b"")


class CaseHandler(WithId):
    """A person who handles a lane of a procedure: the only source of tasks, notices, escalations and keys."""

    __tablename__ = "case_handler"
    __table_args__ = (
        Index(
            "uq_case_handler_active",
            "procedure_id",
            "lane",
            "user_id",
            unique=True,
            sqlite_where=text("until is null"),
            postgresql_where=text("until is null"),
        ),
        Index("ix_case_handler_user", "user_id", "until"),
        Index("ix_case_handler_duty", "lane", "case_id", sqlite_where=text(DUTY), postgresql_where=text(DUTY)),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    procedure_id: Mapped[UUID] = mapped_column(ForeignKey("procedure.id"))
    lane: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Contact(WithId):
    """A short contact without a case: a date, a kind and minutes; never a name or a story."""

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint("minutes >= 0", name="minutes"), Index("ix_contact_school", "school_id", "on"))

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(30))
    minutes: Mapped[int]


class CaseLink(Base):
    """A case that was opened out of another one: on the same side of the matter, or on the other (a counter-complaint)."""

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint("kind in ('same', 'other')", name="kind"),
        CheckConstraint("case_id <> other_id", name="two"),
        Index("ix_case_link_other_id", "other_id"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(5))


class Replacement(Base):
    """Who may take a case over when its adviser is ill, as the complainant agreed. One person a case."""

    __tablename__ = "replacement"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), index=True)


class Event(Base):
    """One line of a case's history: append-only, chained by hash. `detail` is JSON of element ids and dates, never content."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("case_id", "seq"), CheckConstraint("seq > 0", name="seq"))

    #: Never asked back, so that all lines of a transition are written at once.
    id: Unmapped[int] = unmapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    seq: Mapped[int] = mapped_column()
    at: Mapped[datetime]
    #: Empty: the system (a timer).
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[str] = mapped_column(String(40))
    procedure_id: Mapped[UUID | None] = mapped_column(ForeignKey("procedure.id"))
    element_id: Mapped[str | None] = mapped_column(String(80))
    detail: Mapped[str]
    #: Salted commitment to sealed content, when there is any.
    commitment: Mapped[bytes | None]
    hash: Mapped[bytes]

    __mapper_args__ = {"primary_key": [case_id, seq]}  # noqa: RUF012 - SQLAlchemy's own form
