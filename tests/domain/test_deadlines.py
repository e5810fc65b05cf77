"""Terms as a whole: due moments over both changes of the clock, warnings, hours, corrections."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import AMSTERDAM
from app.domain.calendar import CalendarConfig, UnknownYear
from app.domain.deadlines import (
    Urgency,
    days_left,
    due_moment,
    extend,
    in_hours,
    last_day_of,
    moved,
    start_of,
    term,
    urgency,
)
from app.domain.procedure import Calendar, TermRule

PLAIN = CalendarConfig()
BOARD_RESPONSE = TermRule("P4W", Calendar.ATW, starts_from="advice_received_on", warn="P1W", statutory=True, extendable=True)
DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A wall-clock moment in Amsterdam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


def test_an_advice_of_27_november_is_due_when_28_december_is_over() -> None:
    running = term(BOARD_RESPONSE, date(2026, 11, 27), PLAIN)
    assert running.last_day == date(2026, 12, 28)
    assert running.due == datetime(2026, 12, 28, 23, 0, tzinfo=UTC)
    assert running.warn == datetime(2026, 12, 20, 23, 0, tzinfo=UTC)


@given(day=DAYS)
def test_a_term_is_due_at_the_local_midnight_that_ends_its_last_day(day: date) -> None:
    due = due_moment(day)
    assert due.tzinfo is UTC
    assert due.astimezone(AMSTERDAM).replace(tzinfo=None) == datetime.combine(day + timedelta(days=1), datetime.min.time())
    assert last_day_of(due) == day
    assert due == start_of(day + timedelta(days=1))


def test_only_a_period_in_hours_runs_from_moment_to_moment() -> None:
    assert in_hours(TermRule("PT4H", Calendar.OFFICEHOURS))
    assert not in_hours(BOARD_RESPONSE)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 10, 26), 24)])
def test_a_day_on_which_the_clock_changes_is_an_hour_shorter_or_longer(day: date, hours: int) -> None:
    assert due_moment(day) - due_moment(day - timedelta(days=1)) == timedelta(hours=hours)


@given(start=DAYS, warn=st.sampled_from(["P1D", "P1W", "P2W", "P1M", "PT4H", "P1Y"]))
def test_a_warning_lies_between_the_start_and_the_end(start: date, warn: str) -> None:
    running = term(TermRule("P4W", Calendar.ATW, warn=warn), start, PLAIN)
    assert running.warn is not None
    assert local(start) <= running.warn < running.due


def test_a_warning_counts_back_in_plain_days_and_is_not_extended() -> None:
    running = term(TermRule("P4W", Calendar.ATW, warn="P3D"), date(2026, 11, 27), PLAIN)
    assert running.warn == local(date(2026, 12, 25))  # Christmas Day, art. 1(2)


def test_a_term_of_one_hour_is_warned_of_half_way() -> None:
    start = datetime(2026, 11, 14, 19, 15, tzinfo=UTC)
    running = term(TermRule("PT1H", Calendar.CALENDAR, warn="PT30M"), start, PLAIN)
    assert (running.warn, running.due) == (start + timedelta(minutes=30), start + timedelta(hours=1))


def test_a_past_warning_fires_at_once_and_never_after_the_term() -> None:
    running = term(BOARD_RESPONSE, date(2026, 11, 27), PLAIN)
    assert running.warn_at(local(date(2026, 12, 23))) == running.warn
    assert running.warn_at(running.due - timedelta(seconds=1)) == running.warn
    assert running.warn_at(running.due) is None


def test_a_term_without_a_warning_never_warns() -> None:
    running = term(TermRule("P4W", Calendar.ATW), date(2026, 11, 27), PLAIN)
    assert running.warn is None
    assert running.warn_at(running.due - timedelta(days=20)) is None


@pytest.mark.parametrize(("hour", "day"), [(22, date(2026, 11, 27)), (23, date(2026, 11, 28))])
def test_a_term_of_days_that_starts_at_a_moment_counts_from_its_day_in_amsterdam(hour: int, day: date) -> None:
    start = datetime(2026, 11, 27, hour, 30, tzinfo=UTC)
    running = term(TermRule("P10D", Calendar.CALENDAR), start, PLAIN)
    assert running.last_day == day + timedelta(days=10)


@given(start=MOMENTS, hours=st.integers(1, 96))
def test_plain_hours_are_elapsed_hours(start: datetime, hours: int) -> None:
    running = term(TermRule(f"PT{hours}H", Calendar.CALENDAR, warn="PT1H"), start, PLAIN)
    assert running.due - start == timedelta(hours=hours)
    assert running.warn == running.due - timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (local(date(2026, 11, 26), 9, 30), 4, local(date(2026, 11, 26), 13, 30)),
        (local(date(2026, 11, 26), 13), 4, local(date(2026, 11, 26), 17)),
        (local(date(2026, 11, 26), 6), 2, local(date(2026, 11, 26), 10)),
        (local(date(2026, 11, 26), 18), 2, local(date(2026, 11, 27), 10)),
        (local(date(2026, 11, 26), 17), 1, local(date(2026, 11, 27), 9)),
        (local(date(2026, 11, 27), 15, 30), 2, local(date(2026, 11, 30), 8, 30)),  # over a weekend
        (local(date(2026, 12, 24), 16), 2, local(date(2026, 12, 28), 9)),  # over Christmas
        (local(date(2026, 3, 27), 16), 10, local(date(2026, 3, 30), 17)),  # over the change of the clock
        (local(date(2026, 11, 23), 8), 27, local(date(2026, 11, 25), 17)),  # three whole days
    ],
)
def test_office_hours_run_from_8_to_17_on_working_days(start: datetime, hours: int, due: datetime) -> None:
    running = term(TermRule(f"PT{hours}H", Calendar.OFFICEHOURS), start.astimezone(UTC), PLAIN)
    assert running.due == due
    assert running.last_day == due.date()


def test_hours_need_a_moment_to_start_from() -> None:
    with pytest.raises(ValueError, match="begint op een moment"):
        term(TermRule("PT4H", Calendar.OFFICEHOURS), date(2026, 11, 27), PLAIN)


@pytest.mark.parametrize("rule", [TermRule("PT4H", Calendar.CALENDAR), TermRule("P4W", Calendar.ATW)])
def test_a_mistyped_moment_is_refused(rule: TermRule) -> None:
    with pytest.raises(UnknownYear):
        term(rule, datetime(9999, 12, 31, 23, tzinfo=UTC), PLAIN)


def test_a_corrected_start_moves_the_warning_and_the_end() -> None:
    old = term(BOARD_RESPONSE, date(2026, 11, 27), PLAIN)
    assert moved(BOARD_RESPONSE, old, date(2026, 11, 2), PLAIN) == term(BOARD_RESPONSE, date(2026, 11, 2), PLAIN)


def test_an_extension_survives_a_corrected_start_unless_the_term_now_runs_past_it() -> None:
    extended = extend(BOARD_RESPONSE, term(BOARD_RESPONSE, date(2026, 11, 2), PLAIN), date(2026, 12, 14))
    kept = moved(BOARD_RESPONSE, extended, date(2026, 11, 9), PLAIN)
    assert (kept.last_day, kept.extended_from) == (date(2026, 12, 14), date(2026, 12, 7))
    assert kept.start == date(2026, 11, 9)
    overtaken = moved(BOARD_RESPONSE, extended, date(2026, 11, 27), PLAIN)
    assert (overtaken.last_day, overtaken.extended_from) == (date(2026, 12, 28), None)


@pytest.mark.parametrize(("today", "left"), [(date(2026, 11, 16), 0), (date(2026, 11, 19), -3), (date(2026, 11, 1), 15)])
def test_days_left_are_counted_to_the_last_day(today: date, left: int) -> None:
    assert days_left(today, date(2026, 11, 16)) == left


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(date(2026, 11, 25)), Urgency.LATE),
        (local(date(2026, 11, 24), 23, 59), Urgency.TODAY),
        (local(date(2026, 11, 24)), Urgency.TODAY),
        (local(date(2026, 11, 23), 23, 59), Urgency.SOON),
        (local(date(2026, 11, 21)), Urgency.SOON),
        (local(date(2026, 11, 20), 23, 59), Urgency.WEEK),
        (local(date(2026, 11, 17)), Urgency.WEEK),
        (local(date(2026, 11, 16), 23, 59), Urgency.LATER),
    ],
)
def test_a_term_becomes_more_urgent_as_its_end_comes_nearer(now: datetime, expected: Urgency) -> None:
    due, warn = due_moment(date(2026, 11, 24)), local(date(2026, 11, 21))
    assert urgency(now, due, warn) is expected
    assert urgency(now, due) is (Urgency.WEEK if expected is Urgency.SOON else expected)


def test_a_term_of_hours_is_late_on_its_own_day() -> None:
    due = local(date(2026, 11, 19), 16)
    assert urgency(local(date(2026, 11, 19), 15, 59), due) is Urgency.TODAY
    assert urgency(local(date(2026, 11, 19), 16), due) is Urgency.LATE
