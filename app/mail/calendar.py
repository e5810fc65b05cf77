"""A person's terms as a calendar that other programs read (RFC 5545): case number, neutral title, day and link, as in mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone

from app.clock import AMSTERDAM

#: Amsterdam by the rule that the European Union has kept since 1996; no older day stands in a calendar of ours.
_TIME_ZONE: Final = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
_DAY: Final = timedelta(days=1)
_AGAIN: Final = timedelta(hours=1)
_WORDS: Final = {
    "nl": {"late": "Te laat, ", "day": "Afgesproken dag", "until": "Uiterlijk op deze dag", "hour": "Uiterlijk om dit uur"},
    "en": {"late": "Late, ", "day": "Agreed day", "until": "No later than this day", "hour": "No later than this hour"},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One day or moment of a calendar. `uid` names it for ever."""

    uid: str
    case_number: str
    #: The neutral title of the step; None for a day that was agreed.
    title: str | None
    link: str
    #: A day, or the moment (aware) at which a term in hours ends.
    when: date
    #: When it became what it is (aware UTC), and how often its day moved.
    changed_at: datetime
    moves: int = 0
    late: bool = False


def compose_calendar(entries: Iterable[Entry], language: str) -> bytes:
    """The calendar. The same entries always give the same bytes; without any it holds the time zone alone."""
    words = _WORDS.get(language, _WORDS["nl"])
    calendar = Calendar()
    calendar.add("prodid", "-//Veilige Route//NL")
    calendar.add("version", "2.0")
    calendar.add("name", "Veilige Route")
    calendar.add("x-wr-calname", "Veilige Route")
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_ical(_TIME_ZONE))
    for entry in entries:
        calendar.add_component(_event(entry, words))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, words: dict[str, str]) -> Event:
    timed = isinstance(entry.when, datetime)
    title = words["day"] if entry.title is None else entry.title
    until = "" if entry.title is None else f"{words['hour' if timed else 'until']}.\n"
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.moves)
    event.add("summary", f"{words['late'] if entry.late else ''}{entry.case_number}: {title}")
    event.add("description", f"{until}{entry.link}")
    event.add("url", entry.link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if isinstance(entry.when, datetime):
        event.add("dtstart", entry.when.astimezone(AMSTERDAM))
    else:
        event.add("dtstart", entry.when)
        event.add("dtend", entry.when + _DAY)
    return event
