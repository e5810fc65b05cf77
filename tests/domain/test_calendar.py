"""The holidays of the Algemene termijnenwet, against an independent reckoning of every year."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from app.domain.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarConfig,
    EquatedDay,
    SchoolHoliday,
    UnknownYear,
    is_holiday,
    is_schoolday,
    is_workday,
)

PLAIN = CalendarConfig()
SUNDAY = 6


def holidays_by_the_act(year: int) -> set[date]:
    """Article 3(1) and (2), worked out from Easter and the King's (until 2013 the Queen's) birthday alone."""
    sunday = easter(year)
    kings_day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    moving = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    fixed = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return moving | fixed | {kings_day - timedelta(days=kings_day.weekday() == SUNDAY)}


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_holidays_of_every_year_are_those_of_article_3(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    found = {day for day in days if day.year == year and is_holiday(day, PLAIN) and day.weekday() != SUNDAY}
    assert found == {day for day in holidays_by_the_act(year) if day.weekday() != SUNDAY}


@pytest.mark.parametrize("year", range(2000, 2061))
def test_good_friday_and_the_fifth_of_may_are_holidays_every_year(year: int) -> None:
    assert is_holiday(easter(year) - timedelta(days=2), PLAIN)
    assert is_holiday(date(year, 5, 5), PLAIN)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2013, 4, 30), True),  # the Queen's birthday
        (date(2006, 4, 29), True),  # 30 April was a Sunday
        (date(2013, 4, 27), False),
        (date(2015, 4, 27), True),
        (date(2025, 4, 26), True),  # 27 April is a Sunday
        (date(2014, 4, 30), False),
        (date(2026, 5, 15), False),  # the Friday after Ascension, unless a decree says so
        (date(2026, 12, 31), False),
    ],
)
def test_the_kings_birthday_moves_as_it_is_celebrated(day: date, holiday: bool) -> None:
    assert is_holiday(day, PLAIN) is holiday


def test_a_day_equated_by_decree_is_a_holiday_only_when_it_is_configured() -> None:
    decreed = CalendarConfig(equated_days=(EquatedDay(date(2026, 5, 15), "besluit"),))
    assert not is_workday(date(2026, 5, 15), decreed)
    assert is_workday(date(2026, 5, 15), PLAIN)


def test_a_weekend_is_no_working_day() -> None:
    assert [is_workday(date(2026, 11, 23) + timedelta(days=n), PLAIN) for n in range(7)] == [True] * 5 + [False] * 2


def test_a_school_holiday_is_no_school_day_from_its_first_to_its_last_day() -> None:
    config = CalendarConfig(school_holidays=(SchoolHoliday(date(2026, 10, 19), date(2026, 10, 23), "Herfstvakantie"),))
    week = [date(2026, 10, 16), date(2026, 10, 19), date(2026, 10, 23), date(2026, 10, 26)]
    assert [is_schoolday(day, config) for day in week] == [True, False, False, True]
    assert all(is_workday(day, config) for day in week)


@pytest.mark.parametrize("year", [1, FIRST_YEAR - 1, LAST_YEAR + 1, 9999])
def test_a_year_without_known_holidays_is_refused_instead_of_counted_wrong(year: int) -> None:
    with pytest.raises(UnknownYear, match=f"Het jaar {year} kan niet kloppen"):
        is_workday(date(year, 3, 1) if date(year, 3, 1).weekday() < 5 else date(year, 3, 3), PLAIN)
