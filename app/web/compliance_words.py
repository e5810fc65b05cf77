"""The compliance board in words: what figures are of, and what their numbers and days mean."""

from datetime import date

from babel.dates import format_date
from flask_babel import get_locale

from app.domain.compliance import Band, Figure
from app.services.views.figures import Behind, Choices, Line, Scope
from app.web import compliance_labels as named
from app.web import labels, words
from app.web.i18n import gettext as _
from app.web.i18n import ngettext


def boards(choices: Choices, scope: Scope) -> str:
    """The names of the boards that the figures are of."""
    return words.names([name for board_id, name in choices.boards if scope.board_id in (None, board_id)])


def narrowed(choices: Choices, scope: Scope) -> list[str]:
    """What the figures were narrowed to, in words; empty where all of it is shown."""
    school = dict(choices.schools).get(scope.school_id) if scope.school_id else None
    procedure = dict(choices.procedures).get(scope.procedure_key) if scope.procedure_key else None
    said = [
        _("School: %(name)s", name=school) if school else "",
        _("Rol: %(name)s", name=labels.role(scope.role)) if scope.role else "",
        _("Procedure: %(name)s", name=procedure) if procedure else "",
    ]
    return [one for one in said if one]


def asked(behind: Behind, title: str) -> list[str]:
    """What a list was asked for besides its figure and its scope; `title` is that of its step."""
    said = [
        _("Stap: %(name)s", name=title) if title and behind.element_id else "",
        _("Maand: %(name)s", name=words.month(behind.month)) if behind.month else "",
        _("Dagen over: %(name)s", name=str(named.LEFT[behind.left])) if behind.left else "",
        _("Versie %(number)s", number=behind.version) if behind.version else "",
        {True: _("Alleen wettelijke termijnen"), False: _("Alleen streefdata"), None: ""}[behind.statutory],
    ]
    return [one for one in said if one]


def kind(line: Line) -> str:
    """Whether the term of a line is one of law; empty where the line has none."""
    if line.statutory is None:
        return ""
    return _("wettelijk") if line.statutory else _("streefdatum")


def last(line: Line) -> str | None:
    """Until when a line's term runs: "22 nov", of one in hours "22 nov, 14.00 uur"."""
    if line.last_day is None:
        return None
    day = words.day_tiny(line.last_day)
    return day if line.at is None else _("%(day)s, %(time)s uur", day=day, time=words.hour(line.at))


def band(numbers: Band) -> str:
    """A number that is told in steps of five: "5 tot en met 9"."""
    return _("%(least)s tot en met %(most)s", least=numbers.least, most=numbers.most)


def share(percent: int | None) -> str:
    """The share that was kept: "93%"; in words where nothing was decided."""
    return _("geen") if percent is None else f"{percent}%"


def month(day: date) -> str:
    """The month of a day, for a column: "nov 2026"."""
    return str(format_date(day, "MMM y", locale=get_locale()))


def days(number: int) -> str:
    """So many days: "1 dag", "12 dagen"."""
    return ngettext("%(num)s dag", "%(num)s dagen", number)


def long_late(number: int) -> str:
    """How long something is late; a term in hours may be so for less than a day."""
    return days(number) if number else _("minder dan een dag")


def is_late(figure: Figure, line: Line) -> bool:
    """Whether a line is of a term that is past its end while its step is open."""
    return figure is Figure.OVERDUE or (figure is Figure.RUNNING and line.late)


def line_days(figure: Figure, line: Line) -> str:
    """What the days of a line mean: "6 dagen te laat", "nog 3 dagen", "wacht 5 dagen"; "te laat" on the day itself."""
    number = line.days
    if line.late:
        return _("%(days)s te laat", days=days(abs(number))) if number else _("te laat")
    if figure in (Figure.WAITING, Figure.AGREED):
        return _("wacht %(days)s", days=days(number))
    if figure is Figure.SLEEPING:
        return _("%(days)s stil", days=days(number))
    if figure in (Figure.DONE, Figure.ENDED, Figure.CHECKED):
        return _("duurde %(days)s", days=days(number))
    return _("nog %(days)s", days=days(number)) if figure is Figure.RUNNING else _("%(days)s over", days=days(number))
