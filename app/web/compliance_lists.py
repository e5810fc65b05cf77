"""The list behind a number and the table behind a drawing, and all of it for files."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import get_locale

from app.reports.tables import Bar, Chart, Report
from app.services.views.compliance import HeatElement, HeatPage
from app.services.views.figures import Choices, Line, LinesPage, Scope
from app.web import compliance_labels as named
from app.web import compliance_words as say
from app.web import labels, words
from app.web.compliance_tables import count
from app.web.grid import Cell, Column, Grid
from app.web.i18n import gettext as _
from app.web.i18n import ngettext


def lines(page: LinesPage) -> Grid:
    """The lines of a list; a case number leads to its case for whoever may open it."""
    titles = (_("Zaak"), _("Procedure"), _("Stap"), _("Wie"), _("School"), _("Soort termijn"), _("Uiterlijk"))
    columns = (*map(Column, titles), Column(_("Dagen"), number=True))
    rows = tuple(_line(line, page) for line in page.lines)
    figure = page.behind.figure
    empty = _("Hier staat nu niets. Als er iets bij komt, zie je het hier vanzelf.")
    return Grid("lijst", str(named.FIGURES[figure]), str(named.COUNTS[figure]), empty, columns, rows)


def heat(page: HeatPage, elements: Sequence[HeatElement]) -> Grid:
    """Where work waits and terms are missed: these elements, the busiest first."""
    columns = (
        Column(_("Stap")),
        Column(_("Wie")),
        Column(_("Wacht nu"), number=True),
        Column(_("Wacht meestal (dagen)"), number=True),
        Column(_("Te laat in twaalf maanden"), number=True),
    )
    busy = sorted(elements, key=lambda one: (-one.heat, -one.waiting.number, -one.missed.number))
    note = _(
        "Wacht nu: stappen die open staan. Wacht meestal: de helft wacht korter, de helft langer. Te laat: termijnen die in de "
        "laatste twaalf maanden voorbijgingen voordat de stap klaar was. Bij een fase tellen alle stappen daarin."
    )
    bars = tuple(Bar(one.name, waiting(one), one.waiting.number, one.missed.number) for one in busy if one.heat)
    chart = Chart(" ".join([_("Waar het wacht."), *(f"{bar.label}: {bar.words}." for bar in bars)]), bars) if bars else None
    empty = _("In deze versie is nog geen stap te tellen.")
    return Grid("stappen", _("Waar het wacht"), note, empty, columns, tuple(_element(one) for one in busy), chart)


def report(title: str, grids: Sequence[Grid], about: Sequence[str], at: datetime) -> Report:
    """What a file holds."""
    return Report(title, tuple(about), get_locale().language, at, tuple(grid.table() for grid in grids))


def about(choices: Choices, scope: Scope, at: datetime, *more: str) -> list[str]:
    """What figures are about: the board, the day and hour, and what they were narrowed to."""
    day = _("Cijfers van %(day)s om %(time)s uur", day=words.day_year(words.day(at)), time=words.hour(at))
    narrowed = [*say.narrowed(choices, scope), *more]
    return [say.boards(choices, scope), day, *(narrowed or [_("Alle scholen en alle procedures")])]


def _line(line: Line, page: LinesPage) -> tuple[Cell, ...]:
    figure = page.behind.figure
    return (
        Cell(line.case_number, href=url_for("case.show", number=line.case_number) if line.may_open else None),
        Cell(line.procedure, dutch=True),
        Cell(line.step or _("hele procedure"), dutch=bool(line.step)),
        Cell(None if line.role is None else labels.role(line.role)),
        Cell(line.school),
        Cell(say.kind(line)),
        Cell(line.last_day, say.last(line)),
        Cell(say.line_days(figure, line), late=say.is_late(figure, line)),
    )


def _element(one: HeatElement) -> tuple[Cell, ...]:
    return (
        Cell(one.name, dutch=True),
        Cell(_("fase") if one.role is None else labels.role(one.role)),
        count(one.waiting),
        Cell(one.median, None if one.median is None else say.days(one.median)),
        count(one.missed, late=True),
    )


def waiting(one: HeatElement) -> str:
    """What stands at an element of a drawing: "3 wacht, 1 te laat"."""
    return ngettext(
        "%(num)s wacht, %(missed)s te laat", "%(num)s wachten, %(missed)s te laat", one.waiting.number, missed=one.missed.number
    )
