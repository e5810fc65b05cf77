"""A throw-away installation to play on: its own database, secrets made on the spot, the demo's cast, all procedures published."""

import secrets
import shutil
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app import bootstrap
from app.demo.cast import Places, make
from app.demo.play import MovingClock, Player
from app.domain.procedure import Procedure
from app.engine.run import Runner
from app.services.context import App
from app.services.publishing import publish
from app.services.versions import Versions
from app.settings import Settings
from app.storage.database import Database
from app.vault.kdf import Cost, Kdf

#: Nobody's real password opens anything here, and the installation is gone in a moment.
CHEAP: Final = Cost(memory_kib=8, passes=1)
#: Since when the cast has its roles: before any story begins.
SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)
#: What is tried may still go round for ever; whoever waits for it is told soon. Far more than people ever wait for.
MOST_STEPS: Final = 500
_FILLED: Final = "filled.db"


@dataclass(frozen=True, slots=True)
class Stage:
    """A filled database that is copied for each scenario. `filled` is the installation over it, whose parts all copies share."""

    filled: App
    folder: Path
    places: Places

    @contextmanager
    def player(self) -> Iterator[Player]:
        """Plays the cast on a fresh copy: no scenario sees what another one did."""
        clock = MovingClock(SINCE)
        with self.copy(self.folder / _FILLED, clock) as app:
            yield Player(app, clock, self.places)

    @contextmanager
    def copy(self, database: Path, clock: MovingClock) -> Iterator[App]:
        """An installation on a copy of this database file, which goes when the block ends."""
        file = Path(shutil.copy(database, self.folder / f"{secrets.token_hex(8)}.db"))
        app = replace(self.filled, database=Database(f"sqlite:///{file}"), clock=clock)
        try:
            yield app
        finally:
            app.database.close()
            file.unlink()

    def keep(self, app: App, name: str) -> Path:
        """The database of a copy as it is now, in a file of its own that stays as long as the stage does."""
        app.database.close()
        return Path(shutil.copy(str(app.database.engine.url.database), self.folder / name))


@contextmanager
def stage(procedures: Mapping[str, Procedure], processes: Path, forms: Path) -> Iterator[Stage]:
    """An installation in a temporary folder, with these procedures; it goes when the block ends."""
    with TemporaryDirectory(prefix="veilige-route-") as made:
        folder = Path(made)
        settings = Settings(
            database_url=f"sqlite:///{folder / _FILLED}",
            secret_key=secrets.token_bytes(32),
            pepper=secrets.token_bytes(32),
            server_keys=f"k1:{b64encode(secrets.token_bytes(32)).decode('ascii')}",
            ledger=folder / "ledger.jsonl",
            demo=True,
            processes=processes,
            forms=forms,
        )
        app = bootstrap.create(settings, at=MovingClock(SINCE), kdf=Kdf(settings.pepper, CHEAP, CHEAP))
        # What was published is what was read: reading and checking it again would cost more than playing.
        app = replace(app, versions=Versions(lambda key, _: procedures[key]), runner=Runner(most_steps=MOST_STEPS))
        for procedure in procedures.values():
            publish(app, procedure)
        places = make(app, SINCE)
        app.database.close()
        yield Stage(app, folder, places)
