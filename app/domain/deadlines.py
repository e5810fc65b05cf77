"""Terms: when they end, when to warn, how they move, and whether they were met. Moments are aware UTC; days are Europe/Amsterdam.

A term counts from the day after its start and ends at the end of its last day. `due` is the first moment after it, midnight in
Amsterdam: a term is late from that moment on (`now >= due`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from app.clock import AMSTERDAM, local_day
from app.domain.calendar import DAY, CalendarConfig, check_year, days_after, is_schoolday, is_workday, is_worked
from app.domain.errors import InvalidAnswers
from app.domain.facts import FactValue
from app.domain.period import Period, Unit, check_period, parse_period, parse_warning
from app.domain.procedure import Calendar, TermRule

_OPENS, _CLOSES = time(8), time(17)
#: Algemene termijnenwet art. 4(a): above these, and for every term in years, the act does not apply.
_ACT_LIMITS = {Unit.DAY: 90, Unit.WEEK: 12, Unit.MONTH: 3, Unit.YEAR: 0}
#: Art. 2: terms of at least so many days hold at least so many days that are no weekend or holiday.
_ART2_FROM_DAYS, _ART2_WORKDAYS = 3, 2
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Term:
    """A running term: its start, its last day, the first moment after it, and when to warn (None: no warning was asked)."""

    start: date | datetime
    last_day: date
    due: datetime
    warn: datetime | None
    #: The last day before it was extended.
    extended_from: date | None = None

    def warn_at(self, now: datetime) -> datetime | None:
        """The moment to warn at, also when it is past (it then fires at once); None once the term itself is over."""
        return None if now >= self.due else self.warn


class DeadlineState(StrEnum):
    """Running or overdue while something is still to be done; met or missed when it was done."""

    RUNNING = "running"
    OVERDUE = "overdue"
    MET = "met"
    MISSED = "missed"


def last_day(start: date, period: str, calendar: Calendar, config: CalendarConfig) -> date:
    """The last day of a term of days, weeks, months or years that counts from the day after `start`.

    A term of zero days ends on its start, or on the first counted day from there. Raises ValueError for a period that does not
    fit the calendar or is in hours, UnknownYear for a start outside 1982-2100.
    """
    length = check_period(period, calendar)
    check_year(start)
    match calendar:
        case Calendar.ATW:
            return _statutory(start, length, config)
        case Calendar.WORKDAYS:
            return _counted(start, length.days(), config, is_worked)
        case Calendar.SCHOOLDAYS:
            return _counted(start, length.days(), config, is_schoolday)
        case Calendar.CALENDAR | Calendar.OFFICEHOURS:
            return length.after(start)


def due_moment(last: date) -> datetime:
    """The first moment after a last day: midnight in Amsterdam at its end, whatever the clock did that day."""
    return _midnight(last + DAY)


def start_of(day: date) -> datetime:
    """The first moment of a day in Amsterdam."""
    return _midnight(day)


def in_hours(rule: TermRule) -> bool:
    """Whether the term runs in hours from a moment, not in days from a day."""
    return parse_period(rule.period).unit is Unit.HOUR


def last_day_of(due: datetime) -> date:
    """The last day on which something due at this moment is still in time."""
    return local_day(due - timedelta(microseconds=1))


def term(rule: TermRule, start: date | datetime, config: CalendarConfig) -> Term:
    """The term that this rule gives from this start.

    A term in hours runs from a moment; every other term from a day. Raises ValueError and UnknownYear as `last_day`.
    """
    length = check_period(rule.period, rule.calendar)
    check_year(start)
    if length.unit is Unit.HOUR:
        due = _after_hours(rule.calendar, start, length, config)
        last = last_day_of(due)
    else:
        last = last_day(_day(start), rule.period, rule.calendar, config)
        due = due_moment(last)
    return Term(start, last, due, _warn(rule, start, last, due))


def extend(rule: TermRule, old: Term, extended_to: date) -> Term:
    """The term with a new last day, which stands as it was named, on a holiday too. `check_extension` comes first."""
    due = due_moment(extended_to)
    return Term(old.start, extended_to, due, _warn(rule, old.start, extended_to, due), old.extended_from or old.last_day)


def check_extension(old_last_day: date, extended_to: date, told: Mapping[str, date | None], today: date) -> None:
    """Raise InvalidAnswers unless the new date is later and all were told on or before the old last day (WPO art. 14 lid 7).

    The law sets no maximum. `told` maps the field key of each person to tell to the day he was told; the dates entered decide,
    so a letter sent in time may be recorded later.
    """
    old = f"{old_last_day:%d-%m-%Y}"
    errors: dict[str, str] = {}
    if extended_to <= old_last_day:
        errors["extended_to"] = f"De nieuwe datum moet later zijn dan {old}, de datum die nu geldt."
    for key, day in told.items():
        if day is None:
            errors[key] = f"Vul in wanneer je dit hebt laten weten. Dat moet uiterlijk op {old}."
        elif day > today:
            errors[key] = "Deze datum ligt nog in de toekomst. Verleng de termijn als je het hebt laten weten."
        elif day > old_last_day:
            errors[key] = f"Verlengen kan alleen als je dit uiterlijk op {old} hebt laten weten."
    if errors:
        raise InvalidAnswers(errors)


def moved(rule: TermRule, old: Term, new_start: date | datetime, config: CalendarConfig) -> Term:
    """The term after its start was corrected. An extension keeps the day that was named, unless the term now runs past it."""
    new = term(rule, new_start, config)
    if old.extended_from is None or old.last_day <= new.last_day:
        return new
    return extend(rule, new, old.last_day)


def outcome(running: Term, met_by: Sequence[FactValue | None], completed_at: datetime | None, now: datetime) -> DeadlineState:
    """Whether a term was met. Dates decide where the rule names them (`met_by`, in any order, None: not set yet).

    Without such dates the moment of completing decides. A completed task whose dates are not all there meets nothing: it runs on
    until the term is over, and is then missed.
    """
    if met_by:
        if all(value is not None for value in met_by):
            return DeadlineState.MET if all(_in_time(running, value) for value in met_by) else DeadlineState.MISSED
        late = DeadlineState.OVERDUE if completed_at is None else DeadlineState.MISSED
    elif completed_at is not None:
        return DeadlineState.MET if completed_at < running.due else DeadlineState.MISSED
    else:
        late = DeadlineState.OVERDUE
    return late if now >= running.due else DeadlineState.RUNNING


class Urgency(StrEnum):
    """How near a term is. Without a warning moment SOON never comes, which leaves the four groups of an inbox."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    WEEK = "week"
    LATER = "later"


def days_left(today: date, last: date) -> int:
    """Days until the last day: 0 is today, negative is the number of days late."""
    return (last - today).days


def urgency(now: datetime, due: datetime, warn: datetime | None = None) -> Urgency:
    """How near a due moment is: over, today, warned of, within seven days, or later."""
    left = days_left(local_day(now), last_day_of(due))
    if now >= due:
        return Urgency.LATE
    if left == 0:
        return Urgency.TODAY
    if warn is not None and now >= warn:
        return Urgency.SOON
    return Urgency.WEEK if left <= _WEEK else Urgency.LATER


def _statutory(start: date, length: Period, config: CalendarConfig) -> date:
    """Algemene termijnenwet art. 1(1) and 2, where art. 4(a) does not switch the act off. School holidays play no part."""
    plain = length.after(start)
    if length.number > _ACT_LIMITS[length.unit]:
        return plain
    last = plain
    while not is_workday(last, config):
        last += DAY
    if (plain - start).days < _ART2_FROM_DAYS:
        return last
    workdays = (day for day in days_after(start) if is_workday(day, config))
    return max(last, *islice(workdays, _ART2_WORKDAYS))


def _counted(start: date, days: int, config: CalendarConfig, counts: Callable[[date, CalendarConfig], bool]) -> date:
    first, number = (start - DAY, 1) if days == 0 else (start, days)
    return next(islice((day for day in days_after(first) if counts(day, config)), number - 1, None))


def _after_hours(calendar: Calendar, start: date | datetime, length: Period, config: CalendarConfig) -> datetime:
    if not isinstance(start, datetime):
        raise ValueError("Een termijn in uren begint op een moment, niet op een dag.")
    if calendar is Calendar.OFFICEHOURS:
        return _after_office_hours(start, length.hours(), config)
    return start + length.hours()


def _after_office_hours(start: datetime, left: timedelta, config: CalendarConfig) -> datetime:
    """Count the hours between 8 and 17 on working days; the clock never changes between those hours."""
    at = start.astimezone(AMSTERDAM)
    while True:
        opens, closes = (datetime.combine(at.date(), edge, AMSTERDAM) for edge in (_OPENS, _CLOSES))
        at = max(at, opens)
        if is_workday(at.date(), config) and at < closes:
            if at + left <= closes:
                return (at + left).astimezone(UTC)
            left -= closes - at
        at = _midnight(at.date() + DAY).astimezone(AMSTERDAM)


def _warn(rule: TermRule, start: date | datetime, last: date, due: datetime) -> datetime | None:
    """Back in plain days to the start of a day, or as elapsed time; never extended (art. 1(2)) or before the start."""
    if rule.warn is None:
        return None
    length = parse_warning(rule.warn)
    at = due - length if isinstance(length, timedelta) else _midnight(length.before(last))
    return max(at, start if isinstance(start, datetime) else _midnight(start))


def _in_time(running: Term, value: FactValue | None) -> bool:
    match value:
        case datetime():
            return value < running.due
        case date():
            return value <= running.last_day
    raise TypeError("a term is met by dates and moments only")


def _day(start: date | datetime) -> date:
    return local_day(start) if isinstance(start, datetime) else start


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)
