"""What is typed for a setting, and which value counts when."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from app.domain.board_settings import Entry, holding, parts, upcoming
from app.domain.errors import InvalidAnswers
from app.domain.procedure import Calendar, TermRule
from app.domain.reachability import Reach, read_reach
from app.domain.setting_answers import Dated, read_committee, read_dated, read_days, read_phone, read_target

TODAY = date(2026, 11, 19)
SCHOOLDAYS, HOURS = TermRule("P10D", Calendar.SCHOOLDAYS), TermRule("PT4H", Calendar.OFFICEHOURS)
SOURCE = {"source": "Besluit 12"}


def wrong(raw: Mapping[str, str], drawn: TermRule = SCHOOLDAYS) -> dict[str, str]:
    with pytest.raises(InvalidAnswers) as refused:
        read_dated({**SOURCE, **raw}, TODAY, read_target(drawn))
    return refused.value.fields


def entry(day: int, hour: int, period: str = "P5D") -> Entry:
    return Entry("target:a.b", {"period": period}, date(2026, 11, day), "Besluit", datetime(2026, 11, 1, hour, tzinfo=UTC))


def test_a_target_is_a_number_and_a_unit_from_a_day_on() -> None:
    read = read_dated({**SOURCE, "number": "2", "unit": "weken", "valid_from": "01-12-2026"}, TODAY, read_target(SCHOOLDAYS))
    assert read == Dated({"period": "P2W"}, date(2026, 12, 1), "Besluit 12")


def test_a_target_goes_back_to_the_diagram_with_an_empty_value() -> None:
    read = read_dated({**SOURCE, "withdrawn": "ja"}, TODAY, read_target(SCHOOLDAYS))
    assert read == Dated({}, TODAY, "Besluit 12")


@pytest.mark.parametrize("number", ["", "0", "100", "-1", "2,5", "P2W", "twee", "²"])
def test_what_is_no_number_is_refused_at_its_field(number: str) -> None:
    assert "Vul een heel getal in van 1 tot en met 99." in wrong({"number": number, "unit": "dagen"})["number"]


def test_hours_and_days_do_not_stand_in_for_each_other() -> None:
    assert wrong({"number": "4", "unit": "uren"}) == {"unit": "Deze stap telt in dagen. Kies dagen of weken."}
    assert wrong({"number": "4", "unit": "dagen"}, HOURS) == {"unit": "Deze stap telt in uren. Kies uren."}
    assert wrong({"number": "4", "unit": "maanden"}) == {"unit": "Kies uren, dagen of weken."}


def test_what_must_be_done_at_once_gets_no_longer() -> None:
    assert wrong({"number": "5", "unit": "uren"}, HOURS) == {
        "unit": "Deze stap moet meteen gebeuren. Kies hoogstens 4 uur: korter mag, langer niet."
    }
    shorter = read_dated({**SOURCE, "number": "2", "unit": "uren"}, TODAY, read_target(HOURS))
    assert shorter.value == {"period": "PT2H"}


def test_a_setting_never_begins_in_the_past_and_has_a_source() -> None:
    found = wrong({"number": "4", "unit": "dagen", "valid_from": "18-11-2026", "source": " "})
    assert found.keys() == {"valid_from", "source"}
    assert "Kies vandaag of later" in found["valid_from"]


def test_numbers_and_pages_are_looked_at() -> None:
    raw = {"name": "LKC", "phone": "bel maar", "website": "lkc.nl", "number": "12", "unit": "weken", **SOURCE}
    with pytest.raises(InvalidAnswers) as refused:
        read_dated(raw, TODAY, read_committee)
    assert refused.value.fields.keys() == {"phone", "website"}
    with pytest.raises(InvalidAnswers) as refused:
        read_dated({**raw, "phone": "030 280 95 90", "website": "", "unit": "uren"}, TODAY, read_committee)
    assert refused.value.fields == {"unit": "Een commissie telt niet in uren. Kies dagen of weken."}
    assert read_dated({"phone": "0800 2000", **SOURCE}, TODAY, read_phone).value == {"phone": "0800 2000"}


def test_days_off_end_after_they_begin() -> None:
    one = read_dated({"first": "04-12-2026", **SOURCE}, TODAY, read_days)
    assert one.value == {"first": "2026-12-04", "last": "2026-12-04"}
    with pytest.raises(InvalidAnswers) as refused:
        read_dated({"first": "04-12-2026", "last": "03-12-2026", **SOURCE}, TODAY, read_days)
    assert refused.value.fields.keys() == {"last"}


def test_of_what_has_begun_the_newest_counts_and_of_one_day_the_last_word() -> None:
    early, late, again, coming = entry(3, 8), entry(10, 7, "P6D"), entry(10, 9, "P7D"), entry(25, 6, "P8D")
    entries = (again, coming, late, early)
    assert holding(entries, TODAY) == {"target:a.b": again}
    assert holding(entries, TODAY, known_at=datetime(2026, 11, 1, 8, tzinfo=UTC)) == {"target:a.b": late}
    assert holding(entries, date(2026, 11, 2)) == {}
    assert upcoming(entries, TODAY) == {"target:a.b": coming}


@pytest.mark.parametrize(
    "text", ["", "target", "target:", "phone:nobody", "holiday:oost.2026.Kerstvakantie", "day_off:nu", "x:y"]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert parts(text) is None


def test_somebody_is_reached_by_phone_or_mail_on_days_and_hours() -> None:
    raw = {"phone": "06 12 34 56 78", "day_0": "ja", "day_3": "ja", "from": "8.30", "until": "16:00"}
    assert read_reach(raw) == Reach("06 12 34 56 78", "", (0, 3), 510, 960)
    for typed, field in (
        ({}, "phone"),
        ({"phone": "06 12", "from": "9.00"}, "until"),
        ({"phone": "06 12", "from": "25.00"}, "from"),
    ):
        with pytest.raises(InvalidAnswers) as refused:
            read_reach(typed)
        assert refused.value.fields.keys() == {field}
