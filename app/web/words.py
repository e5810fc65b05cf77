"""Days, moments and terms in the words of the reader's language. Moments are aware and shown as in Amsterdam."""

from dataclasses import replace
from datetime import date, datetime

from babel.dates import format_date
from flask_babel import get_locale

from app.clock import AMSTERDAM, local_day
from app.services.views.inbox import Due
from app.services.views.task import KnownFact, TermView
from app.web.i18n import gettext as _
from app.web.i18n import ngettext

_TOMORROW = 1


def day_short(day: date) -> str:
    """With the day of the week and no year: "ma 16 nov"."""
    return _format(day, "EEE d MMM")


def day_tiny(day: date) -> str:
    """Without the day of the week: "16 nov"."""
    return _format(day, "d MMM")


def day_long(day: date) -> str:
    """In full, without the year: "dinsdag 24 november"."""
    return _format(day, "EEEE d MMMM")


def day_year(day: date) -> str:
    """With the year: "27 oktober 2026"."""
    return _format(day, "d MMMM y")


def month(day: date) -> str:
    """The month of a day: "november 2026"."""
    return _format(day, "MMMM y")


def day_typed(day: date) -> str:
    """As people type it in a form: "18-11-2026"."""
    return f"{day:%d-%m-%Y}"


def day(moment: datetime) -> date:
    """The day in Amsterdam on which a moment falls."""
    return local_day(moment)


def hour(moment: datetime) -> str:
    """The time of day: "16.00", in English "16:00"."""
    return moment.astimezone(AMSTERDAM).strftime("%H.%M" if _dutch() else "%H:%M")


def moment_words(moment: datetime, today: date) -> str:
    """A moment as people say it: "vandaag om 10.42 uur", "27 oktober 2026 om 14.20 uur"."""
    day, time = local_day(moment), hour(moment)
    if day == today:
        return _("vandaag om %(time)s uur", time=time)
    return _("%(day)s om %(time)s uur", day=day_year(day), time=time)


def due_words(due: Due) -> str:
    """How far away, for a column: "3 dagen te laat", "vandaag, 16.00", "morgen", "over 4 dagen"."""
    if due.tone == "late":
        return _late(due)
    if due.days_left <= 0:
        return _("vandaag, %(time)s", time=hour(due.at)) if due.at else _("vandaag")
    if due.days_left == _TOMORROW:
        return _("morgen, %(time)s", time=hour(due.at)) if due.at else _("morgen")
    return _("over %(days)s dagen", days=due.days_left)


def left_words(due: Due) -> str:
    """What is left of it, for a line of its own: "nog 5 dagen", "nog 1 dag", "3 dagen te laat"."""
    if due.tone == "late" or due.days_left <= (_TOMORROW if due.at else 0):
        return due_words(due)
    return ngettext("nog %(num)s dag", "nog %(num)s dagen", due.days_left)


def term_sentence(term: TermView) -> str:
    """The full sentence about a term: how it stands, its last day, and the hour when hours count."""
    if term.settled_on is not None:
        return _settled(term, term.settled_on)
    day, left = _last(term.due), capital(left_words(replace(term.due, at=None)))
    if term.due.tone == "late":
        return _("%(left)s: het moest uiterlijk %(day)s", left=left, day=day)
    if term.extended_from is not None:
        return _("%(left)s: verlengd tot %(day)s", left=left, day=day)
    return _("%(left)s: uiterlijk %(day)s", left=left, day=day)


def fact_words(fact: KnownFact, today: date) -> str:
    """What was answered: a day or moment as people write it, a choice in the words of its form."""
    if isinstance(fact.value, datetime):
        return moment_words(fact.value, today)
    return day_year(fact.value) if isinstance(fact.value, date) else fact.words


def capital(text: str) -> str:
    """The text with a capital in front and the rest as it is."""
    return text[:1].upper() + text[1:]


def names(people: list[str] | tuple[str, ...]) -> str:
    """Names in a row: "Sanne Bakker, Kemal Aydin en Ria Bos"."""
    if len(people) <= 1:
        return "".join(people)
    return _("%(first)s en %(last)s", first=", ".join(people[:-1]), last=people[-1])


def _settled(term: TermView, day: date) -> str:
    if term.state == "missed":
        return _("Klaar op %(day)s: dat is na %(last)s", day=day_year(day), last=_last(term.due))
    return _("Gehaald op %(day)s", day=day_year(day))


def _last(due: Due) -> str:
    day = day_long(due.last_day)
    return _("%(day)s om %(time)s uur", day=day, time=hour(due.at)) if due.at else day


def _late(due: Due) -> str:
    if due.days_left >= 0:
        return _("te laat")
    return ngettext("%(num)s dag te laat", "%(num)s dagen te laat", -due.days_left)


def _format(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale=get_locale() or "nl"))


def _dutch() -> bool:
    locale = get_locale()
    return locale is None or str(locale.language) == "nl"
