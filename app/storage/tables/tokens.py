"""Tokens of programs that act for a person, and what they were answered, so that a repeated request does nothing twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, WithId


class Token(WithId):
    """A bearer token of a person, by its hash alone. One that is revoked is deleted."""

    __tablename__ = "token"
    __table_args__ = (CheckConstraint("scope in ('read', 'write')", name="scope"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), index=True)
    lookup_hash: Mapped[bytes] = mapped_column(unique=True)
    scope: Mapped[str] = mapped_column(String(5))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class GivenAnswer(Base):
    """The answer to a request that carried a key: written in the transaction of what the request did.

    Key and request are hashes. The answer holds ids, a case number and titles of steps.
    """

    __tablename__ = "given_answer"

    token_id: Mapped[UUID] = mapped_column(ForeignKey("token.id", ondelete="CASCADE"), primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
