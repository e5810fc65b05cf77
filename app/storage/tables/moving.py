"""Moving running procedures to another version: plans, and what came of each procedure. Element ids, codes and moments only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import WithId


class MovePlan(WithId):
    """From which version to which, how, and why. Who made it and who let it begin are empty where that was done on the host."""

    __tablename__ = "move_plan"
    __table_args__ = (
        CheckConstraint("doing in ('try', 'move', 'undo')", name="doing"),
        CheckConstraint("state in ('running', 'stopped', 'done', 'dropped')", name="state"),
        CheckConstraint("terms in ('keep', 'recompute')", name="terms"),
    )

    key: Mapped[str] = mapped_column(String(60), index=True)
    from_id: Mapped[UUID] = mapped_column(ForeignKey("procedure_version.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("procedure_version.id"))
    #: JSON: which element of the new version an element of the old one becomes, where that is not the one with its id.
    mapping: Mapped[str] = mapped_column(Text)
    #: JSON: by fact, which answer takes the place of one that the new version has no more.
    answers: Mapped[str] = mapped_column(Text, server_default="{}")
    terms: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(Text)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime]
    #: The plan of which this one tries again what stayed where it was, and nothing else.
    again_of: Mapped[UUID | None] = mapped_column(ForeignKey("move_plan.id"))
    #: The second person, who let the procedures move.
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    confirmed_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    undone_at: Mapped[datetime | None]
    doing: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    #: When it last began to go through its procedures, and when it had been through all.
    begun_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class MovedProcedure(WithId):
    """What came of one procedure. Whoever draws sees its number within the plan, and never which case it belongs to."""

    __tablename__ = "moved_procedure"
    __table_args__ = (
        UniqueConstraint("plan_id", "procedure_id"),
        Index("ix_moved_procedure_todo", "plan_id", "todo", "number"),
        CheckConstraint("outcome in ('unknown', 'ready', 'stays', 'moved', 'undone', 'changed')", name="outcome"),
        CheckConstraint("(snapshot is null) = (revision is null)", name="undo"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("move_plan.id"))
    procedure_id: Mapped[UUID] = mapped_column(ForeignKey("procedure.id"), index=True)
    number: Mapped[int]
    #: Whether the plan has yet to come by in what it is doing now.
    todo: Mapped[bool]
    outcome: Mapped[str] = mapped_column(String(10))
    #: Why it stays, and because of which element.
    code: Mapped[str | None] = mapped_column(String(30))
    element_id: Mapped[str | None] = mapped_column(String(80))
    #: JSON: the open steps it stands at, and what moving changes for them.
    stands_at: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)
    handled_at: Mapped[datetime | None]
    #: Ciphertext under the server key: what was there before; and the procedure's revision right after. Nothing may follow it.
    snapshot: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int | None]
