"""How a board's settings shape the targets of its cases: the period of a step, and which days count.

A case keeps the targets that held when it was opened. Days off and holidays count as far as they are known when a term begins or
is moved. A statutory term knows neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.clock import local_day
from app.domain.board_settings import Entry, SettingKind, holding, key, parts
from app.domain.calendar import CalendarConfig, DaysOff, SchoolHoliday
from app.domain.procedure import Element, TermRule
from app.services.context import App
from app.services.views.task import NewerTarget, TargetView
from app.storage.database import Transaction
from app.storage.queries import board_settings as queries


@dataclass(frozen=True, slots=True)
class BoardTerms:
    """What the board of a school set about targets and calendars, all of it; and the school's own name and region."""

    school: str
    region: str
    entries: tuple[Entry, ...]

    def rule(self, procedure: str, element: Element, opened_at: datetime) -> TermRule | None:
        """The term of a step in a case that was opened then, as the diagram draws it or with the board's own period."""
        rule = element.term
        if rule is None or rule.statutory:
            return rule
        own = self._held(procedure, element, local_day(opened_at), opened_at)
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

    def told(self, procedure: str, element: Element, opened_at: datetime, now: datetime) -> TargetView | None:
        """What to say of a target's source: who set it, and what holds since. None for a statutory term."""
        rule = element.term
        if rule is None or rule.statutory:
            return None
        own = self._held(procedure, element, local_day(opened_at), opened_at)
        period = rule.period if own is None else own.value["period"]
        newest = holding(self.entries, local_day(now)).get(_key(procedure, element))
        holds_now = (newest.value.get("period") if newest is not None else None) or rule.period
        newer = NewerTarget(newest.valid_from, holds_now) if newest is not None and holds_now != period else None
        if own is None:
            return TargetView(period, rule.calendar.value, newer=newer)
        return TargetView(period, rule.calendar.value, local_day(own.set_at), own.source, newer)

    def _held(self, procedure: str, element: Element, day: date, known_at: datetime) -> Entry | None:
        found = holding(self.entries, day, known_at).get(_key(procedure, element))
        return found if found is not None and found.value else None


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


def _key(procedure: str, element: Element) -> str:
    return key(SettingKind.TARGET, f"{procedure}.{element.id}")
