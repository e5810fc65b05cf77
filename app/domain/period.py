"""The length of a term: one number and one unit, written as in ISO 8601 (`P4W`, `P10D`, `P2M`, `P1Y`, `PT4H`)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from app.domain.procedure import Calendar

_PATTERN = re.compile(r"P(?:(?P<days>[0-9]{1,3})(?P<unit>[DWMY])|T(?P<hours>[0-9]{1,3})H)")
_MINUTES = re.compile(r"PT([0-9]{1,3})M")
_WORKWEEK = 5


class Unit(StrEnum):
    """What a period is counted in."""

    HOUR = "H"
    DAY = "D"
    WEEK = "W"
    MONTH = "M"
    YEAR = "Y"


@dataclass(frozen=True, slots=True)
class Period:
    """A number of hours, days, weeks, months or years. Terms of law never mix units, so neither do we."""

    number: int
    unit: Unit

    def after(self, day: date) -> date:
        """The day that lies this period of plain calendar days after `day`; a month ends at the month's end at the latest."""
        return day + self._delta()

    def before(self, day: date) -> date:
        """The day that lies this period of plain calendar days before `day`."""
        return day - self._delta()

    def days(self) -> int:
        """How many counted days it holds in a calendar of working or school days: five to a week."""
        return self.number * (_WORKWEEK if self.unit is Unit.WEEK else 1)

    def hours(self) -> timedelta:
        """The elapsed time of a period in hours."""
        return timedelta(hours=self.number)

    def _delta(self) -> relativedelta:
        match self.unit:
            case Unit.DAY:
                return relativedelta(days=self.number)
            case Unit.WEEK:
                return relativedelta(weeks=self.number)
            case Unit.MONTH:
                return relativedelta(months=self.number)
            case Unit.YEAR:
                return relativedelta(years=self.number)
            case Unit.HOUR:
                raise ValueError("Een periode in uren telt vanaf een moment, niet in dagen.")


def parse_period(text: str) -> Period:
    """Read an ISO 8601 period of one number (at most 999) and one unit. Raises ValueError with a Dutch sentence."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is geen geldige periode; schrijf bijvoorbeeld P4W voor vier weken of PT4H voor vier uur.")
    if match["hours"] is not None:
        return Period(int(match["hours"]), Unit.HOUR)
    return Period(int(match["days"]), Unit(match["unit"]))


def parse_warning(text: str) -> Period | timedelta:
    """How long before its end a term is warned of: hours, or minutes (`PT30M`), as elapsed time; anything else as a period.

    Raises ValueError with a Dutch sentence.
    """
    minutes = _MINUTES.fullmatch(text)
    if minutes is not None:
        return timedelta(minutes=int(minutes[1]))
    period = parse_period(text)
    return period.hours() if period.unit is Unit.HOUR else period


def check_period(text: str, calendar: Calendar) -> Period:
    """Read a period and see whether this calendar can count it. Raises ValueError with a Dutch sentence."""
    period = parse_period(text)
    hours, officehours = period.unit is Unit.HOUR, calendar is Calendar.OFFICEHOURS
    if officehours and not hours:
        raise ValueError("Kantooruren tellen alleen uren; kies uren, of tel in werkdagen.")
    if hours and calendar is Calendar.ATW:
        raise ValueError("De Algemene termijnenwet geldt niet voor uren (artikel 4); tel in gewone dagen of in kantooruren.")
    counted = calendar in (Calendar.WORKDAYS, Calendar.SCHOOLDAYS)
    if counted and period.unit not in (Unit.DAY, Unit.WEEK):
        raise ValueError("Werkdagen en schooldagen tellen in dagen of weken; kies zo'n eenheid, of tel anders.")
    if period.number == 0 and (hours or calendar is Calendar.ATW):
        raise ValueError("Deze termijn duurt niets; schrijf een getal groter dan nul.")
    return period
