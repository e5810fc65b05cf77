"""Periods: what can be read, and which calendar counts what."""

from datetime import date, timedelta

import pytest

from app.domain.period import Period, Unit, check_period, parse_period, parse_warning
from app.domain.procedure import Calendar


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P4W", Period(4, Unit.WEEK)),
        ("P10D", Period(10, Unit.DAY)),
        ("P2M", Period(2, Unit.MONTH)),
        ("P1Y", Period(1, Unit.YEAR)),
        ("PT4H", Period(4, Unit.HOUR)),
        ("P0D", Period(0, Unit.DAY)),
    ],
)
def test_a_period_is_a_number_and_a_unit(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text", ["P4X", "", "P", "PT", "4W", "P4", "P-1D", "p4w", "P4W ", "P1M2D", "PT30M", "P1.5D", "P9999D", "P٤W", "P4W\n"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is geen geldige periode; schrijf bijvoorbeeld P4W voor vier weken"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "length"), [("PT30M", timedelta(minutes=30)), ("PT4H", timedelta(hours=4)), ("P1M", Period(1, Unit.MONTH))]
)
def test_a_warning_may_also_be_given_in_minutes(text: str, length: Period | timedelta) -> None:
    assert parse_warning(text) == length


@pytest.mark.parametrize("text", ["PT30", "PTM", "PT-1M", "PT30M ", "PT1H30M"])
def test_a_warning_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is geen geldige periode"):
        parse_warning(text)


@pytest.mark.parametrize(
    ("text", "calendar", "words"),
    [
        ("PT4H", Calendar.ATW, "artikel 4"),
        ("PT4H", Calendar.WORKDAYS, "dagen of weken"),
        ("PT4H", Calendar.SCHOOLDAYS, "dagen of weken"),
        ("P1M", Calendar.WORKDAYS, "dagen of weken"),
        ("P1Y", Calendar.SCHOOLDAYS, "dagen of weken"),
        ("P1D", Calendar.OFFICEHOURS, "alleen uren"),
        ("P0D", Calendar.ATW, "duurt niets"),
        ("PT0H", Calendar.CALENDAR, "duurt niets"),
        ("PT0H", Calendar.OFFICEHOURS, "duurt niets"),
    ],
)
def test_a_calendar_refuses_what_it_cannot_count(text: str, calendar: Calendar, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_period(text, calendar)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2028, 1, 31), "P1M", date(2028, 2, 29)),
        (date(2026, 2, 28), "P1M", date(2026, 3, 28)),
        (date(2026, 8, 31), "P3M", date(2026, 11, 30)),
        (date(2028, 2, 29), "P1Y", date(2029, 2, 28)),
        (date(2026, 12, 31), "P2M", date(2027, 2, 28)),
    ],
)
def test_a_month_ends_at_the_end_of_the_month_at_the_latest(start: date, text: str, end: date) -> None:
    assert parse_period(text).after(start) == end


def test_hours_are_no_days() -> None:
    with pytest.raises(ValueError, match="vanaf een moment"):
        parse_period("PT4H").after(date(2026, 1, 1))
