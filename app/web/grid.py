"""Tables of figures: what a cell shows and where it leads, and the same table for outside the product."""

from dataclasses import dataclass

from app.reports.tables import Chart, Table, Value, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the words that it is shown in where they are others, and the address behind it.

    `late` puts the sign of late before it; `dutch` marks words that stand in a diagram, which are Dutch in every language.
    """

    value: Value
    words: str | None = None
    href: str | None = None
    late: bool = False
    dutch: bool = False

    @property
    def text(self) -> str:
        """What is read on the page."""
        return shown(self.value) if self.words is None else self.words


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and whether numbers stand under it."""

    title: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page. `compact` stays a table on a phone; another becomes blocks. `note` says what counts."""

    key: str
    title: str
    note: str
    empty: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Chart | None = None
    compact: bool = False

    def table(self) -> Table:
        """The same for a file: values without their addresses."""
        titles = tuple(column.title for column in self.columns)
        rows = tuple(tuple(cell.value for cell in row) for row in self.rows)
        return Table(self.key, self.title, self.note, self.empty, titles, rows, self.chart)
