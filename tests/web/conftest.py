"""A web application on a real database, and one person who can sign in."""

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo import cast
from app.domain.calendar import CalendarConfig
from app.domain.procedure import Procedure
from app.engine.run import Runner
from app.services import people
from app.services.context import App
from app.services.versions import Versions
from app.settings import Settings
from app.storage.database import Database
from app.vault.kdf import Cost, Kdf
from app.vault.server import ServerKeys
from app.web import create_app
from tests.web.forms import sign_in
from tests.web.matrix import SENT_ON

#: Opens a browser for somebody of the cast.
Browsers = Callable[[str], FlaskClient]

PASSWORD = "een zin van twaalf tekens"
PEPPER = b"p" * 32
SERVER_KEYS = f"k1:{b64encode(bytes(32)).decode('ascii')}"


@dataclass
class Hands:
    """A clock that a test moves."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 19, 13, 20, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


def _no_versions(key: str, _files: dict[str, bytes]) -> Procedure:
    raise AssertionError(f"no page of these tests reads {key}")


@pytest.fixture
def site(installation: App) -> Flask:
    """The application over a whole installation, for the cast."""
    return create_app(installation)


@pytest.fixture
def browser_of(site: Flask) -> Browsers:
    """Opens a browser in which a person of the cast is signed in."""

    def open_one(part: str) -> FlaskClient:
        client = site.test_client()
        assert sign_in(client, cast.email_of(part), cast.PASSWORD).status_code == SENT_ON
        return client

    return open_one


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def bare(sqlite_template: Path, tmp_path: Path, hands: Hands) -> Iterator[App]:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'web.db')}"
    settings = Settings(url, b"k" * 32, PEPPER, SERVER_KEYS, tmp_path / "ledger", demo=True, secure_cookies=False)
    cheap = Cost(memory_kib=64, passes=1)
    app = App(
        settings=settings,
        database=Database(url),
        runner=Runner(),
        versions=Versions(_no_versions),
        calendar=CalendarConfig(),
        kdf=Kdf(PEPPER, cost=cheap, floor=cheap),
        server_keys=ServerKeys.parse(settings.server_keys),
        clock=hands,
    )
    yield app
    app.database.close()


@pytest.fixture
def web(bare: App) -> Flask:
    return create_app(bare)


@pytest.fixture
def strict_web(bare: App) -> Flask:
    """As outside a demonstration: whoever has no app for codes must set one up."""
    return create_app(replace(bare, settings=replace(bare.settings, demo=False)))


@pytest.fixture
def sanne(bare: App) -> str:
    """The e-mail address of somebody with an account."""
    people.create(bare, name="Sanne Bakker", email="sanne@example.org", password=PASSWORD)
    return "sanne@example.org"


@pytest.fixture
def stranger(web: Flask) -> FlaskClient:
    return web.test_client()


@pytest.fixture
def visitor(stranger: FlaskClient, sanne: str) -> FlaskClient:
    """A browser that is signed in."""
    assert sign_in(stranger, sanne, PASSWORD).status_code == 302
    return stranger
