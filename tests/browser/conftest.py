"""A served installation with the cast of the demo, and the people who sit behind browsers."""

from collections.abc import Callable, Iterator

import pytest

from app.demo.play import Player
from app.web import create_app
from tests.browser.people import Person
from tests.browser.site import Site
from tests.conftest import PageOpener
from tests.web.serving import served

Sitter = Callable[..., Person]


@pytest.fixture
def backend() -> str:
    """Pages are the same on both databases; a test that plays on PostgreSQL too says so."""
    return "sqlite"


@pytest.fixture
def site(player: Player) -> Iterator[Site]:
    """The installation of the test, served."""
    with served(create_app(player.app)) as address:
        yield Site(player, address)


@pytest.fixture
def sit(site: Site, new_page: PageOpener) -> Sitter:
    """Put somebody of the cast behind a browser of his own; `kind` says how he works, the rest goes to the browser."""

    def sit_down(part: str, *, kind: type[Person] = Person, **browser: object) -> Person:
        return kind(new_page(**browser), site.address, part)

    return sit_down
