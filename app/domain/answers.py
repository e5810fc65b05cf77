"""Reads one answer as it was typed: choices, days, moments, numbers and text, each refused with a Dutch sentence."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.clock import AMSTERDAM, local_day
from app.domain.facts import FactType, FactValue
from app.domain.forms import Field, When

#: What the second input of a moment, its time, adds to the key.
TIME: Final = "__time"
YEARS: Final = range(1900, 2200)

_DAY: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
#: Control characters but for tab and new line, and halves of surrogate pairs: the categories Cc and Cs.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MANY: Final = 5
_LONG: Final = 90


class AnswerError(ValueError):
    """An answer that cannot stand; `text` is a Dutch sentence that says what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_answer(question: Field, raw: Mapping[str, str], *, required: bool, now: datetime) -> FactValue | None:
    """The fact that was answered, None when nothing was. Raises AnswerError."""
    typed = raw.get(question.key, "").strip()
    match question.type:
        case FactType.MOMENT:
            return _moment(question, typed, raw.get(question.key + TIME, "").strip(), required=required, now=now)
        case FactType.DATE if typed:
            return _placed(question, read_day(typed), now)
        case FactType.NUMBER if typed:
            return _number(question, typed)
        case FactType.ENUM if typed:
            return _choice(question, typed)
        case _ if required:
            raise AnswerError(_asks(question))
    return None


def as_typed(question: Field, value: FactValue) -> dict[str, str]:
    """An answer as the fields of a form hold it: the inverse of `read_answer`."""
    match value:
        case datetime():
            local = value.astimezone(AMSTERDAM)
            return {question.key: f"{local:%d-%m-%Y}", question.key + TIME: f"{local:%H:%M}"}
        case date():
            return {question.key: f"{value:%d-%m-%Y}"}
    return {question.key: str(value)}


def read_text(question: Field, typed: str, *, required: bool) -> str:
    """Sealed text without control characters, empty when nothing was typed. Raises AnswerError."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", lines).strip()
    if not text and required:
        raise AnswerError("Schrijf hier een antwoord.")
    if len(text) > question.max_length:
        raise AnswerError(f"Deze tekst is te lang. Gebruik hoogstens {question.max_length} tekens; nu zijn het er {len(text)}.")
    return text


def read_day(typed: str) -> date:
    """The day in `18-11-2026`, also with `/`, `.` or spaces, or in ISO notation. Raises AnswerError."""
    dutch, iso = _DAY.fullmatch(typed), _ISO_DAY.fullmatch(typed)
    if dutch is not None:
        day, month, year = (int(part) for part in dutch.groups())
    elif iso is not None:
        year, month, day = (int(part) for part in iso.groups())
    else:
        raise AnswerError("Vul een datum in zoals 18-11-2026.")
    if year not in YEARS:
        raise AnswerError("Dit jaar klopt niet. Vul een datum in zoals 18-11-2026.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise AnswerError("Deze dag bestaat niet. Vul een datum in zoals 18-11-2026.") from error


def _moment(question: Field, day: str, hour: str, *, required: bool, now: datetime) -> datetime | None:
    if not day and not hour:
        if required:
            raise AnswerError(_asks(question))
        return None
    if not day:
        raise AnswerError("Vul ook een datum in.")
    if not hour:
        raise AnswerError("Vul ook een tijd in, zoals 10:42.")
    moment = _local(read_day(day), _time(hour))
    if question.when is When.PAST and moment > now:
        raise AnswerError("Dit moment ligt in de toekomst. Kies een moment dat voorbij is.")
    if question.when is When.FUTURE and local_day(moment) <= local_day(now):
        raise AnswerError("Deze dag is al begonnen of voorbij. Kies een latere dag dan vandaag.")
    return moment


def _time(typed: str) -> time:
    found = _TIME.fullmatch(typed)
    if found is None or int(found[1]) not in range(24) or int(found[2]) not in range(60):
        raise AnswerError("Vul een tijd in zoals 10:42.")
    return time(int(found[1]), int(found[2]))


def _local(day: date, hour: time) -> datetime:
    # fold=0: an hour that comes twice, when the clock goes back, is taken the first time.
    moment = datetime.combine(day, hour, AMSTERDAM).astimezone(UTC)
    if moment.astimezone(AMSTERDAM).time() != hour:
        raise AnswerError("Deze tijd bestaat niet: de klok ging die nacht van 2 naar 3 uur. Kies een andere tijd.")
    return moment


def _placed(question: Field, day: date, now: datetime) -> date:
    today = local_day(now)
    if question.when is When.PAST and day > today:
        raise AnswerError("Deze dag ligt in de toekomst. Kies vandaag of een eerdere dag.")
    if question.when is When.FUTURE and day <= today:
        raise AnswerError(f"Deze dag is te vroeg. Kies {_said(today + timedelta(days=1))} of een latere dag.")
    return day


def _number(question: Field, typed: str) -> int:
    low, high = question.minimum, question.maximum
    value = int(typed) if _NUMBER.fullmatch(typed) else None
    if value is None or (low is not None and value < low) or (high is not None and value > high):
        raise AnswerError(_asks(question))
    return value


def _choice(question: Field, typed: str) -> str:
    if all(option.value != typed for option in question.options):
        raise AnswerError(f"Dit antwoord kennen we niet. {_asks(question)}")
    return typed


def _asks(question: Field) -> str:
    match question.type:
        case FactType.DATE:
            return "Vul een datum in."
        case FactType.MOMENT:
            return "Vul een datum en een tijd in."
        case FactType.NUMBER:
            return f"Vul een heel getal in{_bounds(question.minimum, question.maximum)}."
        case _:
            return _pick([option.label for option in question.options])


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f" van {low} tot en met {high}"
    if low is not None:
        return f", {low} of meer"
    return f", hoogstens {high}" if high is not None else ""


def _pick(labels: list[str]) -> str:
    lowered = [label[:1].lower() + label[1:] if label[1:2].islower() else label for label in labels]
    sentence = f"Kies {', '.join(lowered[:-1])} of {lowered[-1]}."
    return sentence if len(labels) < _MANY and len(sentence) < _LONG else "Kies een antwoord."


def _said(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
