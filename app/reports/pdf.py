"""A report as PDF/UA-1 (ISO 14289-1): tagged, with a language, a title, headings of tables, and words for its pictures."""

import json
from pathlib import Path
from typing import Any, Final

import typst

from app.reports.tables import Chart, Report, Table, shown

#: The only folder that typesetting reads; it knows no fonts but its own, so that every machine makes the same file.
_LAYOUT: Final = Path(__file__).with_name("layout")
_FONTS: Final = typst.Fonts(include_system_fonts=False)


def write(report: Report) -> bytes:
    """The file. All words go in as data: nothing that somebody once typed is ever read as a command."""
    return typeset((_LAYOUT / "report.typ").read_bytes(), {"report": json.dumps(_report(report))}, report)


def typeset(source: bytes, data: dict[str, str], report: Report) -> bytes:
    """Typeset a layout of ours with this data; its moment is that of the figures."""
    compiler = typst.Compiler(source, root=str(_LAYOUT), font_paths=_FONTS, ignore_system_fonts=True, sys_inputs=data)
    made: Any = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(report.at.timestamp()))
    return bytes(made)


def _report(report: Report) -> dict[str, object]:
    return {
        "title": report.title,
        "about": report.about,
        "language": report.language,
        "tables": [_table(table) for table in report.tables],
    }


def _table(table: Table) -> dict[str, object]:
    rows = [[{"text": shown(value), "number": isinstance(value, int)} for value in row] for row in table.rows]
    numeric = [bool(rows) and all(row[column]["number"] or not row[column]["text"] for row in rows) for column in _columns(table)]
    return {
        "title": table.title,
        "note": table.note,
        "empty": table.empty,
        "columns": [{"text": title, "number": number} for title, number in zip(table.columns, numeric, strict=True)],
        "rows": rows,
        "chart": None if table.chart is None else _chart(table.chart),
    }


def _columns(table: Table) -> range:
    return range(len(table.columns))


def _chart(chart: Chart) -> dict[str, object]:
    bars = [
        {"label": bar.label, "words": bar.words, "full": bar.full / chart.longest, "hatched": bar.hatched / chart.longest}
        for bar in chart.bars
    ]
    return {"says": chart.says, "bars": bars}
