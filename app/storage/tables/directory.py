"""The directory of a board: invitations, proposals of roles, how to reach whom, dated settings, and what administration did."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, WithId

_OPEN_INVITATION = "accepted_at is null and revoked_at is null"
_OPEN_PROPOSAL = "state = 'open'"
_WAITS = "state = 'waiting'"


class Invitation(WithId):
    """A board asks somebody in. `token_hash` is of the link that was mailed last; it works once, until `ends_at`."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "board_id",
            "email",
            unique=True,
            sqlite_where=text(_OPEN_INVITATION),
            postgresql_where=text(_OPEN_INVITATION),
        ),
        CheckConstraint("adviser_kind in ('intern', 'extern')", name="adviser_kind"),
        CheckConstraint("(accepted_at is null) = (user_id is null)", name="accepted"),
        CheckConstraint("accepted_at is null or revoked_at is null", name="one_end"),
    )

    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    adviser_kind: Mapped[str | None] = mapped_column(String(10))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    invited_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    #: Who came of it: a person that was made, or one who had an account already.
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    revoked_at: Mapped[datetime | None]


class Proposal(WithId):
    """A role that somebody is to get, at a school or at a whole board (school empty). Confirming it makes a membership.

    `user_id` is empty as long as the invited has not accepted: there is no key to confirm yet.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_open", "board_id", sqlite_where=text(_OPEN_PROPOSAL), postgresql_where=text(_OPEN_PROPOSAL)),
        CheckConstraint("user_id is not null or invitation_id is not null", name="somebody"),
        CheckConstraint("proposed_by <> user_id", name="proposer_is_another"),
        CheckConstraint("state in ('open', 'confirmed', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'open') = (decided_at is null)", name="decided"),
        CheckConstraint("(state = 'confirmed') = (membership_id is not null)", name="confirmed"),
        CheckConstraint("state <> 'confirmed' or (decided_by <> proposed_by and decided_by <> user_id)", name="two_people"),
    )

    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    role: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    #: First and last day; no last day: until the role is ended.
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    proposed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="open")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None]
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))


class Letter(WithId):
    """Mail of administration, which belongs to no case: to an invited address, or to a person of a board: that something waits
    for him, or that he has another address now.

    `sealed` is the token of an invitation under the server keys; it goes as soon as the mail has left or is not needed any more.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_waiting", "next_try_at", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
        CheckConstraint(
            "notice in ('invitation', 'proposals_wait', 'review_waits', 'review_given', "
            "'address_former', 'address_now', 'move_waits')",
            name="notice",
        ),
        CheckConstraint("state in ('waiting', 'sent', 'not_needed', 'given_up')", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at is not null)", name="sent"),
        CheckConstraint("state = 'waiting' or sealed is null", name="sealed"),
        CheckConstraint("(notice = 'invitation') = (invitation_id is not null)", name="invitation"),
        CheckConstraint("(notice <> 'invitation') = (board_id is not null and user_id is not null)", name="proposals"),
        CheckConstraint("address is null or notice = 'address_former'", name="address"),
    )

    notice: Mapped[str] = mapped_column(String(30))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("board.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    sealed: Mapped[str | None] = mapped_column(Text)
    #: The former address of somebody who has another one now; it goes as soon as the mail has left or is given up.
    address: Mapped[str | None] = mapped_column(String(254))
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    #: The kind of failure and the server's code, never what the server said.
    last_error: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None]


class Departure(Base):
    """Somebody left a board: he holds no role there, and nobody proposes one. Coming back deletes the row."""

    __tablename__ = "departure"

    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    left_at: Mapped[datetime]
    left_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class ImportFile(WithId):
    """A file of people that somebody looks at before he imports it, sealed under the server keys; gone within a day."""

    __tablename__ = "import_file"

    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    sealed: Mapped[str] = mapped_column(Text)
    uploaded_at: Mapped[datetime] = mapped_column(index=True)


class Reachability(Base):
    """How somebody can be reached at a board; what is empty is not known. Everybody of that board may see it."""

    __tablename__ = "reachability"
    __table_args__ = (
        CheckConstraint("weekdays between 0 and 127", name="weekdays"),
        CheckConstraint("(from_minute is null) = (until_minute is null)", name="hours"),
        CheckConstraint("0 <= from_minute and from_minute < until_minute and until_minute <= 1440", name="order"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"), primary_key=True, index=True)
    phone: Mapped[str | None] = mapped_column(String(30))
    #: An address for people who seek help; it need not be the one that he signs in with.
    email: Mapped[str | None] = mapped_column(String(254))
    #: A bit per day: 1 is Monday, 64 is Sunday.
    weekdays: Mapped[int] = mapped_column(default=0)
    #: Minutes after midnight in Amsterdam.
    from_minute: Mapped[int | None]
    until_minute: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(String(120))
    page: Mapped[str | None] = mapped_column(String(300))
    #: When he agreed himself that this may stand in the school guide and on the website; empty: he did not.
    public_since: Mapped[datetime | None]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    changed_at: Mapped[datetime]


class BoardSetting(WithId):
    """What a board set, from a day on: a target period, a phone number, … Append-only; the newest that began counts.

    A case keeps the value that held on the day on which it was opened. `value` is JSON.
    """

    __tablename__ = "board_setting"
    __table_args__ = (Index("ix_board_setting_key", "board_id", "key", "valid_from"),)

    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"))
    key: Mapped[str] = mapped_column(String(160))
    value: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    #: Where the value comes from: a decision, a contract, a web page.
    source: Mapped[str] = mapped_column(String(300))
    set_by: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    set_at: Mapped[datetime]


class AdminEvent(Base):
    """One line of what administration did: append-only; who, what, about whom; ids, codes and dates, never a text."""

    __tablename__ = "admin_event"
    __table_args__ = (Index("ix_admin_event_board", "board_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"))
    at: Mapped[datetime]
    #: Empty: on the host.
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"))
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    role: Mapped[str | None] = mapped_column(String(30))
    #: JSON of codes, ids, dates and numbers.
    detail: Mapped[str] = mapped_column(Text)
