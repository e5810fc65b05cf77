"""CSV opens in a spreadsheet without being taken for anything but text and numbers."""

import csv
import io

from app.reports import csv_file
from tests.reports.made import EMPTY, NAMES, SCHOOLS


def read(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_file_begins_with_its_mark_and_its_headings() -> None:
    written = csv_file.write(SCHOOLS)
    assert written.startswith(b"\xef\xbb\xbfSchool;Loopt;Uiterlijk;Stap\r\n")


def test_whatever_begins_a_formula_gets_an_apostrophe_and_the_rest_stays() -> None:
    names = [row[0] for row in read(csv_file.write(SCHOOLS))[1:]]
    assert names == [*(f"'{name}" for name in NAMES[:6]), *NAMES[6:]]


def test_numbers_days_and_empty_cells_are_themselves() -> None:
    assert [row[1:] for row in read(csv_file.write(SCHOOLS))[1:]] == [[str(n), "19-11-2026", ""] for n in range(len(NAMES))]


def test_a_table_without_rows_still_has_its_headings() -> None:
    assert read(csv_file.write(EMPTY)) == [["Stap"]]
