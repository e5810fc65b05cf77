"""The calendar file: what ships with the product, and what is said about a wrong one."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from app.calendars import SHIPPED, CalendarError, load_calendar
from app.domain.calendar import EquatedDay

REGIONS = ("Noord", "Midden", "Zuid")


def test_no_day_is_equated_by_the_shipped_calendar() -> None:
    assert load_calendar().equated_days == ()


@pytest.mark.parametrize("region", REGIONS)
def test_the_shipped_school_holidays_are_the_ministrys(region: str) -> None:
    config = load_calendar(SHIPPED, region)
    ours = {h.first + timedelta(days=n) for h in config.school_holidays for n in range((h.last - h.first).days + 1)}
    theirs = holidays.country_holidays("NL", subdiv=region, years=range(2025, 2028), categories=(holidays.SCHOOL,))
    assert ours == {day for day in theirs if date(2025, 9, 15) <= day <= date(2027, 9, 15)}


def test_the_file_names_the_region_that_counts_unless_it_is_asked_for() -> None:
    assert load_calendar() == load_calendar(SHIPPED, "Midden") != load_calendar(SHIPPED, "Noord")


def test_an_equated_day_keeps_its_source(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text("equated_days:\n  - {day: 2027-05-07, source: besluit}\n", encoding="utf-8")
    assert load_calendar(path).equated_days == (EquatedDay(date(2027, 5, 7), "besluit"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "namen met een waarde"),
        ("- 1", "namen met een waarde"),
        ("a: [", "geen geldige YAML"),
        ("equated_days: [{day: 2027-02-30, source: x}]", "geen geldige YAML"),
        ("\x00", "geen geldige YAML"),
        ("holidays: []", "holidays is hier onbekend"),
        ("equated_days: 3", "equated_days: hier hoort een lijst"),
        ("equated_days: [x]", "equated_days, nummer 1: hier horen namen"),
        ("equated_days: [{day: morgen, source: x}]", "day hoort een datum te zijn"),
        ("equated_days: [{day: 2027-05-07 10:00:00, source: x}]", "day hoort een datum te zijn"),
        ("equated_days: [{day: 2027-05-07}]", "source hoort een tekst te zijn"),
        ("equated_days: [{day: 2027-05-07, source: x, why: y}]", "why is hier onbekend"),
        ("region: Oost\nschool_holidays: {Noord: []}", "de regio Oost staat er niet in; kies uit Noord"),
        ("school_holidays: {Noord: []}", "staat er niet in; kies uit Noord"),
        ("school_holidays: []\nregion: x\nequated_days: 1", "equated_days: hier hoort een lijst"),
        ("school_holidays: [x]", "school_holidays: hier horen namen"),
        ("region: N\nschool_holidays: {N: [{first: 2027-01-02, last: 2027-01-01, name: x}]}", "ligt voor de eerste"),
        ("region: N\nschool_holidays: {N: [{first: 2027-01-02, name: x}]}", "N, nummer 1: last hoort een datum"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_where(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CalendarError, match=r"calendar\.yml") as refusal:
        load_calendar(path)
    assert words in str(refusal.value)


def test_a_missing_or_unreadable_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match="niet te lezen"):
        load_calendar(tmp_path / "none.yml")
    (tmp_path / "latin.yml").write_bytes(b"\xe9\xff")
    with pytest.raises(CalendarError, match="geen geldige YAML"):
        load_calendar(tmp_path / "latin.yml")
