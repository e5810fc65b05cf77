"""What an adviser's start page and his list of contacts are given to show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services.views.inbox import InboxRow


@dataclass(frozen=True, slots=True)
class Agreed:
    """A day that was agreed in a case of his, and that comes by itself: what is waited for, and in which procedure."""

    case_number: str
    procedure_id: UUID
    procedure: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class SilentCase:
    """A case in which nobody did anything for a while, since the day of the last step."""

    number: str
    school: str
    since: date
    weeks: int


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The adviser's day. `waiting` counts his other tasks, `group` what nobody picked up; both stop at 100."""

    tasks: tuple[InboxRow, ...]
    waiting: int
    group: int
    mine: int
    next_term: date | None
    agreed: tuple[Agreed, ...]
    silent: tuple[SilentCase, ...]
    schools: tuple[tuple[UUID, str], ...]
    may_start: bool
    unseen: int = 0
    comments: tuple[str, ...] = ()  # numbers of cases with comments that are new to this person


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact without a case."""

    contact_id: UUID
    on: date
    kind: str
    minutes: int
    school: str


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """One's own contacts of a month, and the schools at which one may note another. `before`, `after`: months beside it."""

    month: date
    contacts: tuple[ContactLine, ...]
    minutes: int
    schools: tuple[tuple[UUID, str], ...]
    before: date | None = None
    after: date | None = None
