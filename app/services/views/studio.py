"""What pages of the studio show."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.differing import Differences


@dataclass(frozen=True, slots=True)
class Desk:
    """The procedure that the studio's tabs are about. `drawing`: it has an open draft; `draws`: this person may change that."""

    key: str
    name: str
    drawing: bool
    draws: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An open draft in the list of procedures; nobody saved in it yet where `saved_by` is empty.

    `missing`: what is to be done before it can be published. `for_you`: whether this person may decide about it, or publish it.
    """

    opened_at: datetime
    saved_at: datetime | None
    saved_by: str | None
    missing: tuple[str, ...] = ()
    for_you: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the list: what is published, if anything, and what is being drawn, if anything."""

    key: str
    name: str
    number: int | None
    published_at: datetime | None
    #: Empty for what was published on the host.
    published_by: str | None
    draft: DraftLine | None


@dataclass(frozen=True, slots=True)
class Level:
    """A process of a procedure: its main one, a phase, or one that may be started beside it."""

    process_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of a procedure, each a version's number or the draft, and what is different from the first to the second."""

    desk: Desk
    choices: tuple[str, ...]
    before: str
    after: str
    differences: Differences
    old_levels: tuple[Level, ...]
    new_levels: tuple[Level, ...]
