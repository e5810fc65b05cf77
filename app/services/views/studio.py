"""What pages of the studio show."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """The procedure that the studio's tabs are about. `drawing`: it has an open draft; `draws`: this person may change that."""

    key: str
    name: str
    drawing: bool
    draws: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An open draft in the list of procedures; nobody saved in it yet where `saved_by` is empty."""

    opened_at: datetime
    saved_at: datetime | None
    saved_by: str | None


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the list: what is published, if anything, and what is being drawn, if anything."""

    key: str
    name: str
    number: int | None
    published_at: datetime | None
    draft: DraftLine | None
