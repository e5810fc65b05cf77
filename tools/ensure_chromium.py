"""Sees to it that the browser tests have a Chromium, or says what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import chromium

_HELP = """There is no Chromium for the browser tests, and it could not be installed. Do one of these and try again:
  as root on Debian:  apt-get install chromium
  anywhere:           .venv/bin/playwright install --with-deps chromium"""


def works() -> bool:
    """Whether the tests' browser starts: the machine's own, else Playwright's copy."""
    path = chromium.executable()
    if path is None:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    # Ubuntu's package is a stand-in that only points to a snap: being there is not enough.
    return Path(path).exists() and _run(path, "--version")


def install() -> None:
    """Try Debian's package as root, then Playwright's own copy; the caller looks whether it helped."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "--quiet")
        _run("apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium", "fonts-liberation")
    if not works():
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> bool:
    return subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0


def main() -> int:
    """0 when there is a browser, 1 with advice when there is none."""
    if works():
        return 0
    install()
    if works():
        return 0
    print(_HELP, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
