"""Whether a term was met, and when it may be extended: the dates entered decide."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.calendar import CalendarConfig
from app.domain.deadlines import DeadlineState, check_extension, extend, outcome, term
from app.domain.errors import InvalidAnswers
from app.domain.facts import FactValue
from app.domain.procedure import Calendar, TermRule

RULE = TermRule("P4W", Calendar.ATW, warn="P1W", statutory=True, extendable=True)
TERM = term(RULE, date(2026, 11, 27), CalendarConfig())
LAST = date(2026, 12, 28)
BEFORE, AFTER = TERM.due - timedelta(seconds=1), TERM.due
IN_TIME, LATE = LAST, LAST + timedelta(days=1)


@pytest.mark.parametrize(
    ("met_by", "completed_at", "now", "state"),
    [
        ((IN_TIME, IN_TIME), AFTER, AFTER, DeadlineState.MET),  # written in time, recorded a day later
        ((IN_TIME, LATE), BEFORE, AFTER, DeadlineState.MISSED),
        ((LATE, LATE), None, AFTER, DeadlineState.MISSED),
        ((IN_TIME, None), None, BEFORE, DeadlineState.RUNNING),
        ((IN_TIME, None), None, AFTER, DeadlineState.OVERDUE),
        ((IN_TIME, None), BEFORE, BEFORE, DeadlineState.RUNNING),
        ((IN_TIME, None), BEFORE, AFTER, DeadlineState.MISSED),
        ((BEFORE,), AFTER, AFTER, DeadlineState.MET),
        ((AFTER,), AFTER, AFTER, DeadlineState.MISSED),
        ((), BEFORE, AFTER, DeadlineState.MET),
        ((), AFTER, AFTER, DeadlineState.MISSED),
        ((), None, BEFORE, DeadlineState.RUNNING),
        ((), None, AFTER, DeadlineState.OVERDUE),
    ],
)
def test_dates_decide_and_without_them_the_moment_of_completing(
    met_by: tuple[FactValue | None, ...], completed_at: datetime | None, now: datetime, state: DeadlineState
) -> None:
    assert outcome(TERM, met_by, completed_at, now) is state


def test_only_dates_and_moments_can_meet_a_term() -> None:
    with pytest.raises(TypeError):
        outcome(TERM, ("ja",), None, BEFORE)


def test_an_extension_names_the_new_last_day_and_moves_the_warning() -> None:
    extended = extend(RULE, TERM, date(2027, 1, 16))  # a Saturday: what was promised stands
    assert extended.due == datetime(2027, 1, 16, 23, 0, tzinfo=UTC)
    assert extended.warn == datetime(2027, 1, 8, 23, 0, tzinfo=UTC)
    assert extended.extended_from == LAST
    assert extended.start == TERM.start


def test_a_second_extension_remembers_the_first_last_day() -> None:
    assert extend(RULE, extend(RULE, TERM, date(2027, 1, 11)), date(2027, 2, 1)).extended_from == LAST


@pytest.mark.parametrize("today", [date(2026, 12, 20), LAST, date(2027, 1, 4)])
def test_an_extension_told_in_time_stands_whenever_it_is_recorded(today: date) -> None:
    told = {"complainant_notified_on": date(2026, 12, 18), "committee_notified_on": min(LAST, today)}
    check_extension(LAST, date(2027, 12, 31), told, today)


@pytest.mark.parametrize(
    ("extended_to", "complainant", "today", "field", "words"),
    [
        (LAST, date(2026, 12, 18), LAST, "extended_to", "later zijn dan 28-12-2026"),
        (date(2026, 12, 1), date(2026, 12, 18), LAST, "extended_to", "later zijn dan 28-12-2026"),
        (date(2027, 1, 11), None, LAST, "complainant_notified_on", "Vul in wanneer"),
        (date(2027, 1, 11), LATE, date(2027, 1, 4), "complainant_notified_on", "uiterlijk op 28-12-2026"),
        (date(2027, 1, 11), date(2026, 12, 22), date(2026, 12, 21), "complainant_notified_on", "in de toekomst"),
    ],
)
def test_an_extension_that_the_law_does_not_allow_says_why_at_the_field(
    extended_to: date, complainant: date | None, today: date, field: str, words: str
) -> None:
    told = {"complainant_notified_on": complainant, "committee_notified_on": date(2026, 12, 18)}
    with pytest.raises(InvalidAnswers) as refusal:
        check_extension(LAST, extended_to, told, today)
    assert list(refusal.value.fields) == [field]
    assert words in refusal.value.fields[field]


def test_every_wrong_field_of_an_extension_is_named_at_once() -> None:
    with pytest.raises(InvalidAnswers) as refusal:
        check_extension(LAST, LAST, {"a": None, "b": LATE}, date(2027, 1, 4))
    assert list(refusal.value.fields) == ["extended_to", "a", "b"]
