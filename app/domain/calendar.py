"""Which days count: weekends, the holidays of the Algemene termijnenwet (BWBR0002448), and dated configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from app.domain.errors import DomainError

#: 5 May stands in article 3(1) since 1982; the holidays library knows years up to and including 2100.
FIRST_YEAR, LAST_YEAR = 1982, 2100
DAY = timedelta(days=1)
_SATURDAY = 5


class UnknownYear(DomainError):
    """No holidays are known for this year, so nothing can be counted in it."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Het jaar {year} kan niet kloppen: kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.")


@dataclass(frozen=True, slots=True)
class EquatedDay:
    """A day that a royal decree equates with a holiday (Algemene termijnenwet art. 3(3)), with the decree as its source."""

    day: date
    source: str


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """A school holiday, first and last day included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days on which nobody of a board works, first and last included. They count for targets, never for a term of law."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class CalendarConfig:
    """What no rule can compute: equated days, one region's school holidays, a board's own days off. Passed in, never global."""

    equated_days: tuple[EquatedDay, ...] = ()
    school_holidays: tuple[SchoolHoliday, ...] = ()
    days_off: tuple[DaysOff, ...] = ()


def is_holiday(day: date, config: CalendarConfig) -> bool:
    """Whether the day is a generally recognised holiday or equated with one (art. 3). Raises UnknownYear."""
    return day in _statutory_holidays(day.year) or any(day == equated.day for equated in config.equated_days)


def is_workday(day: date, config: CalendarConfig) -> bool:
    """Whether the day is no Saturday, Sunday or holiday. Raises UnknownYear."""
    return day.weekday() < _SATURDAY and not is_holiday(day, config)


def is_worked(day: date, config: CalendarConfig) -> bool:
    """Whether the day is a working day on which the board has no day off of its own. Raises UnknownYear."""
    return is_workday(day, config) and not any(off.first <= day <= off.last for off in config.days_off)


def is_schoolday(day: date, config: CalendarConfig) -> bool:
    """Whether the day is worked and lies outside the school holidays. Raises UnknownYear."""
    return is_worked(day, config) and not any(h.first <= day <= h.last for h in config.school_holidays)


def days_after(day: date) -> Iterator[date]:
    """The days after this one, in order, without end."""
    while True:
        day += DAY
        yield day


def check_year(day: date) -> None:
    """Raise UnknownYear when no holidays are known for the year of this day."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnknownYear(day.year)


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def _statutory_holidays(year: int) -> frozenset[date]:
    """The days of art. 3(1) and (2); both Easter and Whit Sunday come along and are Sundays anyway.

    The library files 5 May of most years under "optional"; the act names it every year.
    """
    check_year(date(year, 1, 1))
    return frozenset(holidays.country_holidays("NL", years=year, categories=(holidays.PUBLIC, holidays.OPTIONAL)))
