"""The command itself, as an installed script and as a module."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["term", "--calendar", "atw", "--period", "P4W", "2026-11-27"], 0, "2026-12-28"),
        (["term", "--calendar", "atw"], 2, "Usage: veilige-route term"),
        (["nergens"], 2, "No such command 'nergens'"),
    ],
)
def test_the_module_does_what_the_script_does(arguments: list[str], code: int, words: str) -> None:
    command = [sys.executable, "-m", "app.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own command
    assert done.returncode == code
    assert words in done.stdout + done.stderr
