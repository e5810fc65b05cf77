"""A whole installation with the cast of the demo, on a clock that a test moves. Everything is real; only deriving is cheap."""

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import bootstrap
from app.catalogue import load
from app.demo.cast import Places, make
from app.demo.play import MovingClock, Player
from app.scenarios.stage import SINCE
from app.services.context import App
from app.services.publishing import publish
from app.settings import Settings
from app.vault.kdf import Cost, Kdf
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[1]
PEPPER = bytes(range(32))
CHEAP = Cost(memory_kib=8, passes=1)
#: A Monday morning in autumn.
MONDAY = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


def settings_for(database_url: str, folder: Path) -> Settings:
    """The settings of a test's own installation."""
    return Settings(
        database_url=database_url,
        secret_key=bytes(32),
        pepper=PEPPER,
        server_keys=f"k1:{b64encode(bytes(32)).decode('ascii')}",
        ledger=folder / "ledger.jsonl",
        demo=True,
        processes=ROOT / "processes",
        forms=ROOT / "forms",
        secure_cookies=False,
    )


@pytest.fixture
def clock() -> MovingClock:
    """A clock that stands on a Monday morning in September 2026 until it is moved."""
    return MovingClock(MONDAY)


@dataclass(frozen=True)
class World:
    """A filled database to copy, as a SQLite file or the name of a PostgreSQL database, and the ids of its cast."""

    template: str
    places: Places


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A SQLite file with the procedures published and the cast installed, to be copied."""
    folder = tmp_path_factory.mktemp("world")
    path = shutil.copy(sqlite_template, folder / "world.db")
    return World(str(path), _fill(f"sqlite:///{path}", folder))


@pytest.fixture(scope="session")
def postgres_world(
    postgres_server: PostgresServer, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The same in PostgreSQL."""
    name = postgres_server.create(postgres_template)
    yield World(name, _fill(postgres_server.url(name), tmp_path_factory.mktemp("world")))
    postgres_server.drop(name)


@pytest.fixture
def world(request: pytest.FixtureRequest, backend: str) -> World:
    """The filled database of each kind in turn."""
    found: World = request.getfixturevalue("sqlite_world" if backend == "sqlite" else "postgres_world")
    return found


@pytest.fixture
def world_url(request: pytest.FixtureRequest, backend: str, world: World, tmp_path: Path) -> str:
    """The URL of this test's own copy."""
    if backend == "sqlite":
        return f"sqlite:///{shutil.copy(world.template, tmp_path / 'world.db')}"
    fresh: Callable[..., str] = request.getfixturevalue("fresh_postgres")
    return fresh(template=world.template)


@pytest.fixture
def installation(world_url: str, tmp_path: Path, clock: MovingClock) -> Iterator[App]:
    """An installation on each database in turn, with all procedures published and the cast installed."""
    app = _create(world_url, tmp_path, clock)
    yield app
    app.database.close()


@pytest.fixture
def player(installation: App, clock: MovingClock, world: World) -> Player:
    """Plays the cast."""
    return Player(installation, clock, world.places)


def _create(url: str, folder: Path, clock: MovingClock) -> App:
    return bootstrap.create(settings_for(url, folder), at=clock, kdf=Kdf(PEPPER, CHEAP, CHEAP))


def _fill(url: str, folder: Path) -> Places:
    app = _create(url, folder, MovingClock(MONDAY))
    for procedure in load(app.settings.processes, app.settings.forms).procedures.values():
        publish(app, procedure)
    places = make(app, SINCE)
    app.database.close()
    return places
