"""The demo as it would be at ten o'clock on a Thursday in November: for looking at pages, not for changing them much."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app import bootstrap, demo
from app.demo.play import MovingClock
from app.services.context import App
from app.vault.kdf import Kdf
from tests.world import CHEAP, PEPPER, settings_for

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


def filled(folder: Path) -> App:
    """An installation with all the cases of the demo, whose clock stands still."""
    app = bootstrap.create(
        settings_for(f"sqlite:///{folder / 'demo.db'}", folder), at=MovingClock(NOW), kdf=Kdf(PEPPER, CHEAP, CHEAP)
    )
    demo.fill(app)
    return app


def strict(app: App) -> App:
    """The same installation as outside a demo: whoever signs in needs a code too."""
    return replace(app, settings=replace(app.settings, demo=False))
