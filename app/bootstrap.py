"""The composition root of web, worker, commands and tests: one function that makes an installation from its settings."""

from app import clock
from app.calendars import load_calendar, load_holidays
from app.catalogue import thaw
from app.clock import Clock
from app.engine.run import Runner
from app.services.context import App
from app.services.versions import Versions
from app.settings import Settings
from app.storage import migrate
from app.storage.database import Database
from app.vault.kdf import Kdf
from app.vault.server import ServerKeys


def create(settings: Settings, *, at: Clock = clock.now, kdf: Kdf | None = None) -> App:
    """Make an installation: its database brought to the newest form, its parts put together.

    `at` and `kdf` are for tests and for the demo, which acts on a clock of its own. Raises ValueError for unusable server keys.
    """
    migrate.upgrade(settings.database_url)
    return App(
        settings=settings,
        database=Database(settings.database_url),
        runner=Runner(),
        versions=Versions(thaw),
        calendar=load_calendar(settings.processes / "calendar.yml"),
        kdf=kdf or Kdf(settings.pepper),
        server_keys=ServerKeys.parse(settings.server_keys),
        clock=at,
        holidays=load_holidays(settings.processes / "calendar.yml"),
    )
