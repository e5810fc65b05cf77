"""Where the browser of the tests is, and how it starts."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def executable() -> str | None:
    """The machine's own Chromium, or None: then Playwright's own copy is used."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def arguments() -> list[str]:
    """Command line switches: no traffic of the browser's own; as root its sandbox cannot start."""
    return [*_QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(_QUIET)
