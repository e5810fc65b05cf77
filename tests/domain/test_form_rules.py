"""Answers: what is asked, what stands, and the sentence where something does not."""

from datetime import UTC, date, datetime

import pytest

from app.domain.facts import FactType, FactValue
from app.domain.form_rules import validate, visible_fields
from app.domain.forms import Field, Form, Option, When
from app.domain.roles import FileKind

NOW = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)  # Saturday 28 November, 00.30 in Amsterdam
CHOICE = (Option("ja", "Ja"), Option("deels", "Deels"), Option("nee", "Nee"))


def choice(key: str = "shares", **more: object) -> Field:
    return Field(key, "Eens?", FactType.ENUM, options=CHOICE, **more)  # type: ignore[arg-type]  # names of Field's own


def answer(field: Field, **raw: str) -> tuple[object, str | None]:
    answers = validate(Form("f", (field,)), raw, {}, NOW)
    return answers.facts.get(field.key, answers.sealed.get(field.key)), answers.errors.get(field.key)


@pytest.mark.parametrize("typed", ["18-11-2026", "18/11/2026", "18 11 2026", "18.11.2026", "2026-11-18", " 18-11-2026 "])
def test_a_day_can_be_written_in_the_ways_people_write_it(typed: str) -> None:
    assert answer(Field("on", "Dag", FactType.DATE), on=typed) == (date(2026, 11, 18), None)


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        (Field("x", "Dag", FactType.DATE, required=True), "", "Vul een datum in."),
        (Field("x", "Dag", FactType.DATE), "18-11-26", "Vul een datum in zoals 18-11-2026."),
        (Field("x", "Dag", FactType.DATE), "morgen", "Vul een datum in zoals 18-11-2026."),
        (Field("x", "Dag", FactType.DATE), "١٨-11-2026", "Vul een datum in zoals 18-11-2026."),
        (Field("x", "Dag", FactType.DATE), "31-2-2026", "Deze dag bestaat niet. Vul een datum in zoals 18-11-2026."),
        (Field("x", "Dag", FactType.DATE), "1-1-0206", "Dit jaar klopt niet. Vul een datum in zoals 18-11-2026."),
        (
            Field("x", "D", FactType.DATE, when=When.PAST),
            "29-11-2026",
            "Deze dag ligt in de toekomst. Kies vandaag of een eerdere dag.",
        ),
        (
            Field("x", "D", FactType.DATE, when=When.FUTURE),
            "28-11-2026",
            "Deze dag is te vroeg. Kies 29-11-2026 of een latere dag.",
        ),
        (choice("x", required=True), "", "Kies ja, deels of nee."),
        (choice("x"), "misschien", "Dit antwoord kennen we niet. Kies ja, deels of nee."),
        (Field("x", "N", FactType.NUMBER, required=True, minimum=0, maximum=9), "", "Vul een heel getal in van 0 tot en met 9."),
        (Field("x", "N", FactType.NUMBER, minimum=0, maximum=9), "10", "Vul een heel getal in van 0 tot en met 9."),
        (Field("x", "N", FactType.NUMBER, minimum=1), "0", "Vul een heel getal in, 1 of meer."),
        (Field("x", "N", FactType.NUMBER, maximum=5), "6", "Vul een heel getal in, hoogstens 5."),
        (Field("x", "N", FactType.NUMBER), "1,5", "Vul een heel getal in."),
        (Field("x", "N", FactType.NUMBER), "9" * 5000, "Vul een heel getal in."),
        (Field("x", "T", None, required=True), " \x00 ", "Schrijf hier een antwoord."),
        (Field("x", "T", None, max_length=3), "lang", "Deze tekst is te lang. Gebruik hoogstens 3 tekens; nu zijn het er 4."),
    ],
)
def test_an_answer_that_cannot_stand_is_explained(field: Field, typed: str, error: str) -> None:
    assert answer(field, x=typed) == (None, error)


def test_today_is_past_and_tomorrow_is_future_by_the_day_in_amsterdam() -> None:
    assert answer(Field("x", "D", FactType.DATE, when=When.PAST), x="28-11-2026") == (date(2026, 11, 28), None)
    assert answer(Field("x", "D", FactType.DATE, when=When.FUTURE), x="29-11-2026") == (date(2026, 11, 29), None)


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        ("18-11-2026", "10:42", datetime(2026, 11, 18, 9, 42, tzinfo=UTC)),
        ("18-7-2026", "10.42", datetime(2026, 7, 18, 8, 42, tzinfo=UTC)),
        ("25-10-2026", "2:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice that night: the first time
    ],
)
def test_a_moment_is_a_day_and_a_time_in_amsterdam(day: str, hour: str, moment: datetime) -> None:
    assert answer(Field("at", "Wanneer", FactType.MOMENT), at=day, at__time=hour) == (moment, None)


@pytest.mark.parametrize(
    ("day", "hour", "error"),
    [
        ("", "", "Vul een datum en een tijd in."),
        ("18-11-2026", "", "Vul ook een tijd in, zoals 10:42."),
        ("", "10:42", "Vul ook een datum in."),
        ("18-11-2026", "24:00", "Vul een tijd in zoals 10:42."),
        ("18-11-2026", "half elf", "Vul een tijd in zoals 10:42."),
        ("29-3-2026", "2:30", "Deze tijd bestaat niet: de klok ging die nacht van 2 naar 3 uur. Kies een andere tijd."),
        ("28-11-2026", "0:31", "Dit moment ligt in de toekomst. Kies een moment dat voorbij is."),
    ],
)
def test_a_moment_that_cannot_stand_is_explained(day: str, hour: str, error: str) -> None:
    field = Field("at", "Wanneer", FactType.MOMENT, required=True, when=When.PAST)
    assert answer(field, at=day, at__time=hour) == (None, error)


def test_a_moment_in_the_future_starts_tomorrow() -> None:
    field = Field("at", "Wanneer", FactType.MOMENT, when=When.FUTURE)
    assert (
        answer(field, at="28-11-2026", at__time="23:00")[1]
        == "Deze dag is al begonnen of voorbij. Kies een latere dag dan vandaag."
    )
    assert answer(field, at="29-11-2026", at__time="9:00") == (datetime(2026, 11, 29, 8, tzinfo=UTC), None)


def test_text_keeps_its_lines_and_loses_control_characters() -> None:
    assert answer(Field("x", "T", None), x="een\r\ntwee\x00\x1b\tdrie \ud800\n") == ("een\ntwee\tdrie", None)


def test_many_or_long_choices_are_not_summed_up() -> None:
    many = tuple(Option(str(n), f"Antwoord {n}") for n in range(8))
    assert answer(Field("x", "K", FactType.ENUM, required=True, options=many)) == (None, "Kies een antwoord.")
    names = (Option("lkc", "LKC"), Option("eigen", "Eigen commissie"))
    assert answer(Field("x", "K", FactType.ENUM, required=True, options=names)) == (None, "Kies LKC of eigen commissie.")


DEPENDENT = Form(
    "f",
    (
        choice(required=True),
        choice("measures", required=True, shown_when="shares == 'ja'"),
        Field("due_on", "Wanneer", FactType.DATE, required_when="measures == 'ja'"),
        Field("why", "Waarom", None, required_when="shares == 'nee'"),
    ),
)


def test_a_question_that_is_not_asked_is_emptied_and_needs_no_answer() -> None:
    before: dict[str, FactValue] = {"measures": "ja"}
    answers = validate(DEPENDENT, {"shares": "deels", "measures": "ja"}, before, NOW)
    assert (answers.facts, answers.errors) == ({"shares": "deels", "measures": None, "due_on": None}, {})


def test_what_is_needed_follows_from_earlier_answers() -> None:
    assert set(validate(DEPENDENT, {"shares": "ja"}, {}, NOW).errors) == {"measures"}
    assert set(validate(DEPENDENT, {"shares": "ja", "measures": "ja"}, {}, NOW).errors) == {"due_on"}
    assert set(validate(DEPENDENT, {"shares": "nee"}, {}, NOW).errors) == {"why"}


def test_a_wrong_answer_does_not_fall_back_to_the_former_one() -> None:
    answers = validate(DEPENDENT, {"shares": "x"}, {"shares": "ja"}, NOW)
    assert (set(answers.errors), answers.facts) == ({"shares"}, {"measures": None, "due_on": None})


CONSENT = (choice("file_consent", required=True), Field("notes", "Verslag", None, required=True, file=FileKind.ADVISER))


@pytest.mark.parametrize(("given", "before", "kept"), [("ja", "nee", True), ("nee", "ja", False)])
def test_without_consent_no_adviser_text_exists_whatever_was_said_before(given: str, before: str, kept: bool) -> None:
    answers = validate(Form("f", CONSENT), {"file_consent": given, "notes": "wit"}, {"file_consent": before}, NOW)
    assert dict(answers.sealed) == ({"notes": "wit"} if kept else {})
    assert answers.errors == {}


@pytest.mark.parametrize(("facts", "shown"), [({}, []), ({"file_consent": "nee"}, []), ({"file_consent": "ja"}, ["notes"])])
def test_an_adviser_field_is_absent_until_the_consent_fact_says_ja(facts: dict[str, FactValue], shown: list[str]) -> None:
    form = Form("f", CONSENT[1:])
    assert [field.key for field in visible_fields(form, facts, None)] == shown
    assert [field.key for field in visible_fields(form, facts, {})] == shown


def test_before_any_answer_a_form_shows_what_its_own_answers_can_open() -> None:
    assert [field.key for field in visible_fields(DEPENDENT, {}, None)] == ["shares", "measures", "due_on", "why"]
    assert [field.key for field in visible_fields(Form("f", CONSENT), {}, None)] == ["file_consent", "notes"]
    assert [field.key for field in visible_fields(DEPENDENT, {}, {"shares": "nee"})] == ["shares", "due_on", "why"]


@pytest.mark.parametrize(("danger", "shown"), [("nee", ["involved", "report"]), ("ja", ["involved"])])
def test_what_the_facts_rule_out_no_answer_of_the_form_can_open(danger: str, shown: list[str]) -> None:
    report = choice("report", shown_when="not (involved == 'ja' or danger != 'nee')")
    form = Form("f", (choice("involved"), report))
    assert [field.key for field in visible_fields(form, {"danger": danger}, None)] == shown


def test_a_question_under_one_that_is_closed_is_not_shown_either() -> None:
    report = choice("report", shown_when="danger != 'ja'")
    form = Form("f", (report, Field("day", "Dag", FactType.DATE, shown_when="report == 'nee'")))
    assert [field.key for field in visible_fields(form, {"danger": "ja"}, None)] == []
    assert [field.key for field in visible_fields(form, {"danger": "ja", "report": "nee"}, None)] == []
    assert [field.key for field in visible_fields(form, {"danger": "nee"}, None)] == ["report", "day"]
