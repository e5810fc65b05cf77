"""What a board counts to see that procedures are kept: figures, days left, months, bands. Days and months are Amsterdam's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Final

from dateutil.relativedelta import relativedelta

from app.clock import AMSTERDAM, local_day

#: Adviser's work is told in bands of so many: 0-4, 5-9, …
BAND: Final = 5
#: How many months are looked back on, the present one included.
MONTHS: Final = 12
#: How many whole months adviser's work is told of.
ADVISER_MONTHS: Final = 3


class Figure(StrEnum):
    """What is counted. Terms are those of law and targets together, unless a question says otherwise."""

    #: Terms that were met, or not, in the last twelve months; a month is that in which this was decided.
    KEPT = "kept"
    MISSED = "missed"
    #: Open terms: before their end, and past it.
    RUNNING = "running"
    OVERDUE = "overdue"
    #: Terms that were extended, or of which another role was told too: open now, or decided in the last twelve months.
    EXTENDED = "extended"
    ESCALATED = "escalated"
    #: Open steps of a procedure in which nobody did anything for three weeks, while nothing waits by itself.
    SLEEPING = "sleeping"
    #: Open steps.
    WAITING = "waiting"
    #: Steps done, and procedures ended, in the last twelve months.
    DONE = "done"
    ENDED = "ended"
    #: Steps that ask whether an agreement was kept: those that came up in the last twelve months, and those that were done.
    AGREED = "agreed"
    CHECKED = "checked"


class Left(StrEnum):
    """How many days a running term still has; 0 is today."""

    DAYS = "0-2"
    WEEK = "3-7"
    FORTNIGHT = "8-14"
    LATER = "15"


#: The first number of days that is no longer in it, for each but the last.
LEFT_ENDS: Final[Mapping[Left, int]] = {Left.DAYS: 3, Left.WEEK: 8, Left.FORTNIGHT: 15}


@dataclass(frozen=True, slots=True)
class Band:
    """A number that is told in steps of five only: from `least` up to and including `most`."""

    least: int

    @property
    def most(self) -> int:
        """The highest number of the band."""
        return self.least + BAND - 1

    @classmethod
    def of(cls, number: int) -> "Band":
        """The band in which a number lies."""
        return cls(number - number % BAND)


def months_until(now: datetime) -> tuple[date, ...]:
    """The first days of the last twelve months, the oldest first; the last one is the present month."""
    return _months(local_day(now).replace(day=1))


@lru_cache(maxsize=16)
def _months(this: date) -> tuple[date, ...]:
    return tuple(this - relativedelta(months=back) for back in reversed(range(MONTHS)))


def whole_months(now: datetime) -> tuple[date, date]:
    """The last three whole months: their first day, and the first day after them."""
    after = local_day(now).replace(day=1)
    return after - relativedelta(months=ADVISER_MONTHS), after


def midnight(day: date) -> datetime:
    """The first moment of a day in Amsterdam."""
    return datetime.combine(day, time(), AMSTERDAM)


def share(kept: int, missed: int) -> int | None:
    """Which whole percentage was kept, rounded down: 100 is said of all alone. None where nothing was decided."""
    return 100 * kept // (kept + missed) if kept + missed else None


def within(days: Mapping[int, int], percent: int) -> int:
    """The number of days within which so many percent were done; `days` says how many took how long. At least one did."""
    wanted = sum(days.values()) * percent
    reached = 0
    for length in sorted(days):
        reached += 100 * days[length]
        if reached >= wanted:
            return length
    raise ValueError("nothing was done")
