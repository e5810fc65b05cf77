"""How a notice reaches somebody: what can be chosen, what cannot, and when a digest leaves."""

from datetime import UTC, datetime

import pytest

from app.clock import AMSTERDAM
from app.domain.telling import CHOSEN, Kind, Telling, Way, kind_of, next_digest
from app.mail.texts import NOTICES

ALL_IN_BELL = Telling(dict.fromkeys(CHOSEN, Way.BELL))


@pytest.mark.parametrize("kind", Kind)
def test_who_chose_nothing_is_told_at_once(kind: Kind) -> None:
    assert Telling({}).way(kind, statutory=False) is Way.NOW


def test_escalations_and_missed_terms_of_law_cannot_be_turned_lower() -> None:
    assert Kind.ESCALATED not in CHOSEN
    lowered = Telling(dict.fromkeys(Kind, Way.BELL))
    assert lowered.way(Kind.ESCALATED, statutory=False) is Way.NOW
    assert lowered.way(Kind.MISSED, statutory=True) is Way.NOW
    assert lowered.way(Kind.MISSED, statutory=False) is Way.BELL


@pytest.mark.parametrize("kind", [Kind.ARRIVED, Kind.SOON, Kind.REST])
def test_all_else_goes_as_it_was_chosen(kind: Kind) -> None:
    assert ALL_IN_BELL.way(kind, statutory=True) is Way.BELL


def test_every_notice_has_its_kind() -> None:
    kinds = {notice: kind_of(notice) for notice in NOTICES}
    assert kinds["task_opened"] is kinds["task_passed_on"] is Kind.ARRIVED
    assert (kinds["term_soon"], kinds["term_missed"], kinds["term_escalated"]) == (Kind.SOON, Kind.MISSED, Kind.ESCALATED)
    assert kinds["term_extended"] is kinds["term_corrected"] is kinds["procedure_changed"] is Kind.REST


@pytest.mark.parametrize(
    ("after", "weekday", "leaves"),
    [
        ("2026-11-23 07:29", None, "2026-11-23 07:30"),
        ("2026-11-23 07:30", None, "2026-11-24 07:30"),
        ("2026-11-23 23:59", None, "2026-11-24 07:30"),
        ("2026-11-23 07:29", 0, "2026-11-23 07:30"),
        ("2026-11-23 07:30", 0, "2026-11-30 07:30"),
        ("2026-11-23 09:00", 4, "2026-11-27 07:30"),
        ("2026-12-31 12:00", None, "2027-01-01 07:30"),
    ],
)
def test_a_digest_leaves_at_half_past_seven(after: str, weekday: int | None, leaves: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=AMSTERDAM)
    assert next_digest(moment, weekday) == datetime.fromisoformat(leaves).replace(tzinfo=AMSTERDAM)


def test_it_is_half_past_seven_in_amsterdam_when_the_clock_changes() -> None:
    saturday, monday = datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert next_digest(saturday, None) == datetime(2026, 10, 25, 6, 30, tzinfo=UTC)
    assert next_digest(datetime(2026, 10, 23, 12, tzinfo=UTC), None) == datetime(2026, 10, 24, 5, 30, tzinfo=UTC)
    assert next_digest(monday, None) == datetime(2026, 3, 29, 5, 30, tzinfo=UTC)
