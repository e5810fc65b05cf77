"""Tables as an Excel workbook, a sheet each; the last one says what they are about."""

import io
from datetime import date
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.reports.tables import Report, Table, Value, shown

#: Nothing that is written becomes a formula, a link or a number unless we say so; nothing touches the disk.
_PLAIN: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST: Final = 60
#: Excel takes no longer name of a sheet, and none of these characters.
_LONGEST, _REFUSED = 31, str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write(report: Report, about: str) -> bytes:
    """The file; `about` is the name of its last sheet."""
    file = io.BytesIO()
    book = Workbook(file, _PLAIN)
    book.set_properties({"title": report.title, "created": report.at.replace(tzinfo=None)})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
    for table in report.tables:
        _fill(book.add_worksheet(_name(table.title)), table, bold=bold, day=day)
    _explain(book.add_worksheet(_name(about)), report, bold)
    book.close()
    return file.getvalue()


def _fill(sheet: Worksheet, table: Table, *, bold: Format, day: Format) -> None:
    for column, title in enumerate(table.columns):
        sheet.write_string(0, column, title, bold)
        widths = [len(title), *(len(shown(row[column])) for row in table.rows)]
        sheet.set_column(column, column, min(_WIDEST, max(widths) + 2))
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _put(sheet, (number, column), value, day)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _put(sheet: Worksheet, place: tuple[int, int], value: Value, day: Format) -> None:
    if isinstance(value, int):
        sheet.write_number(*place, value)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, day)
    elif value:
        sheet.write_string(*place, value)


def _explain(sheet: Worksheet, report: Report, bold: Format) -> None:
    notes = [line for table in report.tables for line in (table.title, table.note)]
    sheet.set_column(0, 0, _WIDEST * 2)
    sheet.write_string(0, 0, report.title, bold)
    for number, line in enumerate([*report.about, *notes], start=1):
        sheet.write_string(number, 0, line)


def _name(title: str) -> str:
    return title.translate(_REFUSED)[:_LONGEST].strip()
