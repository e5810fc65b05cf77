"""Dates and terms in words, Dutch and English."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from app.services.views.inbox import Due
from app.web import words
from app.web.phones import phone_numbers
from tests.web import samples
from tests.web.samples import TODAY


@pytest.fixture(autouse=True)
def request_of_a_page(web: Flask) -> Iterator[None]:
    with web.test_request_context("/inloggen"):
        yield


def test_days_read_as_people_write_them() -> None:
    assert words.day_short(date(2026, 11, 16)) == "ma 16 nov"
    assert words.day_tiny(date(2027, 3, 1)) == "1 mrt"
    assert words.day_long(date(2026, 11, 24)) == "dinsdag 24 november"
    assert words.day_year(date(2026, 10, 27)) == "27 oktober 2026"
    assert words.day_typed(date(2026, 1, 8)) == "08-01-2026"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 16), "3 dagen te laat"),
        (date(2026, 11, 18), "1 dag te laat"),
        (date(2026, 11, 19), "vandaag"),
        (date(2026, 11, 20), "morgen"),
        (date(2026, 11, 24), "over 5 dagen"),
    ],
)
def test_a_column_says_how_far_away_a_day_is(day: date, said: str) -> None:
    assert words.due_words(samples.due(day)) == said


def test_hours_show_in_amsterdam_time() -> None:
    winter, summer = datetime(2026, 11, 19, 15, 0, tzinfo=UTC), datetime(2026, 7, 1, 15, 0, tzinfo=UTC)
    assert words.due_words(samples.due(TODAY, at=winter)) == "vandaag, 16.00"
    assert words.hour(summer) == "17.00"


def test_a_term_in_hours_that_is_over_today_is_too_late() -> None:
    assert words.due_words(Due("late", TODAY, 0, datetime(2026, 11, 19, 9, 0, tzinfo=UTC))) == "te laat"


def test_what_is_left_reads_on_its_own() -> None:
    assert words.left_words(samples.due(date(2026, 11, 20))) == "nog 1 dag"
    assert words.left_words(samples.due(date(2026, 11, 24))) == "nog 5 dagen"
    assert words.left_words(samples.due(date(2026, 11, 16))) == "3 dagen te laat"


def test_a_term_in_hours_is_told_with_its_hour() -> None:
    at = datetime(2026, 11, 20, 19, 15, tzinfo=UTC)
    due = samples.due(date(2026, 11, 20), at=at)
    assert words.due_words(due) == words.left_words(due) == "morgen, 20.15"
    told = words.term_sentence(replace(samples.running_term(), due=due))
    assert told == "Nog 1 dag: uiterlijk vrijdag 20 november om 20.15 uur"


def test_the_numbers_to_call_are_found_in_an_instruction() -> None:
    assert phone_numbers("Bel 112, of Veilig Thuis op 0800-2000 (0800-2000 is gratis).") == ["112", "0800-2000"]
    assert phone_numbers("De inspecteur: 0900 111 3 111, op werkdagen.") == ["0900 111 3 111"]
    assert phone_numbers("Artikel 112a, 2026-11-27 en 1120.") == []


def test_a_term_is_told_in_a_full_sentence() -> None:
    assert words.term_sentence(samples.running_term()) == "Nog 5 dagen: uiterlijk dinsdag 24 november"
    assert words.term_sentence(samples.late_term()) == "3 dagen te laat: het moest uiterlijk maandag 16 november"
    assert words.term_sentence(samples.extended_term()) == "Nog 15 dagen: verlengd tot vrijdag 4 december"
    assert words.term_sentence(samples.met_term()) == "Gehaald op 27 oktober 2026"


def test_moments_of_today_say_so() -> None:
    assert words.moment_words(datetime(2026, 11, 19, 9, 42, tzinfo=UTC), TODAY) == "vandaag om 10.42 uur"
    assert words.moment_words(datetime(2026, 10, 24, 22, 30, tzinfo=UTC), TODAY) == "25 oktober 2026 om 00.30 uur"


def test_english_says_the_same() -> None:
    with force_locale("en"):
        assert words.day_long(date(2026, 11, 24)) == "Tuesday 24 November"
        assert words.due_words(samples.due(date(2026, 11, 16))) == "3 days late"
        assert words.hour(datetime(2026, 11, 19, 15, 0, tzinfo=UTC)) == "16:00"
        assert words.term_sentence(samples.running_term()) == "5 days left: by Tuesday 24 November"


def test_names_stand_in_a_row() -> None:
    assert words.names(()) == ""
    assert words.names(("Sanne",)) == "Sanne"
    assert words.names(("Sanne", "Kemal", "Ria")) == "Sanne, Kemal en Ria"
