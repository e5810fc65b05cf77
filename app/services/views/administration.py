"""What pages about a board's directory are given to show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.roles import Role
from app.services.views.appointing import Desk, ProposalLine


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school, and who holds which role there; a role for the whole board is not repeated."""

    school_id: UUID
    name: str
    region: str
    people: tuple[tuple[Role, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that is missing or does not go together. `kind` is a code of app/services/gaps.py."""

    kind: str
    where: str
    who: str | None = None
    role: Role | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The start of a board's administration."""

    desk: Desk
    schools: tuple[SchoolLine, ...]
    people: tuple[tuple[Role, tuple[str, ...]], ...]
    gaps: tuple[GapLine, ...]
    to_confirm: int
    invited: int


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of somebody. `until`: the moment at which it ends, if that is known."""

    membership_id: UUID
    role: Role
    where: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody whom a board knows."""

    user_id: UUID
    name: str
    email: str
    roles: tuple[RoleLine, ...]
    left: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of a board's people. `page` counts from 1; `more`: there is another behind it."""

    desk: Desk
    people: tuple[PersonLine, ...]
    search: str
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody, with his roles, what is proposed for him, and where he can be proposed for something."""

    desk: Desk
    person: PersonLine
    adviser_kind: str | None
    second_factor: bool
    proposals: tuple[ProposalLine, ...]
    schools: tuple[tuple[UUID, str], ...]
    #: When he left this board, if he did.
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangingPage:
    """Somebody's name and address, to change. `elsewhere`: another board counts on them too, so nobody of this one may."""

    desk: Desk
    user_id: UUID
    name: str
    email: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class LeavingRole:
    """A role that somebody is about to leave. `others`: how many hold it there besides him. `reads`: it opens files."""

    line: RoleLine
    others: int
    reads: bool


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """What hangs on somebody who is about to leave a board. `refused` and `warnings` are codes."""

    desk: Desk
    user_id: UUID
    person: str
    roles: tuple[LeavingRole, ...]
    proposals: int
    refused: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndingPage:
    """A role that somebody is about to lose. `warnings` are codes."""

    desk: Desk
    user_id: UUID
    person: str
    role: RoleLine
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that administration did."""

    at: datetime
    by: str | None
    kind: AdminKind
    about: str | None
    where: str | None
    role: Role | None
    number: int | None
    setting: "SettingSet | None" = None


@dataclass(frozen=True, slots=True)
class SettingSet:
    """What was set: its kind, which one (the code of a committee or service, the name of a step), and from which day on."""

    kind: str
    day: date
    name: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, the newest first. `older` is where the next one goes on."""

    desk: Desk
    lines: tuple[LogLine, ...]
    older: int | None
