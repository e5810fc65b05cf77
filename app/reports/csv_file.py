"""A table as CSV the way Dutch spreadsheets open it: UTF-8 with its mark, semicolons, a line of headings."""

import csv
import io

from app.reports.tables import Table, Value, harmless, shown


def write(table: Table) -> bytes:
    """The file. Texts that a spreadsheet would take for formulas are defused; numbers stay numbers."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([harmless(title) for title in table.columns])
    lines.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str | int:
    return value if isinstance(value, int) else harmless(shown(value))
