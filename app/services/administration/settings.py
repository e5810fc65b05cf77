"""The dated settings of a board, kept by its board members and administrators: shown as they are, and set from a day on."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from app.clock import local_day
from app.domain.administration import AdminKind
from app.domain.board_settings import (
    COMMITTEES,
    HOLIDAYS,
    KNOWN,
    PHONES,
    Entry,
    SettingKind,
    Value,
    holding,
    key,
    parts,
    upcoming,
)
from app.domain.errors import Forbidden, NotFound
from app.domain.period import Unit, parse_period
from app.domain.setting_answers import (
    UNITS,
    Dated,
    Reading,
    read_committee,
    read_dated,
    read_days,
    read_organisation,
    read_phone,
    read_target,
)
from app.services import board_terms
from app.services.administration import access, targets
from app.services.administration.log import Deed
from app.services.context import Actor, App
from app.services.views.settings import HolidayLine, SettingLine, SettingPage, SettingsPage, TargetLine
from app.storage.database import Transaction
from app.storage.queries import board_settings as queries
from app.storage.queries import directory
from app.storage.tables import BoardSetting

#: Kinds of which a board makes its own, beside those that have a fixed name.
MADE: Final = (SettingKind.ORGANISATION, SettingKind.DAY_OFF, SettingKind.HOLIDAY)
_READ: Final[Mapping[SettingKind, Callable[[Reading], Value]]] = {
    SettingKind.COMMITTEE: read_committee,
    SettingKind.PHONE: read_phone,
    SettingKind.ORGANISATION: read_organisation,
    SettingKind.DAY_OFF: read_days,
    SettingKind.HOLIDAY: read_days,
}
_FIXED: Final = {SettingKind.COMMITTEE: COMMITTEES, SettingKind.PHONE: PHONES}
_DAYS: Final = ("first", "last")


def page(app: App, actor: Actor, board_id: UUID) -> SettingsPage:
    """All settings as they are today. Raises NotFound for whoever does not administer this board."""
    now = app.clock()
    today = local_day(now)
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        entries = queries.of_board(tx, board_id)
        regions = sorted({school.region for school in directory.schools(tx, board_id)})
        steps = targets.lines(app, tx, entries, today)
    kinds = (SettingKind.COMMITTEE, SettingKind.PHONE, SettingKind.ORGANISATION, SettingKind.DAY_OFF)
    settings = {kind: _lines(kind, entries, today) for kind in kinds}
    return SettingsPage(desk, steps, settings, tuple((region, _holidays(app, region, entries, today)) for region in regions))


def one(app: App, actor: Actor, board_id: UUID, named: str) -> SettingPage:
    """A setting by its key, or a new one by its kind. Raises NotFound, and Forbidden for a statutory term."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        kind, name = _named(named)
        entries = queries.of_board(tx, board_id)
        line = _target(app, tx, entries, local_day(now), name) if kind is SettingKind.TARGET else None
    found = None if name is None else key(kind, name)
    held = holding(entries, local_day(now)).get(found or "")
    value = dict(held.value) if held is not None else dict(KNOWN.get(found or "", {}))
    if kind is SettingKind.HOLIDAY and name is not None and not value:
        value = _shipped(app, name)
    if line is not None:
        value["period"] = line.period
    history = tuple(entry for entry in reversed(entries) if entry.key == found)
    return SettingPage(desk, kind, found, name or "", local_day(now), _as_typed(value), history, line)


def save(app: App, actor: Actor, board_id: UUID, named: str, raw: Mapping[str, str]) -> None:
    """Set it, from a day on; what held before stays in the history. Raises NotFound, Forbidden, InvalidAnswers."""
    now = app.clock()
    today = local_day(now)
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        kind, name = _named(named)
        read = _reader(app, tx, kind, name)
        dated = read_dated(raw if name else {**raw, "withdrawn": ""}, today, read)
        called = name or _new_name(kind, dated, raw)
        row = BoardSetting(board_id=board_id, key=key(kind, called), valid_from=dated.valid_from)
        row.value, row.source = json.dumps(_kept(kind, dated), ensure_ascii=False, sort_keys=True), dated.source
        row.set_by, row.set_at = actor.user_id, now
        tx.add(row)
        Deed(tx, now, board_id, actor.user_id).note(
            AdminKind.SETTING_SET, None, setting=kind.value, day=dated.valid_from.isoformat(), **_which(kind, called)
        )


def _named(text: str) -> tuple[SettingKind, str | None]:
    """What an address names: an existing key, or a kind of which a new one is made."""
    made = next((kind for kind in MADE if kind == text), None)
    if made is not None:
        return made, None
    found = parts(text)
    if found is None:
        raise NotFound
    return found


def _reader(app: App, tx: Transaction, kind: SettingKind, name: str | None) -> Callable[[Reading], Value]:
    if kind is not SettingKind.TARGET:
        return _READ[kind]
    found = targets.find(app, tx, (), date.min, name or "")
    if found is None or found[1].term is None:
        raise NotFound
    _refuse_law(found[0])
    return read_target(found[1].term)


def _target(app: App, tx: Transaction, entries: tuple[Entry, ...], today: date, name: str | None) -> TargetLine:
    found = targets.find(app, tx, entries, today, name or "")
    if found is None:
        raise NotFound
    _refuse_law(found[0])
    return found[0]


def _refuse_law(line: TargetLine) -> None:
    if line.statutory:
        raise Forbidden(f"Deze termijn staat in de wet ({line.basis}). Een bestuur kan een wettelijke termijn niet veranderen.")


def _which(kind: SettingKind, name: str) -> dict[str, str]:
    """Which one of its kind, for the log, which holds codes alone."""
    if kind is SettingKind.TARGET:
        procedure, _, step = name.partition(".")
        return {"procedure": procedure, "step": step}
    return {"name": name} if kind in (SettingKind.COMMITTEE, SettingKind.PHONE) else {}


def _new_name(kind: SettingKind, dated: Dated, raw: Mapping[str, str]) -> str:
    """The name of a new setting of a kind of which boards make their own."""
    if kind is SettingKind.ORGANISATION:
        return uuid4().hex
    first = dated.value["first"]
    if kind is SettingKind.DAY_OFF:
        return first
    reading = Reading(raw)
    region = reading.among("region", ("noord", "midden", "zuid"), "Kies de regio.")
    holiday = reading.among("holiday", HOLIDAYS, "Kies welke vakantie het is.")
    reading.done()
    return f"{region}.{first[:4]}.{holiday}"


def _kept(kind: SettingKind, dated: Dated) -> Value:
    """A holiday is named by its key."""
    return {name: dated.value[name] for name in _DAYS if name in dated.value} if kind is SettingKind.HOLIDAY else dated.value


def _lines(kind: SettingKind, entries: tuple[Entry, ...], today: date) -> tuple[SettingLine, ...]:
    now, later = holding(entries, today), upcoming(entries, today)
    made = [one.key for one in entries if one.key.startswith(f"{kind.value}:")]
    names = list(dict.fromkeys([*(key(kind, name) for name in _FIXED.get(kind, ())), *made]))
    found = (_line(kind, name, now.get(name), later.get(name)) for name in names)
    kept = [one for one in found if one.value or one.later or kind in _FIXED]
    return tuple(
        kept if kind in _FIXED else sorted(kept, key=lambda one: (one.value.get("first", ""), one.value.get("name", "")))
    )


def _place(line: SettingLine) -> tuple[str, str]:
    """Days by day, organisations by name."""
    return line.value.get("first", ""), line.value.get("name", "")


def _line(kind: SettingKind, name: str, now: Entry | None, later: Entry | None) -> SettingLine:
    value = now.value if now is not None else KNOWN.get(name, {})
    if not value and later is not None and kind not in _FIXED:
        value = later.value
    since = now.valid_from if now is not None and now.value else None
    return SettingLine(name, name.partition(":")[2], value, since, later.valid_from if later is not None else None)


def _holidays(app: App, region: str, entries: tuple[Entry, ...], today: date) -> tuple[HolidayLine, ...]:
    own = {}
    for entry in holding(entries, today).values():
        found = parts(entry.key)
        if found is not None and found[0] is SettingKind.HOLIDAY and entry.value:
            own[found[1]] = entry.value
    shown = board_terms.holidays(app.holidays.get(region, ()), own, region)
    lines = ((one, board_terms.holiday_name(region, one)) for one in shown if one.last >= today)
    return tuple(HolidayLine(key(SettingKind.HOLIDAY, name), one.name, one.first, one.last, name in own) for one, name in lines)


def _shipped(app: App, name: str) -> dict[str, str]:
    region = name.partition(".")[0]
    found = (one for one in app.holidays.get(region, ()) if board_terms.holiday_name(region, one) == name)
    return next(({"first": one.first.isoformat(), "last": one.last.isoformat()} for one in found), {})


def _as_typed(value: dict[str, str]) -> dict[str, str]:
    """A value as the fields of its form hold it."""
    period = value.pop("period", "")
    if period:
        length = parse_period(period)
        value |= {"number": str(length.number), "unit": _unit(length.unit)}
    return value | {name: f"{date.fromisoformat(value[name]):%d-%m-%Y}" for name in _DAYS if value.get(name)}


def _unit(unit: Unit) -> str:
    return next((word for word, one in UNITS.items() if one is unit), "")
