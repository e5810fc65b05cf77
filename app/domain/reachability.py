"""How somebody can be reached, as it is typed: phone, address, days and hours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.setting_answers import Reading

#: Monday to Friday, in the order of their bits.
WEEKDAYS: Final = (0, 1, 2, 3, 4)
_TIME: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_HOURS: Final = 24
_MINUTES: Final = 60


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody can be reached; what is empty is not known. Hours are minutes after midnight in Amsterdam."""

    phone: str = ""
    email: str = ""
    weekdays: tuple[int, ...] = ()
    from_minute: int | None = None
    until_minute: int | None = None
    place: str = ""
    page: str = ""

    @property
    def bits(self) -> int:
        """The weekdays as one number."""
        return sum(1 << day for day in self.weekdays)


def read_reach(raw: Mapping[str, str]) -> Reach:
    """What was typed. Raises InvalidAnswers."""
    reading = Reading(raw)
    phone, email = reading.phone("phone"), reading.mail("email")
    if not phone and not email and not reading.errors:
        reading.errors["phone"] = "Vul een telefoonnummer of een e-mailadres in: anders kan niemand je bereiken."
    begins, ends = _minute(reading, raw, "from"), _minute(reading, raw, "until")
    if (begins is None) != (ends is None) and not {"from", "until"} & reading.errors.keys():
        reading.errors["until" if ends is None else "from"] = "Vul allebei de tijden in, of geen van beide."
    if begins is not None and ends is not None and begins >= ends:
        reading.errors["until"] = "De laatste tijd moet na de eerste liggen."
    days = tuple(day for day in WEEKDAYS if reading.ticked(f"day_{day}"))
    found = Reach(phone, email, days, begins, ends, reading.text("place", most=120), reading.page("page"))
    reading.done()
    return found


def weekdays(bits: int) -> tuple[int, ...]:
    """The weekdays in one number."""
    return tuple(day for day in WEEKDAYS if bits >> day & 1)


def clock(minute: int) -> str:
    """A time of day: 8.30."""
    return f"{minute // _MINUTES}.{minute % _MINUTES:02}"


def _minute(reading: Reading, raw: Mapping[str, str], name: str) -> int | None:
    typed = raw.get(name, "").strip()
    if not typed:
        return None
    found = _TIME.fullmatch(typed)
    if found is None or int(found[1]) >= _HOURS or int(found[2]) >= _MINUTES:
        reading.errors[name] = "Vul een tijd in zoals 8.30, of laat dit leeg."
        return None
    return int(found[1]) * _MINUTES + int(found[2])
