"""A PDF that a screen reader can read, holding all that the tables hold, and reading nothing that it should not."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from app.reports import pdf
from app.reports.tables import shown
from tests.reports.made import CHART, REPORT, SCHOOLS


@pytest.fixture(scope="module")
def made() -> PdfReader:
    return PdfReader(io.BytesIO(pdf.write(REPORT)))


def elements(found: PdfObject) -> list[dict[str, Any]]:
    """The structure of the document, from its top, in the order in which it is read."""
    node: Any = found.get_object()
    below = node if isinstance(node, list) else [node.get("/K", [])] if isinstance(node, DictionaryObject) else []
    own = [node] if isinstance(node, DictionaryObject) and "/S" in node else []
    return own + [deeper for one in below for deeper in elements(one)]


def test_it_says_that_it_is_pdf_ua_and_in_which_language(made: PdfReader) -> None:
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert made.metadata is not None
    assert made.metadata.title == "Naleving"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_headings_tables_and_pictures_are_tagged(made: PdfReader) -> None:
    root: Any = made.trailer["/Root"]
    found = elements(root["/StructTreeRoot"]["/K"])
    kinds = Counter(one["/S"] for one in found)
    assert kinds["/Table"] == 2
    assert kinds["/TH"] == 2 + 4
    assert kinds["/TD"] == 4 + 4 * len(SCHOOLS.rows)
    assert kinds["/H1"] + kinds["/H2"] == 3
    assert [one["/Alt"] for one in found if one["/S"] == "/Figure"] == [CHART.says]


def test_every_text_and_number_stands_in_it_as_it_was_written(made: PdfReader) -> None:
    text = "".join("".join(page.extract_text() for page in made.pages).split())
    for table in REPORT.tables:
        for value in (table.title, table.note, *table.columns, *(cell for row in table.rows for cell in row)):
            assert "".join(shown(value).split()) in text, value
    assert "Erisnietstelaat." in text


def test_the_same_figures_make_the_same_file() -> None:
    assert pdf.write(REPORT) == pdf.write(REPORT)


def test_a_layout_reads_no_file_outside_its_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    away = "../" * len(pdf._LAYOUT.resolve().parts) + str(secret).lstrip("/")
    for source in (f"#read({json.dumps(str(secret))})", f"#read({json.dumps(away)})", '#read("../pdf.py")'):
        with pytest.raises(typst.TypstError):
            pdf.typeset(source.encode(), {}, REPORT)
