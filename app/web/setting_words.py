"""Words for a board's settings, periods and hours, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from app.domain.period import Unit, parse_period
from app.domain.reachability import Reach, clock
from app.services.views.administration import SettingSet
from app.services.views.settings import TargetLine
from app.services.views.task import TargetView
from app.web import words
from app.web.i18n import gettext, ngettext

PHONES = {
    "vertrouwensinspecteur": _("Vertrouwensinspecteur"),
    "veilig_thuis": _("Veilig Thuis"),
    "wijkagent": _("Wijkagent"),
    "crisisdienst": _("Crisisdienst"),
    "jeugdgezondheidszorg": _("Jeugdgezondheidszorg"),
    "leerplicht": _("Leerplichtambtenaar"),
}
COMMITTEES = {
    "lkc": _("Landelijke Klachtencommissie Onderwijs (LKC)"),
    "gcbo": _("Geschillencommissies Bijzonder Onderwijs (GCBO)"),
    "komm": _("Klachtencommissie KOMM"),
    "eigen_of_regionaal": _("Eigen of regionale commissie"),
}
KINDS = {
    "target": _("Streeftermijn"),
    "committee": _("Klachtencommissie"),
    "phone": _("Telefoonnummer"),
    "organisation": _("Organisatie op de sociale kaart"),
    "day_off": _("Vrije dagen van het bestuur"),
    "holiday": _("Schoolvakantie"),
}
ADVISERS = {"intern": _("Interne vertrouwenspersoon"), "extern": _("Externe vertrouwenspersoon")}
UNITS = {"dagen": _("dagen"), "weken": _("weken"), "uren": _("uren")}
_COUNTED = ("workdays", "schooldays")


def period(text: str, calendar: str) -> str:
    """How long, as people say it: "10 schooldagen", "4 weken", "4 kantooruren"; of no length, "de dag zelf"."""
    length = parse_period(text)
    if not length.number:
        return gettext("de dag zelf")
    if length.unit is Unit.HOUR:
        if calendar == "officehours":
            return ngettext("%(num)s kantooruur", "%(num)s kantooruren", length.number)
        return gettext("%(num)s uur", num=length.number)
    if calendar in _COUNTED:
        days = length.days()
        if calendar == "schooldays":
            return ngettext("%(num)s schooldag", "%(num)s schooldagen", days)
        return ngettext("%(num)s werkdag", "%(num)s werkdagen", days)
    return _plain(length.number, length.unit)


def source(target: TargetView) -> str:
    """Where a target comes from."""
    if target.set_on is None:
        return gettext("Streeftermijn van de procedure")
    if target.committee:
        return gettext(
            "Zo lang heeft de commissie nodig, vastgelegd door het bestuur op %(day)s", day=words.day_year(target.set_on)
        )
    return gettext("Streeftermijn van het bestuur, vastgesteld op %(day)s", day=words.day_year(target.set_on))


def kept(target: TargetView) -> str:
    """What is said of a case that keeps what it began with; empty when nothing changed since."""
    if target.newer is None:
        return ""
    held = gettext("Deze zaak houdt %(period)s: dat gold toen hij begon.", period=period(target.period, target.calendar))
    day, now = words.day_year(target.newer.since), period(target.newer.period, target.calendar)
    return f"{held} " + gettext("Sinds %(day)s geldt %(period)s.", day=day, period=now)


def later(line: TargetLine) -> str:
    """What a step's target will be."""
    if line.later is None:
        return ""
    day, then = words.day_year(line.later), period(line.later_period, line.calendar)
    return gettext("Vanaf %(day)s: %(period)s", day=day, period=then)


def day(iso: str) -> str:
    """A day of a setting, in words."""
    return words.day_year(date.fromisoformat(iso))


def told(value: Mapping[str, str], calendar: str = "calendar") -> str:
    """A whole value in one line."""
    if not value:
        return gettext("geldt niet meer")
    return ", ".join(_told(name, text, calendar) for name, text in value.items())


def was_set(setting: SettingSet) -> str:
    """What was set, and from when on: "Streeftermijn, Geef nazorg, vanaf 3 november 2026"."""
    which = setting.step or str((COMMITTEES | PHONES).get(setting.name, ""))
    since = gettext("vanaf %(day)s", day=words.day_year(setting.day))
    return ", ".join(part for part in (str(KINDS[setting.kind]), which, since) if part)


def hours(reach: Reach) -> str:
    """On which days and at which hours: "maandag en donderdag, 8.30 tot 16.00 uur"."""
    names = get_day_names("wide", locale=get_locale() or "nl")
    days = words.names([names[day] for day in reach.weekdays])
    if reach.from_minute is None or reach.until_minute is None:
        return days
    times = gettext("%(start)s tot %(end)s uur", start=clock(reach.from_minute), end=clock(reach.until_minute))
    return f"{days}, {times}" if days else times


def weekday(day: int) -> str:
    """The name of a weekday; 0 is Monday."""
    return str(get_day_names("wide", locale=get_locale() or "nl")[day])


def _told(name: str, text: str, calendar: str) -> str:
    if name == "period":
        return period(text, calendar)
    return day(text) if name in ("first", "last") else text


def _plain(number: int, unit: Unit) -> str:
    match unit:
        case Unit.DAY:
            return ngettext("%(num)s dag", "%(num)s dagen", number)
        case Unit.WEEK:
            return ngettext("%(num)s week", "%(num)s weken", number)
        case Unit.MONTH:
            return ngettext("%(num)s maand", "%(num)s maanden", number)
        case _:
            return gettext("%(num)s jaar", num=number)
