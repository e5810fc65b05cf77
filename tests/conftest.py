"""Fixtures that every test may use: a PostgreSQL and a browser, both real."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium, postgres
from tests.postgres import PostgresServer

pytest_plugins = ["tests.storage_fixtures", "tests.world"]

# A busy machine is no fault of a test: examples may take their time.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PageOpener = Callable[..., Page]


class WorkerNode(Protocol):
    """What pytest-xdist shows of a worker process before it starts."""

    config: pytest.Config
    workerinput: dict[str, str]


def pytest_configure(config: pytest.Config) -> None:
    postgres.choose_directory(config)


def pytest_configure_node(node: WorkerNode) -> None:
    node.workerinput["postgres_directory"] = node.config.stash[postgres.DIRECTORY]


def pytest_unconfigure(config: pytest.Config) -> None:
    postgres.remove_cluster(config)


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> PostgresServer:
    """The run's PostgreSQL cluster, started at its first use."""
    return PostgresServer(pytestconfig.stash[postgres.DIRECTORY])


@pytest.fixture
def fresh_postgres(postgres_server: PostgresServer) -> Iterator[Callable[..., str]]:
    """Makes databases, empty or a copy of `template=<name>`, and returns their URLs; they go when the test ends."""
    made: list[str] = []

    def make(template: str = "template1") -> str:
        made.append(postgres_server.create(template))
        return postgres_server.url(made[-1])

    yield make
    for database in made:
        postgres_server.drop(database)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        yield chrome
        chrome.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[PageOpener]:
    """Opens pages, each in a context of its own (so: a person of its own); keywords as for `Browser.new_context`.

    A script error or a breach of the content security policy on any of these pages fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:  # noqa: ANN401 - passed on to Playwright, which checks them
        context = browser.new_context(**{"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
