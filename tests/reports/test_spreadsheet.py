"""A workbook holds numbers as numbers, texts as texts, and not one formula."""

import io
from zipfile import ZipFile

from lxml import etree

from app.reports import spreadsheet
from tests.reports.made import NAMES, REPORT

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def part(name: str) -> "etree._Element":
    with ZipFile(io.BytesIO(spreadsheet.write(REPORT, "Uitleg"))) as file:
        return etree.fromstring(file.read(f"xl/{name}.xml"))


def texts() -> list[str]:
    return ["".join(str(text) for text in item.itertext()) for item in part("sharedStrings").findall("x:si", SPACE)]


def test_every_table_has_a_sheet_and_the_last_says_what_they_are_about() -> None:
    names = [sheet.get("name") for sheet in part("workbook").findall(".//x:sheet", SPACE)]
    assert names == ["Per maand", "Per school   alles", "Te laat", "Uitleg"]
    assert {"Stichting *De Kring*", "Alleen wettelijke termijnen."} <= set(texts())


def test_no_text_becomes_a_formula_or_a_link() -> None:
    for number in range(1, 5):
        sheet = part(f"worksheets/sheet{number}")
        assert sheet.findall(".//x:f", SPACE) == []
        assert sheet.findall(".//x:hyperlink", SPACE) == []
    # In XML an end of line is written as _x000D_ where it would be lost.
    assert {name.replace("\r", "_x000D_") for name in NAMES} <= set(texts())


def test_numbers_and_days_are_numbers() -> None:
    cells = part("worksheets/sheet2").findall(".//x:row[@r='3']/x:c", SPACE)
    assert [(cell.get("t"), cell.findtext("x:v", namespaces=SPACE)) for cell in cells[1:]] == [(None, "1"), (None, "46345")]


def test_the_same_figures_make_the_same_file() -> None:
    assert spreadsheet.write(REPORT, "Uitleg") == spreadsheet.write(REPORT, "Uitleg")
