"""The bar of a term: the five pictures, and what holds for every bar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.term_bar import Bar, Segment, Tone, bar

TODAY = date(2026, 11, 19)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_a_calm_term_is_accent_until_today_and_thin_after_it() -> None:
    assert bar(date(2026, 11, 10), date(2026, 12, 8), TODAY, warn=date(2026, 12, 1)) == Bar(
        warn=75.0,
        today=32.14,
        old_end=None,
        end=100.0,
        met=None,
        segments=(Segment(0.0, 32.14, Tone.ACCENT), Segment(32.14, 100.0, Tone.REST)),
    )


def test_after_the_warning_the_bar_goes_on_in_amber() -> None:
    drawn = bar(date(2026, 10, 27), date(2026, 11, 24), TODAY, warn=date(2026, 11, 17))
    assert drawn.segments == (Segment(0.0, 75.0, Tone.ACCENT), Segment(75.0, 82.14, Tone.SOON), Segment(82.14, 100.0, Tone.REST))


def test_a_late_term_runs_red_past_its_end_until_today() -> None:
    drawn = bar(date(2026, 10, 19), date(2026, 11, 16), TODAY, warn=date(2026, 11, 9))
    assert (drawn.end, drawn.today) == (90.32, 100.0)
    assert drawn.segments == (
        Segment(0.0, 67.74, Tone.ACCENT),
        Segment(67.74, 90.32, Tone.SOON),
        Segment(90.32, 100.0, Tone.LATE),
    )


def test_an_extension_is_dashed_from_the_old_end() -> None:
    drawn = bar(date(2026, 10, 23), date(2026, 12, 4), TODAY, extended_from=date(2026, 11, 20))
    assert drawn.old_end == 66.67
    assert drawn.segments == (
        Segment(0.0, 64.29, Tone.ACCENT),
        Segment(64.29, 66.67, Tone.REST),
        Segment(66.67, 100.0, Tone.EXTENSION),
    )


def test_an_extension_in_use_is_accent_until_today_and_dashed_from_there() -> None:
    drawn = bar(date(2026, 10, 23), date(2026, 12, 4), date(2026, 11, 25), extended_from=date(2026, 11, 20))
    assert drawn.segments == (Segment(0.0, 78.57, Tone.ACCENT), Segment(78.57, 100.0, Tone.EXTENSION))


def test_a_met_term_is_calm_up_to_its_dot_and_has_no_today() -> None:
    drawn = bar(
        date(2026, 6, 29),
        date(2026, 10, 30),
        TODAY,
        warn=date(2026, 10, 23),
        extended_from=date(2026, 10, 5),
        met_on=date(2026, 10, 27),
    )
    assert (drawn.today, drawn.warn, drawn.met, drawn.end) == (None, None, 97.56, 100.0)
    assert drawn.segments == (Segment(0.0, 97.56, Tone.ACCENT), Segment(97.56, 100.0, Tone.EXTENSION))


def test_a_term_done_too_late_shows_how_late() -> None:
    drawn = bar(date(2026, 10, 5), date(2026, 11, 2), TODAY, met_on=date(2026, 11, 9))
    assert (drawn.end, drawn.met) == (80.0, 100.0)
    assert drawn.segments == (Segment(0.0, 80.0, Tone.ACCENT), Segment(80.0, 100.0, Tone.LATE))


def test_a_term_of_one_day_stands_at_the_end() -> None:
    assert bar(TODAY, TODAY, TODAY) == Bar(None, 100.0, None, 100.0, None, (Segment(0.0, 100.0, Tone.ACCENT),))


@given(
    start=DAYS,
    length=st.integers(0, 90),
    today=DAYS,
    warn=st.none() | st.integers(0, 90),
    old=st.none() | st.integers(0, 90),
    met=st.none() | DAYS,
)
def test_the_segments_of_any_bar_join_from_the_start_to_the_end(
    start: date, length: int, today: date, warn: int | None, old: int | None, met: date | None
) -> None:
    def within(days: int | None) -> date | None:
        return None if days is None else start + timedelta(days=min(days, length))

    drawn = bar(start, start + timedelta(days=length), today, warn=within(warn), extended_from=within(old), met_on=met)
    edges = [segment.start for segment in drawn.segments] + [drawn.segments[-1].end]
    assert (edges[0], edges[-1]) == (0.0, 100.0)
    assert edges == sorted(set(edges))
    assert [segment.end for segment in drawn.segments] == edges[1:]
    signs = (drawn.warn, drawn.today, drawn.old_end, drawn.end, drawn.met)
    assert all(0.0 <= sign <= 100.0 for sign in signs if sign is not None)
