"""Months, bands, shares and days of the compliance board: Amsterdam's, and never more than was."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.compliance import Band, midnight, months_until, share, whole_months, within
from app.domain.facts import FactValue
from app.domain.procedure import Procedure, Process
from app.domain.watching import Watched, watched


def test_a_month_begins_at_midnight_in_amsterdam() -> None:
    last_hour = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert months_until(last_hour)[-1] == date(2026, 7, 1)
    assert months_until(last_hour)[0] == date(2025, 8, 1)
    assert len(months_until(last_hour)) == 12
    assert midnight(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert midnight(date(2026, 1, 1)) == datetime(2025, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "first", "after"),
    [
        (datetime(2026, 11, 20, tzinfo=UTC), date(2026, 8, 1), date(2026, 11, 1)),
        (datetime(2026, 1, 31, tzinfo=UTC), date(2025, 10, 1), date(2026, 1, 1)),
    ],
)
def test_adviser_work_is_told_of_whole_months_alone(now: datetime, first: date, after: date) -> None:
    assert whole_months(now) == (first, after)


@given(st.integers(0, 10_000))
def test_a_number_lies_in_its_band_of_five(number: int) -> None:
    band = Band.of(number)
    assert band.least <= number <= band.most == band.least + 4
    assert band.least % 5 == 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_hundred_percent_is_said_of_all_alone(kept: int, missed: int) -> None:
    found = share(kept, missed)
    assert (found is None) == (kept + missed == 0)
    assert (found == 100) == (missed == 0 < kept)


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1), st.integers(1, 100))
def test_so_many_percent_were_done_within_the_days_and_not_within_fewer(days: dict[int, int], percent: int) -> None:
    found, total = within(days, percent), sum(days.values())
    assert sum(number for length, number in days.items() if length <= found) * 100 >= total * percent
    assert sum(number for length, number in days.items() if length < found) * 100 < total * percent


def test_of_nothing_there_is_no_number_of_days() -> None:
    with pytest.raises(ValueError, match="nothing"):
        within({}, 50)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Watched(board=False, leader=False, counted=None)),
        ({"involved": "nee"}, Watched(board=True, leader=False, counted=None)),
        ({"involved": "ja"}, Watched(board=False, leader=False, counted=None)),
    ],
)
def test_who_may_watch_is_what_the_facts_say_and_nobody_where_nothing_is_said(
    facts: dict[str, FactValue], expected: Watched
) -> None:
    main = Process("route", "Route", {}, {}, properties={"watchBoard": "${involved == 'nee'}"})
    assert watched(Procedure("route", "route", {"route": main}, {}, ""), facts) == expected


def test_adviser_work_counts_when_its_condition_holds() -> None:
    main = Process("route", "Route", {}, {}, properties={"adviserWork": "${involved == 'nee'}"})
    procedure = Procedure("route", "route", {"route": main}, {}, "")
    assert [watched(procedure, {"involved": said}).counted for said in ("ja", "nee")] == [False, True]
