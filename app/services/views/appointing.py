"""What pages about invitations, proposed roles and files to import are given to show."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Desk:
    """A board that somebody administers, or (`keeps` is False) only oversees. `several`: he has others too."""

    board_id: UUID
    name: str
    several: bool = False
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A role that waits for a second person. `fingerprint` is empty as long as the invited has not accepted.

    `may_confirm` and `may_withdraw`: what this reader may do. `confirmers`: who else could confirm it, by name.
    """

    proposal_id: UUID
    person: str
    role: Role
    where: str
    board: str
    first_day: date
    last_day: date | None
    by: str
    at: datetime
    fingerprint: str | None
    confirmers: tuple[str, ...]
    may_confirm: bool
    may_withdraw: bool
    #: Why he is not free as an adviser beside what he is already (Handreiking 1.6).
    beside: tuple[Role, ...] = ()
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """Somebody who was invited and has not accepted. `mail`: waiting, sent, given_up or not_needed."""

    invitation_id: UUID
    name: str
    email: str
    ends_at: datetime
    expired: bool
    mail: str
    roles: tuple[tuple[Role, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Whom a board invited, and where a role can be proposed. `page` counts from 1; `more`: there is another behind it."""

    desk: Desk
    invitations: tuple[InvitationLine, ...]
    schools: tuple[tuple[UUID, str], ...]
    page: int = 1
    more: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """What somebody sees who follows the link of an invitation. `known`: there is an account with this address already."""

    board: str
    name: str
    email: str
    known: bool
    roles: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What a line of a file will do: new_school, invite, propose, invite_and_propose or nothing (it is so already)."""

    number: int
    does: str
    name: str
    email: str
    role: Role | None
    school: str


@dataclass(frozen=True, slots=True)
class WrongLine:
    """Why a line cannot be imported."""

    number: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """What a file would do. With `wrong` lines it does nothing at all."""

    desk: Desk
    file_id: UUID
    lines: tuple[ImportLine, ...]
    wrong: tuple[WrongLine, ...]
    page: int
    pages: int
    counts: dict[str, int] = field(default_factory=dict)
