"""Reads the term of a user task from its camunda properties."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from app.domain.dialect import label, offered
from app.domain.expressions import NAME
from app.domain.period import check_period, parse_warning
from app.domain.procedure import Calendar, TermRule
from app.domain.roles import LANES, Role

_NAMES: Final = (
    "deadlineFrom",
    "deadlineCalendar",
    "deadlineWarn",
    "deadlineEscalate",
    "deadlineExtendable",
    "deadlineMetBy",
    "deadlineCommittee",
    "statutory",
)
_Code = TypeVar("_Code", bound=StrEnum)
_Problems = list[tuple[str, str]]


def read_term(properties: Mapping[str, str]) -> tuple[TermRule | None, _Problems]:
    """The term, None when the task has none or it is malformed, and what is wrong: a code and a Dutch sentence each."""
    problems: _Problems = []
    if "deadline" not in properties:
        lost = [name for name in _NAMES if name in properties]
        if lost:
            text = f"{label(lost[0])} hoort bij een termijn, maar {label('deadline')} is leeg. Vul die in, of haal dit weg."
            problems.append(("deadline_missing", text))
        return None, problems
    calendar = _code(Calendar, properties.get("deadlineCalendar", ""), list(Calendar), "deadlineCalendar", problems)
    escalate = properties.get("deadlineEscalate")
    rule = TermRule(
        period=properties["deadline"],
        calendar=calendar or Calendar.CALENDAR,
        starts_from=properties.get("deadlineFrom"),
        warn=properties.get("deadlineWarn"),
        escalate=None if escalate is None else _code(Role, escalate, list(LANES.values()), "deadlineEscalate", problems),
        extendable=_flag(properties, "deadlineExtendable", problems),
        statutory=_flag(properties, "statutory", problems),
        met_by=_names(properties.get("deadlineMetBy", ""), problems),
        committee=properties.get("deadlineCommittee"),
    )
    _check_periods(rule, problems)
    return (None if problems else rule), problems


def _check_periods(rule: TermRule, problems: _Problems) -> None:
    try:
        check_period(rule.period, rule.calendar)
        if rule.warn is not None:
            parse_warning(rule.warn)
    except ValueError as error:
        problems.append(("period", str(error)))
    if rule.statutory and rule.committee is not None:
        text = f"Wat een commissie nodig heeft, verandert geen wettelijke termijn. Maak {label('deadlineCommittee')} leeg."
        problems.append(("statutory_committee", text))
    if rule.statutory and rule.warn is None:
        problems.append(("statutory_warning", f"Een wettelijke termijn waarschuwt vooraf. Vul {label('deadlineWarn')} in."))
    if rule.statutory and rule.starts_from is None:
        text = f"Een wettelijke termijn begint op een dag die iemand invult. Kies die bij {label('deadlineFrom')}."
        problems.append(("statutory_start", text))


def _code(codes: type[_Code], text: str, known: list[_Code], name: str, problems: _Problems) -> _Code | None:
    if text in known:
        return codes(text)
    problems.append((name, f"{label(name)} is {text or 'leeg'}. Kies uit: {offered(name)}."))
    return None


def _flag(properties: Mapping[str, str], name: str, problems: _Problems) -> bool:
    text = properties.get(name, "false")
    if text not in ("true", "false"):
        problems.append((name, f"{label(name)} is {text}. Kies true of false."))
    return text == "true"


def _names(text: str, problems: _Problems) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if not NAME.fullmatch(name):
            problems.append(("deadlineMetBy", f"{name} is geen naam van een gegeven. Gebruik kleine letters, cijfers en _."))
    return names
