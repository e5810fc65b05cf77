"""Reads what was typed for a setting of a board: every answer that cannot stand is refused with a Dutch sentence at its field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.answers import AnswerError, read_day
from app.domain.board_settings import Value
from app.domain.errors import InvalidAnswers
from app.domain.period import Unit, check_period, parse_period
from app.domain.procedure import TermRule

#: What a period can be counted in, as people choose it.
UNITS: Final = {"uren": Unit.HOUR, "dagen": Unit.DAY, "weken": Unit.WEEK}
_LONGEST: Final = 200
_LONGEST_SOURCE: Final = 300
_MOST: Final = 99
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{1,24}")
_PAGE: Final = re.compile(r"https?://[^\s/]+\.[^\s]+")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a day on, with its source. An empty value says that it counts no more."""

    value: Value
    valid_from: date
    source: str


class Reading:
    """Reads one form, field by field, and keeps what is wrong with each."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        self._raw = raw
        self.errors: dict[str, str] = {}

    def text(self, name: str, asks: str = "", *, most: int = _LONGEST) -> str:
        """A line; `asks` is the sentence for whoever leaves a required one empty."""
        typed = " ".join(_CONTROL.sub(" ", self._raw.get(name, "")).split())
        if not typed and asks:
            self.errors[name] = asks
        if len(typed) > most:
            self.errors[name] = f"Gebruik hoogstens {most} tekens; nu zijn het er {len(typed)}."
        return typed

    def phone(self, name: str, asks: str = "") -> str:
        """A telephone number."""
        return self._like(name, _PHONE, asks, "Vul een telefoonnummer in met alleen cijfers en spaties, zoals 038 421 00 00.")

    def mail(self, name: str) -> str:
        """An e-mail address."""
        return self._like(name, _MAIL, "", "Vul een e-mailadres in zoals naam@school.nl, of laat dit leeg.")

    def page(self, name: str) -> str:
        """The address of a page."""
        return self._like(name, _PAGE, "", "Vul het hele adres van de pagina in, met https:// ervoor, of laat dit leeg.")

    def day(self, name: str, asks: str, empty: date | None = None) -> date | None:
        """A day; what is left empty is `empty`, or asked for."""
        typed = self._raw.get(name, "").strip()
        if not typed:
            if empty is None:
                self.errors[name] = asks
            return empty
        try:
            return read_day(typed)
        except AnswerError as error:
            self.errors[name] = error.text
            return None

    def among(self, name: str, choices: Mapping[str, object] | tuple[str, ...], asks: str) -> str:
        """One of these choices."""
        typed = self._raw.get(name, "")
        if typed not in choices:
            self.errors[name] = asks
        return typed

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self._raw.get(name) == "ja"

    def period(self, number: str, unit: str, asks: str) -> str:
        """A number and what it counts, as a period (`P2W`); empty when it cannot be read."""
        typed, counted = self._raw.get(number, "").strip(), self._raw.get(unit, "")
        if not typed.isdecimal() or not 1 <= int(typed) <= _MOST:
            self.errors[number] = f"{asks} Vul een heel getal in van 1 tot en met {_MOST}."
        if counted not in UNITS:
            self.errors[unit] = "Kies uren, dagen of weken."
        if number in self.errors or unit in self.errors:
            return ""
        return f"PT{int(typed)}H" if UNITS[counted] is Unit.HOUR else f"P{int(typed)}{UNITS[counted]}"

    def done(self) -> None:
        """Raise InvalidAnswers when anything was wrong."""
        if self.errors:
            raise InvalidAnswers(self.errors)

    def _like(self, name: str, pattern: re.Pattern[str], asks: str, wrong: str) -> str:
        typed = self.text(name, asks)
        if typed and name not in self.errors and pattern.fullmatch(typed) is None:
            self.errors[name] = wrong
        return typed


def read_dated(raw: Mapping[str, str], today: date, read: Callable[[Reading], Value]) -> Dated:
    """A value with its day and source; `withdrawn` says that it counts no more from that day. Raises InvalidAnswers."""
    reading = Reading(raw)
    value = {} if reading.ticked("withdrawn") else read(reading)
    begins = reading.day("valid_from", "", empty=today)
    if begins is not None and begins < today:
        reading.errors["valid_from"] = "Deze dag is voorbij. Kies vandaag of later: wat al gold, verandert niet meer."
    source = reading.text(
        "source", "Schrijf waar dit vandaan komt, zoals een besluit met datum of een pagina.", most=_LONGEST_SOURCE
    )
    reading.done()
    assert begins is not None  # noqa: S101 - a day that cannot be read is an error
    return Dated({name: text for name, text in value.items() if text}, begins, source)


def read_target(drawn: TermRule) -> Callable[[Reading], Value]:
    """The target of a step, which must fit how its days count in the diagram."""

    def read(reading: Reading) -> Value:
        period = reading.period("number", "unit", "Zeg hoe lang deze stap hoogstens mag duren.")
        if period:
            wrong = _misfit(period, drawn)
            if wrong:
                reading.errors["unit"] = wrong
        return {"period": period}

    return read


def read_committee(reading: Reading) -> Value:
    """A committee: what it is called, how to reach it, how long it takes, in days or weeks."""
    value = {
        "name": reading.text("name", "Vul de naam van de commissie in."),
        "phone": reading.phone("phone", "Vul het telefoonnummer van de commissie in."),
        "address": reading.text("address"),
        "website": reading.page("website"),
        "period": reading.period("number", "unit", "Zeg hoe lang de commissie over een advies doet."),
    }
    if value["period"].startswith("PT"):
        reading.errors["unit"] = "Een commissie telt niet in uren. Kies dagen of weken."
    return value


def read_phone(reading: Reading) -> Value:
    """A service: its number, whom to ask for, when it answers."""
    return {
        "phone": reading.phone("phone", "Vul het telefoonnummer in."),
        "name": reading.text("name"),
        "hours": reading.text("hours"),
    }


def read_organisation(reading: Reading) -> Value:
    """An organisation of the social map."""
    return {
        "name": reading.text("name", "Vul de naam van de organisatie in."),
        "purpose": reading.text("purpose", "Schrijf in één zin waarvoor je er terechtkunt."),
        "phone": reading.phone("phone"),
        "website": reading.page("website"),
    }


def read_days(reading: Reading) -> Value:
    """First and last day of days off or of a holiday."""
    first = reading.day("first", "Vul de eerste vrije dag in.")
    last = reading.day("last", "Vul de laatste vrije dag in.", empty=first)
    if first is not None and last is not None and not 0 <= (last - first).days <= _MOST:
        reading.errors["last"] = "De laatste dag moet op of na de eerste liggen, hoogstens 99 dagen later."
    return {
        "name": reading.text("name"),
        "first": first.isoformat() if first else "",
        "last": last.isoformat() if last else "",
    }


def _misfit(period: str, drawn: TermRule) -> str:
    hours = parse_period(period).unit is Unit.HOUR
    if hours != (parse_period(drawn.period).unit is Unit.HOUR):
        return "Deze stap telt in uren. Kies uren." if hours is False else "Deze stap telt in dagen. Kies dagen of weken."
    if hours and parse_period(period).number > parse_period(drawn.period).number:
        most = parse_period(drawn.period).number
        return f"Deze stap moet meteen gebeuren. Kies hoogstens {most} uur: korter mag, langer niet."
    try:
        check_period(period, drawn.calendar)
    except ValueError as error:
        return str(error)
    return ""
