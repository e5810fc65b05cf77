"""Reads the dated part of the calendars, `processes/calendar.yml`: equated days, and the school holidays of a region."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml

from app.domain.calendar import CalendarConfig, EquatedDay, SchoolHoliday

#: The calendar that comes with the product; a board replaces its holidays by its own.
SHIPPED = Path(__file__).parents[1] / "processes" / "calendar.yml"

_T = TypeVar("_T")


class CalendarError(Exception):
    """The file cannot be read as a calendar; the text is Dutch and says what is wrong and where."""


def load_calendar(path: Path = SHIPPED, region: str | None = None) -> CalendarConfig:
    """Read a calendar file; `region` chooses the school holidays (None: the region that the file names).

    Raises CalendarError when the file is missing or wrong, with the place and what was expected.
    """
    root = _mapping(_parse(path), str(path), {"equated_days", "region", "school_holidays"})
    where = f"{path}, school_holidays"
    regions = _mapping(root.get("school_holidays") or {}, where, None)
    chosen = region or str(root.get("region"))
    if regions and chosen not in regions:
        raise CalendarError(f"{path}: de regio {chosen} staat er niet in; kies uit {', '.join(map(str, regions))}.")
    return CalendarConfig(
        equated_days=_each(root.get("equated_days"), f"{path}, equated_days", _equated_day, {"day", "source"}),
        school_holidays=_holidays(regions.get(chosen), f"{where}, {chosen}"),
    )


def load_holidays(path: Path = SHIPPED) -> dict[str, tuple[SchoolHoliday, ...]]:
    """The school holidays of every region in a calendar file, by the region's name in small letters. Raises CalendarError."""
    root = _mapping(_parse(path), str(path), None)
    regions = _mapping(root.get("school_holidays") or {}, f"{path}, school_holidays", None)
    return {str(region).lower(): _holidays(rows, f"{path}, school_holidays, {region}") for region, rows in regions.items()}


def _holidays(rows: object, where: str) -> tuple[SchoolHoliday, ...]:
    return _each(rows, where, _school_holiday, {"first", "last", "name"})


def _parse(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CalendarError(f"{path}: dit bestand is niet te lezen ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise CalendarError(f"{path}: dit is geen geldige YAML. {error}") from error


def _equated_day(entry: Mapping[str, object], where: str) -> EquatedDay:
    return EquatedDay(_date(entry, "day", where), _text(entry, "source", where))


def _school_holiday(entry: Mapping[str, object], where: str) -> SchoolHoliday:
    holiday = SchoolHoliday(_date(entry, "first", where), _date(entry, "last", where), _text(entry, "name", where))
    if holiday.last < holiday.first:
        raise CalendarError(f"{where}: de laatste dag (last) ligt voor de eerste (first).")
    return holiday


def _each(entries: object, where: str, read: Callable[[Mapping[str, object], str], _T], keys: set[str]) -> tuple[_T, ...]:
    if entries is None:
        return ()
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise CalendarError(f"{where}: hier hoort een lijst te staan.")
    places = ((f"{where}, nummer {number}", entry) for number, entry in enumerate(entries, start=1))
    return tuple(read(_mapping(entry, place, keys), place) for place, entry in places)


def _mapping(value: object, where: str, keys: set[str] | None) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise CalendarError(f"{where}: hier horen namen met een waarde te staan, zoals `name: Kerstvakantie`.")
    unknown = [] if keys is None else [str(key) for key in value if key not in keys]
    if unknown:
        raise CalendarError(f"{where}: {', '.join(unknown)} is hier onbekend; wel bekend: {', '.join(sorted(keys or ()))}.")
    return value


def _date(entry: Mapping[str, object], key: str, where: str) -> date:
    value = entry.get(key)
    if type(value) is not date:
        raise CalendarError(f"{where}: {key} hoort een datum te zijn, zoals 2026-12-19.")
    return value


def _text(entry: Mapping[str, object], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CalendarError(f"{where}: {key} hoort een tekst te zijn.")
    return value
