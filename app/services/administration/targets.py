"""The steps of all procedures that have a term, with the period that a board set for each, or the drawn one."""

from collections.abc import Mapping
from datetime import date

from app.domain.board_settings import Entry, SettingKind, holding, key, upcoming
from app.domain.period import parse_period
from app.domain.procedure import Element, Procedure
from app.services.context import App
from app.services.views.settings import TargetLine
from app.storage.database import Transaction

_Entries = tuple[Entry, ...]


def lines(app: App, tx: Transaction, entries: _Entries, today: date) -> tuple[tuple[str, tuple[TargetLine, ...]], ...]:
    """By procedure: its steps with a term, in drawing order. What ends on a day that somebody names is no target."""
    now, later = holding(entries, today), upcoming(entries, today)
    published = sorted((one.procedure for one in app.versions.published(tx).values()), key=lambda one: one.name)
    shown = ((procedure, _with_terms(procedure)) for procedure in published)
    return tuple((one.name, tuple(_line(one, step, now, later) for step in steps)) for one, steps in shown if steps)


def find(app: App, tx: Transaction, entries: _Entries, today: date, name: str) -> tuple[TargetLine, Element] | None:
    """The step that a setting names, `<procedure>.<element>`; None when there is none with a term."""
    code, _, element_id = name.partition(".")
    published = app.versions.published(tx).get(code)
    if published is None:
        return None
    step = next((one for one in _with_terms(published.procedure) if one.id == element_id), None)
    if step is None:
        return None
    return _line(published.procedure, step, holding(entries, today), upcoming(entries, today)), step


def _with_terms(procedure: Procedure) -> list[Element]:
    everything = (element for process in procedure.processes.values() for element in process.elements.values())
    return [one for one in everything if one.term is not None and parse_period(one.term.period).number > 0]


def _line(procedure: Procedure, step: Element, now: Mapping[str, Entry], later: Mapping[str, Entry]) -> TargetLine:
    rule = step.term
    assert rule is not None  # noqa: S101 - only steps with a term come here
    name = key(SettingKind.TARGET, f"{procedure.key}.{step.id}")
    own, coming = now.get(name), later.get(name)
    set_now = own is not None and bool(own.value)
    return TargetLine(
        key=name,
        procedure=procedure.name,
        step=step.name,
        statutory=rule.statutory,
        basis=step.legal_basis,
        period=own.value["period"] if own is not None and own.value else rule.period,
        calendar=rule.calendar.value,
        drawn=rule.period,
        role=step.lane,
        since=own.valid_from if own is not None and set_now else None,
        later=coming.valid_from if coming is not None else None,
        later_period=(coming.value.get("period") or rule.period) if coming is not None else "",
    )
