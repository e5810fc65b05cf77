"""The tables of the compliance board, for its page and for its files alike, so that they never say different things."""

from operator import attrgetter

from flask import url_for

from app.domain.compliance import Figure
from app.reports.tables import Bar, Chart
from app.services.views.compliance import CompliancePage, Duration, Kept, LeftLine, Month, OverdueLine, Row
from app.services.views.figures import Behind, Counted
from app.web import compliance_address as address
from app.web import compliance_labels as named
from app.web import compliance_words as say
from app.web import labels, words
from app.web.grid import Cell, Column, Grid
from app.web.i18n import gettext as _
from app.web.i18n import ngettext


def board(page: CompliancePage) -> tuple[Grid, ...]:
    """All tables of the board, in the order of the page; of one role, none of whole procedures."""
    return (
        figures(page),
        overdue(page.overdue_at),
        running(page.running),
        months(page.months),
        schools(page),
        procedures(page),
        *(() if page.scope.role else (durations(page.durations),)),
        steps(page.steps),
        adviser(page),
    )


def count(counted: Counted, *, late: bool = False) -> Cell:
    """A number that leads to its list; nothing stands behind a zero."""
    href = address.to_list(counted.behind) if counted.number else None
    return Cell(counted.number, href=href, late=late and counted.number > 0)


def all_running(page: CompliancePage) -> Counted:
    """All running terms together, however many days they have."""
    return Counted(sum(line.all.number for line in page.running), Behind(Figure.RUNNING, page.scope))


def figures(page: CompliancePage) -> Grid:
    """The single numbers of the page."""
    single = (
        (Figure.KEPT, page.kept.kept),
        (Figure.MISSED, page.kept.missed),
        (Figure.RUNNING, all_running(page)),
        (Figure.OVERDUE, page.overdue),
        (Figure.EXTENDED, page.extended),
        (Figure.ESCALATED, page.escalated),
        (Figure.SLEEPING, page.sleeping),
        (Figure.AGREED, page.agreed),
        (Figure.CHECKED, page.checked),
    )
    share = (
        Cell(_("Procent op tijd")),
        Cell(page.kept.share, say.share(page.kept.share)),
        Cell(_("Alleen wettelijke termijnen.")),
    )
    rows = [(Cell(str(named.FIGURES[figure])), count(number), Cell(str(named.COUNTS[figure]))) for figure, number in single]
    columns = (Column(_("Cijfer")), Column(_("Aantal"), number=True), Column(_("Wat telt mee")))
    return Grid("cijfers", _("De cijfers"), str(named.WHOSE), "", columns, (share, *rows))


def overdue(lines: tuple[OverdueLine, ...]) -> Grid:
    """Where terms are past their end, and how long."""
    rows = tuple(
        (
            Cell(words.capital(labels.role(line.role))),
            Cell(line.school),
            count(line.count, late=True),
            Cell(line.longest, say.long_late(line.longest)),
        )
        for line in lines
    )
    columns = (
        Column(_("Wie")),
        Column(_("School")),
        Column(_("Te laat"), number=True),
        Column(_("Langst te laat (dagen)"), number=True),
    )
    note, empty = str(named.COUNTS[Figure.OVERDUE]), _("Nu is geen enkele termijn te laat.")
    return Grid("te-laat", _("Wat nu te laat is"), note, empty, columns, rows)


def running(lines: tuple[LeftLine, ...]) -> Grid:
    """Running terms by the days that they still have."""
    rows = tuple((Cell(str(named.LEFT[line.left])), count(line.all), count(line.statutory)) for line in lines)
    columns = (Column(_("Nog over")), Column(_("Termijnen"), number=True), Column(_("Waarvan wettelijk"), number=True))
    bars = tuple(Bar(str(named.LEFT[line.left]), _terms(line.all.number), line.all.number) for line in lines)
    some = any(line.all.number for line in lines)
    title, empty = _("Wat nu loopt"), _("Nu loopt er geen termijn die jij mag zien.")
    chart = _chart(_("Lopende termijnen naar de dagen die over zijn."), bars)
    return Grid("loopt", title, str(named.COUNTS[Figure.RUNNING]), empty, columns, rows if some else (), chart, compact=True)


def months(lines: tuple[Month, ...]) -> Grid:
    """Terms of law kept and missed, month by month."""
    rows = tuple(
        (Cell(say.month(line.month)), count(line.kept.kept), count(line.kept.missed), _share(line.kept)) for line in lines
    )
    columns = (
        Column(_("Maand")),
        Column(_("Op tijd"), number=True),
        Column(_("Te laat"), number=True),
        Column(_("Procent op tijd"), number=True),
    )
    bars = tuple(
        Bar(words.capital(words.month(line.month)), _kept(line.kept), line.kept.kept.number, line.kept.missed.number)
        for line in lines
    )
    note = _(
        "Wettelijke termijnen. Een termijn telt in de maand waarin hij is gehaald of voorbijging. Streefdata tellen niet mee."
    )
    some = any(line.kept.share is not None for line in lines)
    empty = _("In de laatste twaalf maanden eindigde er nog geen wettelijke termijn.")
    chart = _chart(_("Wettelijke termijnen per maand."), bars)
    return Grid("maanden", _("Per maand"), note, empty, columns, rows if some else (), chart, compact=True)


def schools(page: CompliancePage) -> Grid:
    """The main numbers of each school."""
    there = address.of_scope(page.scope)
    rows = tuple(
        (Cell(row.name, href=url_for("compliance.show", **there | {"school": row.key})), *_main(row)) for row in page.schools
    )
    return Grid("scholen", _("Per school"), _main_note(), _("Er is nog niets te tellen."), _main_columns(_("School")), rows)


def procedures(page: CompliancePage) -> Grid:
    """The main numbers of each procedure, which lead to its drawing."""
    there = {name: value for name, value in address.of_scope(page.scope).items() if name != "procedure"}
    rows = tuple(
        (Cell(row.name, href=url_for("compliance.heat", procedure=row.key, **there), dutch=True), *_main(row))
        for row in page.procedures
    )
    empty = _("Er is nog geen procedure om te tellen die jij mag zien.")
    return Grid("procedures", _("Per procedure"), _main_note(), empty, _main_columns(_("Procedure")), rows)


def durations(lines: tuple[Duration, ...]) -> Grid:
    """How long whole procedures took."""
    rows = tuple((Cell(line.procedure, dutch=True), *_long(line)) for line in lines)
    bars = tuple(Bar(line.procedure, _("helft binnen %(days)s", days=say.days(line.median)), line.median) for line in lines)
    chart = _chart(_("Dagen waarbinnen de helft van de procedures klaar was."), bars)
    note, empty = str(named.COUNTS[Figure.ENDED]), _("In de laatste twaalf maanden was er nog geen procedure klaar.")
    title, columns = _("Hoe lang procedures duren"), (Column(_("Procedure")), *_long_columns())
    return Grid("duur", title, note, empty, columns, rows, chart if rows else None)


def steps(lines: tuple[Duration, ...]) -> Grid:
    """How long steps took."""
    rows = tuple((Cell(line.name, dutch=True), Cell(line.procedure, dutch=True), _who(line), *_long(line)) for line in lines)
    columns = (Column(_("Stap")), Column(_("Procedure")), Column(_("Wie")), *_long_columns())
    note, empty = str(named.COUNTS[Figure.DONE]), _("In de laatste twaalf maanden was er nog geen stap klaar.")
    return Grid("stappen", _("Hoe lang stappen duren"), note, empty, columns, rows)


def adviser(page: CompliancePage) -> Grid:
    """Adviser's work, in bands alone."""
    first, after = page.adviser_months
    note = _(
        "Over drie hele maanden: %(first)s tot %(after)s; open zaken zoals aan het eind daarvan. Je ziet aantallen in vaste "
        "groepen, zodat niemand te herkennen is. "
        "Zaken waarbij de schoolleiding of het bestuur zelf betrokken kan zijn, tellen niet mee.",
        first=words.day_year(first),
        after=words.day_year(after),
    )
    titles = (_("School"), _("Open zaken"), _("Contacten zonder zaak"), _("Navraag afgesproken"), _("Navraag gedaan"))
    of_line = attrgetter("open_cases", "contacts", "agreed", "checked")
    said = {band: Cell(say.band(band)) for band in {band for line in page.adviser for band in of_line(line)}}
    rows = tuple((Cell(line.school), *(said[band] for band in of_line(line))) for line in page.adviser)
    empty = _("Er is nog geen werk van vertrouwenspersonen te tellen.")
    return Grid("vertrouwenspersonen", _("Werk van de vertrouwenspersonen"), note, empty, tuple(map(Column, titles)), rows)


def _main(row: Row) -> tuple[Cell, ...]:
    kept = (_share(row.kept), count(row.kept.kept), count(row.kept.missed))
    return (*kept, count(row.running), count(row.overdue, late=True), count(row.sleeping))


def _main_columns(first: str) -> tuple[Column, ...]:
    figures = (Figure.KEPT, Figure.MISSED, Figure.RUNNING, Figure.OVERDUE, Figure.SLEEPING)
    titles = (_("Procent op tijd"), *(str(named.FIGURES[figure]) for figure in figures))
    return (Column(first), *(Column(title, number=True) for title in titles))


def _main_note() -> str:
    return _(
        "Op tijd en te laat: wettelijke termijnen van de laatste twaalf maanden. Loopt nu en nu te laat: ook streefdata. "
        "Ligt stil: drie weken deed niemand iets, terwijl de procedure niet op een dag wacht."
    )


def _long(line: Duration) -> tuple[Cell, ...]:
    return count(line.count), Cell(line.median, say.days(line.median)), Cell(line.p90, say.days(line.p90))


def _long_columns() -> tuple[Column, ...]:
    titles = (_("Klaar"), _("Helft klaar binnen (dagen)"), _("Negen van de tien klaar binnen (dagen)"))
    return tuple(Column(title, number=True) for title in titles)


def _who(line: Duration) -> Cell:
    return Cell(None if line.role is None else labels.role(line.role))


def _share(kept: Kept) -> Cell:
    return Cell(kept.share, say.share(kept.share))


def _terms(number: int) -> str:
    return ngettext("%(num)s termijn", "%(num)s termijnen", number)


def _kept(kept: Kept) -> str:
    if kept.share is None:
        return _("geen")
    if not kept.missed.number:
        return _("%(kept)s op tijd", kept=kept.kept.number)
    if not kept.kept.number:
        return _("%(missed)s te laat", missed=kept.missed.number)
    return _("%(kept)s op tijd, %(missed)s te laat", kept=kept.kept.number, missed=kept.missed.number)


def _chart(says: str, bars: tuple[Bar, ...]) -> Chart:
    """What a chart says is said of each of its bars too."""
    return Chart(" ".join([says, *(f"{bar.label}: {bar.words}." for bar in bars)]), bars)
