"""People, where they belong, their keys and sessions. What is secret is a ciphertext of the vault."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, WithId

_ENDS = "until is not null and settled_at is null"


class Board(WithId):
    """A school board (bevoegd gezag)."""

    __tablename__ = "board"

    name: Mapped[str] = mapped_column(String(200), unique=True)


class School(WithId):
    """A school of a board. `region` names the school holidays that count."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("board_id", "name"),)

    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(20), default="midden")


class User(WithId):
    """A person who signs in. `adviser_kind` (intern, extern) is a property of the person."""

    __tablename__ = "app_user"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="nl")
    adviser_kind: Mapped[str | None] = mapped_column(String(10))
    public_key: Mapped[bytes]
    verifier: Mapped[bytes]
    #: JSON text: algorithm, salt, passes, memory; what the password is derived with.
    kdf: Mapped[str]
    totp_secret: Mapped[bytes | None]
    totp_step: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class KeyWrap(WithId):
    """One way to unwrap a person's private key: by password or by printed recovery code."""

    __tablename__ = "key_wrap"
    __table_args__ = (UniqueConstraint("user_id", "kind"), CheckConstraint("kind in ('password', 'recovery')", name="kind"))

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime]


class Membership(WithId):
    """A role of a person at a school, or at a whole board (school empty). Confirmed by somebody else than the appointed."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_place", "role", "board_id", "school_id"),
        Index("ix_membership_ends", "until", sqlite_where=text(_ENDS), postgresql_where=text(_ENDS)),
        CheckConstraint("proposed_by is null or proposed_by <> user_id", name="proposer_is_another"),
        CheckConstraint("confirmed_by is null or confirmed_by <> user_id", name="confirmer_is_another"),
        CheckConstraint("proposed_by is null or confirmed_by is null or proposed_by <> confirmed_by", name="two_people"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"))
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    confirmed_at: Mapped[datetime | None]
    #: When what hung on a role that ended was looked after: his tasks are with others, or somebody knows that they wait.
    settled_at: Mapped[datetime | None]


class SessionRow(Base):
    """A session: found by the hash of its lookup id; `key_box` opens only with the key that the cookie alone holds."""

    __tablename__ = "session"

    lookup_hash: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), index=True)
    key_box: Mapped[bytes]
    #: What is still to be done before the session counts: `totp`, `enrol` or nothing (`full`).
    step: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]


class Attempt(WithId):
    """A failed sign-in, by the hash of what was tried; counted to slow guessing, without locking anybody out."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_scope", "scope", "at"),)

    scope: Mapped[bytes]
    at: Mapped[datetime]
