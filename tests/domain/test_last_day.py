"""The last day of a term: the articles of the Algemene termijnenwet, and the other calendars, over thirty years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import CalendarConfig, EquatedDay, SchoolHoliday, UnknownYear, is_schoolday, is_workday
from app.domain.deadlines import last_day
from app.domain.period import parse_period
from app.domain.procedure import Calendar

PLAIN = CalendarConfig()
DAY = timedelta(days=1)
STARTS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
IN_THE_ACT = st.one_of(
    st.integers(1, 90).map("P{}D".format), st.integers(1, 12).map("P{}W".format), st.integers(1, 3).map("P{}M".format)
)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2026, 11, 27), "P4W", date(2026, 12, 28)),  # art. 1(1): 25 December is a Friday
        (date(2026, 3, 30), "P4W", date(2026, 4, 28)),  # art. 1(1): 27 April is King's Day, a Monday
        (date(2026, 11, 2), "P4W", date(2026, 11, 30)),  # ends on a working day: nothing happens
        (date(2026, 3, 6), "P4W", date(2026, 4, 7)),  # art. 3(2): Good Friday, then Easter
        (date(2027, 4, 7), "P4W", date(2027, 5, 7)),  # 5 May, then Ascension on the 6th
        (date(2026, 12, 24), "P3D", date(2026, 12, 29)),  # art. 2: only the 28th would count
        (date(2026, 11, 20), "P3D", date(2026, 11, 24)),  # art. 2: a weekend and a Monday become a Tuesday too
        (date(2026, 12, 24), "P2D", date(2026, 12, 28)),  # shorter than three days: article 1 alone
        (date(2026, 1, 30), "P1M", date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 9, 4), "P90D", date(2026, 12, 3)),
        (date(2026, 10, 2), "P12W", date(2026, 12, 28)),  # twelve weeks: the act still holds
    ],
)
def test_the_act_extends_a_term_as_its_articles_1_to_3_say(start: date, period: str, end: date) -> None:
    assert last_day(start, period, Calendar.ATW, PLAIN) == end


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2026, 9, 26), "P91D", date(2026, 12, 26)),  # Boxing Day, a Saturday
        (date(2026, 9, 25), "P13W", date(2026, 12, 25)),
        (date(2026, 8, 25), "P4M", date(2026, 12, 25)),
        (date(2025, 12, 25), "P1Y", date(2026, 12, 25)),
    ],
)
def test_the_act_does_not_touch_the_longer_terms_of_article_4(start: date, period: str, end: date) -> None:
    assert last_day(start, period, Calendar.ATW, PLAIN) == end


def test_a_day_equated_by_decree_extends_a_term() -> None:
    decreed = CalendarConfig(equated_days=(EquatedDay(date(2026, 5, 15), "besluit"),))
    assert last_day(date(2026, 4, 16), "P4W", Calendar.ATW, PLAIN) == date(2026, 5, 15)
    assert last_day(date(2026, 4, 16), "P4W", Calendar.ATW, decreed) == date(2026, 5, 18)


@given(start=STARTS, period=IN_THE_ACT)
def test_a_statutory_term_ends_on_the_first_working_day_that_the_act_allows(start: date, period: str) -> None:
    plain, end = parse_period(period).after(start), last_day(start, period, Calendar.ATW, PLAIN)
    inside = [day for n in range(1, (end - start).days + 1) if is_workday(day := start + n * DAY, PLAIN)]
    enough = 2 if (plain - start).days >= 3 else 1
    assert end >= plain
    assert inside[-1] == end
    assert len(inside) >= enough
    if end > plain:
        before = [day for day in inside if day != end]
        assert len(before) < enough or not any(plain <= day for day in before)


@given(start=STARTS, period=IN_THE_ACT)
def test_a_later_start_never_ends_earlier(start: date, period: str) -> None:
    assert last_day(start, period, Calendar.ATW, PLAIN) <= last_day(start + DAY, period, Calendar.ATW, PLAIN)


@given(start=STARTS, period=IN_THE_ACT, first=STARTS, length=st.integers(0, 60))
def test_a_school_holiday_never_shifts_a_statutory_term(start: date, period: str, first: date, length: int) -> None:
    config = CalendarConfig(
        school_holidays=(
            SchoolHoliday(first, first + length * DAY, "Vakantie"),
            SchoolHoliday(start, start + length * DAY, "Vakantie"),
        )
    )
    assert last_day(start, period, Calendar.ATW, config) == last_day(start, period, Calendar.ATW, PLAIN)


@given(start=STARTS, number=st.integers(1, 60))
def test_working_days_counted_back_from_the_last_day_are_as_many_as_were_asked(start: date, number: int) -> None:
    end = last_day(start, f"P{number}D", Calendar.WORKDAYS, PLAIN)
    counted = [day for n in range(1, (end - start).days + 1) if is_workday(day := start + n * DAY, PLAIN)]
    assert len(counted) == number
    assert counted[-1] == end


@given(start=STARTS, number=st.integers(1, 20))
def test_a_week_of_working_days_is_five_of_them(start: date, number: int) -> None:
    weeks = last_day(start, f"P{number}W", Calendar.WORKDAYS, PLAIN)
    assert weeks == last_day(start, f"P{5 * number}D", Calendar.WORKDAYS, PLAIN)


@given(start=STARTS, number=st.integers(1, 20), gap=st.integers(0, 20), length=st.integers(0, 45))
def test_school_days_skip_the_school_holidays_too(start: date, number: int, gap: int, length: int) -> None:
    first = start + gap * DAY
    config = CalendarConfig(school_holidays=(SchoolHoliday(first, first + length * DAY, "Vakantie"),))
    end = last_day(start, f"P{number}D", Calendar.SCHOOLDAYS, config)
    counted = [day for n in range(1, (end - start).days + 1) if is_schoolday(day := start + n * DAY, config)]
    assert len(counted) == number
    assert counted[-1] == end


@given(start=STARTS, number=st.integers(0, 999))
def test_the_plain_calendar_counts_every_day(start: date, number: int) -> None:
    assert last_day(start, f"P{number}D", Calendar.CALENDAR, PLAIN) == start + number * DAY


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 12, 25), date(2026, 12, 28)),
    ],
)
def test_the_same_day_means_the_first_working_day_from_there(start: date, end: date) -> None:
    assert last_day(start, "P0D", Calendar.WORKDAYS, PLAIN) == end


def test_a_term_of_hours_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="vanaf een moment"):
        last_day(date(2026, 11, 27), "PT4H", Calendar.CALENDAR, PLAIN)


@pytest.mark.parametrize("calendar", [Calendar.ATW, Calendar.WORKDAYS, Calendar.SCHOOLDAYS, Calendar.CALENDAR])
def test_a_mistyped_year_is_refused(calendar: Calendar) -> None:
    for start in (date(226, 11, 27), date(9999, 12, 31)):
        with pytest.raises(UnknownYear):
            last_day(start, "P4W", calendar, PLAIN)
