"""The English words of the pages: `python -m tools.translations update` after a change of the Dutch, `… compile` to use them."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.domain.events import EVENT_TEXT

WEB = Path(__file__).resolve().parent.parent / "app" / "web"
FOLDER = WEB / "translations" / "en" / "LC_MESSAGES"
_METHODS = [("pages/**.py", "python"), ("*.py", "python"), ("templates/**.html", "jinja2")]


def used() -> Catalog:
    """Every Dutch text of the pages, and the sentences of the history, which are looked up by their kind."""
    catalog = Catalog()
    found = extract_from_dir(WEB, _METHODS, directory_filter=lambda _folder: True)
    for _file, _line, text, _comments, _context in found:
        catalog.add(text)
    for text in EVENT_TEXT.values():
        catalog.add(text)
    return catalog


def english() -> Catalog:
    """The English catalogue as it is kept."""
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Add new texts to the English catalogue and drop those that are gone."""
    catalog = english()
    catalog.update(used(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with (FOLDER / "messages.po").open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, omit_header=True, width=0)


def compile_all() -> None:
    """Write the form that the pages read."""
    with (FOLDER / "messages.mo").open("wb") as file:
        write_mo(file, english())


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
