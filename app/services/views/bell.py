"""What the list of notices is given to show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice. `hour` is the end of a term that ends within a day; `undelivered`: its mail did not leave so far."""

    notice_id: UUID
    notice: str
    title: str
    case_number: str
    at: datetime
    last_day: date | None
    hour: datetime | None
    seen: bool
    undelivered: bool
