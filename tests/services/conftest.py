"""What the tests of the worker share: a small installation on each database in turn, and a mail server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.context import App
from app.storage.database import Database
from tests.services import guarded
from tests.services.guarded import MONDAY, People, SetClock
from tests.services.post import Post


@pytest.fixture
def set_clock() -> SetClock:
    """A clock that stands on Monday 2 November 2026 until it is set."""
    return SetClock(MONDAY)


@pytest.fixture
def small_app(database: Database, tmp_path: Path, set_clock: SetClock) -> App:
    """The parts that a worker needs."""
    return guarded.make_app(database, tmp_path / "ledger.jsonl", set_clock)


@pytest.fixture
def who(small_app: App) -> People:
    """Who handles the cases; their names must stand in no mail."""
    return guarded.people(small_app, guarded.FINDABLE)


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that answers."""
    made = Post()
    with made.open():
        yield made
