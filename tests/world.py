"""A whole installation with the cast of the demo, on a clock that a test moves. Everything is real; only deriving is cheap."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from app.catalogue import load

from app import bootstrap
from app.demo.cast import make
from app.demo.play import MovingClock, Player
from app.services.context import App
from app.services.publishing import publish
from app.settings import Settings
from app.vault.kdf import Cost, Kdf

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


@pytest.fixture
def installation(database_url: str, tmp_path: Path, clock: MovingClock) -> Iterator[App]:
    """An installation on each database in turn, with all procedures published."""
    app = bootstrap.create(settings_for(database_url, tmp_path), at=clock, kdf=Kdf(PEPPER, CHEAP, CHEAP))
    for procedure in load(app.settings.processes, app.settings.forms).procedures.values():
        publish(app, procedure)
    yield app
    app.database.close()


@pytest.fixture
def player(installation: App, clock: MovingClock) -> Player:
    """Plays the cast."""
    return Player(installation, clock, make(installation, clock.at))
