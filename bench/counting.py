"""How many SQL statements a page takes: the pages are served in this very process, over HTTP, by the product's own server."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from app.storage.database import Database
from app.web import create_app
from bench.browser import Browser, both
from bench.figures import Progress
from bench.installation import Installation, Pair, Person
from tests.web.serving import served


@dataclass(frozen=True)
class Counted:
    """Statements of an ordinary submit (the median of a whole case), of the submit that takes most, and of an inbox."""

    submit: int
    most: int
    inbox: int


def count(installation: Installation, pair: Pair, progress: Progress) -> Counted:
    """Play one case and count."""
    installation.start_case(pair)
    with served(create_app(installation.app)) as address:
        port = int(address.rpartition(":")[2])
        with both(port, pair) as browsers:
            numbers = list(_submits(installation.app.database, browsers, progress))
            with installation.app.database.count() as statements:
                browsers[0].inbox_ms()
    return Counted(round(median(numbers)), max(numbers), statements.number)


def count_page(installation: Installation, person: Person, address: str) -> int:
    """How many statements a page takes that was shown before: procedures are read from the database once."""
    with served(create_app(installation.app)) as where:
        browser = Browser(int(where.rpartition(":")[2]), person)
        browser.page_ms(address)
        with installation.app.database.count() as statements:
            browser.page_ms(address)
        browser.close()
    return statements.number


def _submits(database: Database, browsers: tuple[Browser, Browser], progress: Progress) -> Iterator[int]:
    while found := [(browser, task) for browser in browsers for task in browser.tasks()]:
        for browser, task in found:
            answers = browser.answers(task)
            with database.count() as statements:
                browser.submit_ms(task, answers)
            progress.step()
            yield statements.number
