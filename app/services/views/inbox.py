"""What the inbox and the list of cases are given to show: plain values, already narrowed to what this person may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.roles import Role

#: What an address may ask for; anything else is left out of it.
SCOPES, SORTS = ("mine", "group", "all", "put_off"), ("due", "newest", "case")
BUCKETS = ("late", "today", "week", "later", "none")


@dataclass(frozen=True, slots=True)
class Due:
    """When something must be done: its last day in Amsterdam, and `at` when hours count. The tone is for words and icon."""

    tone: str  # late | today | soon | calm
    last_day: date
    days_left: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One open task. `kind`: statutory | target | appointment | none. `holder` is the assignee's name, None when unclaimed.

    `unread`: this person has not opened it since it came to him. `until`: the day it comes back, and his own `reason`.
    """

    task_id: UUID
    title: str
    due: Due | None
    kind: str
    case_number: str
    procedure: str
    school: str
    holder: str | None
    mine: bool
    may_claim: bool
    unread: bool = False
    until: date | None = None
    reason: str = ""
    behalf: str | None = None  # for whom this person would do it: somebody who is away


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """What the address asks for.

    scope: mine | group | all | put_off; bucket: late | today | week | later | none, None for all of them;
    sort: due | newest | case.
    """

    scope: str = "mine"
    bucket: str | None = None
    procedure: str | None = None
    school_id: UUID | None = None
    number: str | None = None
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A saved view: a personal one has a name, a team's a word of a fixed list and the key of its team."""

    view_id: UUID
    query: InboxQuery
    name: str = ""
    word: str = "plain"
    team: str | None = None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Rows grouped as late, today, week, later, none (empty groups left out); in another order than by term they are one group.

    Counts stop at 100 (shown as 99+).
    """

    query: InboxQuery
    groups: tuple[tuple[str, tuple[InboxRow, ...]], ...]
    scope_counts: Mapping[str, int]
    bucket_counts: Mapping[str, int]
    procedures: tuple[tuple[str, str], ...]
    schools: tuple[tuple[UUID, str], ...]
    more: bool
    next_term: date | None
    may_start: bool
    unseen: int = 0
    views: tuple[ViewLine, ...] = ()
    comments: tuple[str, ...] = ()  # numbers of cases with comments that are new to this person


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list of cases."""

    number: str
    school: str
    procedures: tuple[str, ...]
    since: datetime
    closed_at: datetime | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class StartOption:
    """A way in which this person may start a procedure at one of his schools."""

    procedure_key: str
    procedure: str
    start_id: str
    label: str
    role: Role
    schools: tuple[tuple[UUID, str], ...]
    documentation: str = ""
