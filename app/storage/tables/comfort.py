"""What makes work lighter for one person or one team: saved views, tasks put off, what was seen, how somebody likes to work."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, WithId


class SavedView(WithId):
    """A way to look at the inbox. With a role it is a team's: of all who hold that role at that board or school.

    A personal one has its name and its part of a case number in `sealed`, for its maker alone; a team's has neither: its name is
    put together from what it shows, behind a word of a fixed list.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("(role is null) = (board_id is null)", name="team"),
        CheckConstraint("(role is null) = (sealed is not null)", name="sealed"),
        CheckConstraint("role is null or label is not null", name="label"),
        CheckConstraint("role is not null or team_school_id is null", name="place"),
        CheckConstraint("scope in ('mine', 'group', 'all', 'put_off')", name="scope"),
        Index("ix_saved_view_team", "role", "board_id"),
    )

    maker_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), index=True)
    role: Mapped[str | None] = mapped_column(String(30))
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("board.id"))
    #: Empty: the team of the whole board.
    team_school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    label: Mapped[str | None] = mapped_column(String(20))
    sealed: Mapped[bytes | None]
    scope: Mapped[str] = mapped_column(String(10))
    bucket: Mapped[str | None] = mapped_column(String(10))
    procedure_key: Mapped[str | None] = mapped_column(String(60))
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    sort: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime]


class Preference(Base):
    """How somebody likes to work. Who has no row likes it as it comes."""

    __tablename__ = "preference"
    __table_args__ = (
        CheckConstraint("start in ('usual', 'today', 'inbox', 'view')", name="start"),
        CheckConstraint("after_task in ('next', 'case', 'inbox')", name="after_task"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    start: Mapped[str] = mapped_column(String(10))
    start_view_id: Mapped[UUID | None] = mapped_column(ForeignKey("saved_view.id", ondelete="SET NULL"))
    #: Where completing a task leads.
    after_task: Mapped[str] = mapped_column(String(10))
    #: Whether single keys do something.
    shortcuts: Mapped[bool]


class PutOff(Base):
    """A task that one person wants to see again at a moment (the first of a day); others see it as ever. His reason is sealed."""

    __tablename__ = "put_off"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[datetime]
    sealed: Mapped[bytes | None]


class TaskSeen(Base):
    """That somebody opened a task since it came to him."""

    __tablename__ = "task_seen"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True)
