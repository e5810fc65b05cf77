"""How a board's settings shape the targets of its cases: the period of a step, and which days count.

A case keeps the targets that held when it was opened. Days off and holidays count as far as they are known when a term begins or
is moved. A statutory term knows neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.clock import local_day
from app.domain.board_settings import COMMITTEES, Entry, SettingKind, holding, key, parts
from app.domain.calendar import CalendarConfig, DaysOff, SchoolHoliday
from app.domain.facts import FactValue
from app.domain.period import Unit, check_period, parse_period
from app.domain.procedure import Element, TermRule
from app.services.context import App
from app.services.views.task import NewerTarget, TargetView
from app.storage.database import Transaction
from app.storage.queries import board_settings as queries

Known = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class BoardTerms:
    """What the board of a school set about targets and calendars, all of it; and the school's own name and region."""

    school: str
    region: str
    entries: tuple[Entry, ...]

    def rule(self, procedure: str, element: Element, opened_at: datetime, facts: Known) -> TermRule | None:
        """The term of a step in a case that was opened then: as the diagram draws it, or with the board's own period.

        What the board keeps for the committee that these facts name counts before what it set for the step.
        """
        rule = element.term
        if rule is None or rule.statutory:
            return rule
        own = self._held(_keys(procedure, element, facts), rule, local_day(opened_at), opened_at)
        return rule if own is None else replace(rule, period=own.value["period"])

    def calendar(self, app: App, now: datetime) -> CalendarConfig:
        """Which days count for targets, as known now."""
        known = holding(self.entries, local_day(now))
        found = [(parts(one.key), one.value) for one in known.values() if one.value]
        own = {which[1]: value for which, value in found if which is not None and which[0] is SettingKind.HOLIDAY}
        off = (value for which, value in found if which is not None and which[0] is SettingKind.DAY_OFF)
        shipped = app.holidays.get(self.region, app.calendar.school_holidays)
        return replace(
            app.calendar,
            school_holidays=holidays(shipped, own, self.region),
            days_off=tuple(DaysOff(*_days(value), value.get("name", "")) for value in off),
        )

    def told(self, procedure: str, element: Element, opened_at: datetime, facts: Known, *, now: datetime) -> TargetView | None:
        """What to say of a target's source: who set it, and what holds since. None for a statutory term."""
        rule = element.term
        if rule is None or rule.statutory:
            return None
        keys = _keys(procedure, element, facts)
        own = self._held(keys, rule, local_day(opened_at), opened_at)
        period = rule.period if own is None else own.value["period"]
        shown = TargetView(period, rule.calendar.value, newer=self._newer(keys, rule, period, local_day(now)))
        if own is None:
            return shown
        of_committee = own.key != _target(procedure, element)
        return replace(shown, set_on=local_day(own.set_at), source=own.source, committee=of_committee)

    def _newer(self, keys: Sequence[str], rule: TermRule, period: str, today: date) -> NewerTarget | None:
        """What holds today, where that is another period, and since when."""
        found = self._held(keys, rule, today)
        holds_now = rule.period if found is None else found.value["period"]
        begun = [one.valid_from for key, one in holding(self.entries, today).items() if key in keys]
        return NewerTarget(max(begun), holds_now) if begun and holds_now != period else None

    def _held(self, keys: Sequence[str], rule: TermRule, day: date, known_at: datetime | None = None) -> Entry | None:
        found = holding(self.entries, day, known_at)
        held = (found[name] for name in keys if name in found)
        return next((one for one in held if _fits(one.value.get("period", ""), rule)), None)


def of_school(tx: Transaction, school_id: UUID) -> BoardTerms:
    """What counts at a school: one statement."""
    return BoardTerms(*queries.for_terms(tx, school_id))


def holidays(shipped: tuple[SchoolHoliday, ...], own: Mapping[str, Mapping[str, str]], region: str) -> tuple[SchoolHoliday, ...]:
    """The holidays of a region: what a board set, named `<region>.<year>.<name>`, takes the place of the shipped one."""
    names = {name: value for name, value in own.items() if name.startswith(f"{region}.")}
    kept = [one for one in shipped if holiday_name(region, one) not in names]
    set_here = (SchoolHoliday(*_days(value), name.rpartition(".")[2]) for name, value in names.items())
    return tuple(sorted([*kept, *set_here], key=lambda one: one.first))


def holiday_name(region: str, holiday: SchoolHoliday) -> str:
    """How the setting is named that replaces a holiday."""
    return f"{region}.{holiday.first.year}.{holiday.name}"


def _days(value: Mapping[str, str]) -> tuple[date, date]:
    return date.fromisoformat(value["first"]), date.fromisoformat(value["last"])


def _target(procedure: str, element: Element) -> str:
    return key(SettingKind.TARGET, f"{procedure}.{element.id}")


def _keys(procedure: str, element: Element, facts: Known) -> tuple[str, ...]:
    """The settings that a target may take its period from, the one that counts first in front."""
    named = facts.get(element.term.committee or "") if element.term is not None else None
    chosen = (key(SettingKind.COMMITTEE, str(named)),) if named in COMMITTEES else ()
    return (*chosen, _target(procedure, element))


def _fits(period: str, rule: TermRule) -> bool:
    """Whether a period counts as the term is drawn; a setting that says that it counts no more holds none."""
    try:
        check_period(period, rule.calendar)
    except ValueError:
        return False
    return (parse_period(period).unit is Unit.HOUR) == (parse_period(rule.period).unit is Unit.HOUR)
