"""A report with all that goes wrong elsewhere: formulas, markup, empty cells, many rows."""

from datetime import UTC, date, datetime

from app.reports.tables import Bar, Chart, Report, Table

#: Names that mean something to a spreadsheet, to typst, or to both.
NAMES = (
    "=1+1",
    "+31 6",
    "-2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    '#read("report.typ")',
    "*De* _Linde_ $x$ <b> @ref ~ `code` // weg /* weg */ \\ [x] {y}",
    'Scholen "De; Brug"\nen \'t Anker',
)
CHART = Chart(
    "Januari: 5 op tijd en 2 te laat. Februari: 3 op tijd.", (Bar("Januari", "5 op tijd, 2 te laat", 5, 2), Bar("F", "3", 3))
)
MONTHS = Table(
    "months", "Per maand", "Alleen wettelijke termijnen.", "", ("Maand", "Op tijd"), (("Januari", 5), ("Februari", 3)), CHART
)
ROWS = tuple((name, number, date(2026, 11, 19), None) for number, name in enumerate(NAMES))
SCHOOLS = Table("schools", "Per school: [alles]?", "", "", ("School", "Loopt", "Uiterlijk", "Stap"), ROWS)
EMPTY = Table("late", "Te laat", "", "Er is niets te laat.", ("Stap",), ())
REPORT = Report(
    "Naleving",
    ("Stichting *De Kring*", "19 november 2026"),
    "nl",
    datetime(2026, 11, 19, 13, 20, tzinfo=UTC),
    (MONTHS, SCHOOLS, EMPTY),
)
