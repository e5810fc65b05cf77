"""What a board sets from a day on: which kinds of settings there are, how each is typed, and which value counts on a day.

A setting has a key, `<kind>:<name>`, and a value of plain words; an empty value says that it counts no more. Nothing is ever
changed: the newest entry that has begun counts. None of this touches a term of law.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.domain.administration import REGIONS

Value = Mapping[str, str]


class SettingKind(StrEnum):
    """What can be set. The name behind the kind says which one: a step, a committee, a service, a region, a day."""

    TARGET = "target"
    COMMITTEE = "committee"
    PHONE = "phone"
    ORGANISATION = "organisation"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"


#: Complaints committees that a board can be joined to; the codes are those of the forms.
COMMITTEES: Final = ("lkc", "gcbo", "komm", "eigen_of_regionaal")
#: Services whose numbers a board keeps.
PHONES: Final = ("vertrouwensinspecteur", "veilig_thuis", "wijkagent", "crisisdienst", "jeugdgezondheidszorg", "leerplicht")
HOLIDAYS: Final = ("Herfstvakantie", "Kerstvakantie", "Voorjaarsvakantie", "Meivakantie", "Zomervakantie")
#: What is known of services of the whole country, for a board that set nothing yet.
KNOWN: Final[Mapping[str, Value]] = {
    "phone:vertrouwensinspecteur": {"phone": "0900 111 3 111", "hours": "werkdagen, 8.00 tot 17.00 uur"},
    "phone:veilig_thuis": {"phone": "0800 2000", "hours": "dag en nacht, gratis"},
    "committee:lkc": {"name": "Landelijke Klachtencommissie Onderwijs (Onderwijsgeschillen)", "phone": "030 280 95 90"},
}
KNOWN_SOURCE: Final = "Handreiking; openbare pagina's, bekeken in augustus 2026"

_ORGANISATION: Final = re.compile(r"[0-9a-f]{32}")
_STEP: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_HOLIDAY: Final = re.compile(rf"({'|'.join(REGIONS)})\.[0-9]{{4}}\.({'|'.join(HOLIDAYS)})")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES: Final[Mapping[SettingKind, re.Pattern[str]]] = {
    SettingKind.TARGET: _STEP,
    SettingKind.COMMITTEE: re.compile("|".join(COMMITTEES)),
    SettingKind.PHONE: re.compile("|".join(PHONES)),
    SettingKind.ORGANISATION: _ORGANISATION,
    SettingKind.DAY_OFF: _DAY,
    SettingKind.HOLIDAY: _HOLIDAY,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that was set: what, from which day on, where it comes from, when and by whom. Its last word stays."""

    key: str
    value: Value
    valid_from: date
    source: str
    set_at: datetime
    by: str = ""


def key(kind: SettingKind, name: str) -> str:
    """The key of a setting."""
    return f"{kind.value}:{name}"


def parts(text: str) -> tuple[SettingKind, str] | None:
    """The kind and the name in a key; None for what is no key."""
    code, _, name = text.partition(":")
    kind = next((one for one in SettingKind if one == code), None)
    return (kind, name) if kind is not None and _NAMES[kind].fullmatch(name) else None


def holding(entries: Iterable[Entry], day: date, known_at: datetime | None = None) -> dict[str, Entry]:
    """What counts on a day, by key: of what had begun the newest, and of one day's the one that was set last.

    `known_at`: leave out what was set after this moment. Entries that say that something counts no more are given too.
    """
    begun = [one for one in entries if one.valid_from <= day and (known_at is None or one.set_at <= known_at)]
    return {one.key: one for one in sorted(begun, key=_order)}


def upcoming(entries: Iterable[Entry], day: date) -> dict[str, Entry]:
    """The first that begins after a day, by key."""
    later = sorted((one for one in entries if one.valid_from > day), key=_order)
    days = {one.key: one.valid_from for one in reversed(later)}
    return {one.key: one for one in later if one.valid_from == days[one.key]}


def _order(one: Entry) -> tuple[date, datetime]:
    return one.valid_from, one.set_at
