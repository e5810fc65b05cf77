"""The command `veilige-route term`, as a person and as a program use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["term", *arguments])


def test_the_last_day_is_printed_per_date_in_the_order_asked() -> None:
    result = run("--calendar", "atw", "--period", "P4W", "2026-11-27", "2026-03-30")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "2026-11-27 → 2026-12-28 (maandag 28 december 2026)",
        "2026-03-30 → 2026-04-28 (dinsdag 28 april 2026)",
    ]


def test_json_is_a_list_of_starts_and_last_days() -> None:
    result = run("--json", "--calendar", "atw", "--period", "P4W", "2026-11-27", "2026-03-30", "2026-11-27")
    assert json.loads(result.output) == [
        {"start": "2026-11-27", "last_day": "2026-12-28"},
        {"start": "2026-03-30", "last_day": "2026-04-28"},
        {"start": "2026-11-27", "last_day": "2026-12-28"},
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--calendar", "atw", "--period", "P4W", "27-11-2026"), "27-11-2026 is geen datum"),
        (("--calendar", "atw", "--period", "P4W", "2026-02-30"), "2026-02-30 is geen datum"),
        (("--calendar", "atw", "--period", "P4W", "20261127"), "20261127 is geen datum"),
        (("--calendar", "atw", "--period", "P4X", "2026-11-27"), "P4X is geen geldige periode"),
        (("--calendar", "atw", "--period", "PT4H", "2026-11-27"), "artikel 4"),
        (("--calendar", "calendar", "--period", "PT4H", "2026-11-27"), "uren tellen vanaf een moment"),
        (("--calendar", "atw", "--period", "P4W", "0226-11-27"), "Het jaar 226 kan niet kloppen"),
        (("--calendar", "maan", "--period", "P4W", "2026-11-27"), "'atw', 'workdays', 'schooldays'"),
        (("--calendar", "atw", "--period", "P4W"), "DATE..."),
        (("--calendar", "atw", "2026-11-27"), "--period"),
    ],
)
def test_wrong_use_says_what_is_wrong_and_ends_with_2(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert not result.stdout


def test_a_calendar_of_your_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("equated_days:\n  - {day: 2026-12-28, source: besluit}\n", encoding="utf-8")
    arguments = ("--calendar", "atw", "--period", "P4W", "--json", "2026-11-27")
    assert json.loads(run(*arguments).output)[0]["last_day"] == "2026-12-28"
    assert json.loads(run("--config", str(own), *arguments).output)[0]["last_day"] == "2026-12-29"


def test_school_days_follow_the_shipped_holidays() -> None:
    result = run("--calendar", "schooldays", "--period", "P1D", "--json", "2026-12-18")
    assert json.loads(result.output)[0]["last_day"] == "2027-01-04"


def test_a_calendar_that_cannot_be_read_is_explained_and_ends_with_1(tmp_path: Path) -> None:
    result = run("--calendar", "atw", "--period", "P4W", "--config", str(tmp_path / "none.yml"), "2026-11-27")
    assert result.exit_code == 1
    assert "dit bestand is niet te lezen" in result.stderr


def test_the_installed_command_needs_no_secret_no_database_and_no_place(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("veilige-route")
    done = subprocess.run(  # noqa: S603 - our own command, fixed arguments
        [command, "term", "--calendar", "atw", "--period", "P4W", "--json", "2026-11-27"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
    )
    assert json.loads(done.stdout) == [{"start": "2026-11-27", "last_day": "2026-12-28"}]
    assert list(tmp_path.iterdir()) == []


def test_a_light_command_leaves_the_heavy_packages_alone() -> None:
    program = "import sys; from app.cli import main; "
    program += "main(['term', '--calendar=atw', '--period=P4W', '2026-11-27'], standalone_mode=False); "
    program += "print(sorted({'SpiffWorkflow', 'sqlalchemy', 'flask', 'nacl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_has_a_line_of_help() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "term" in result.output
    assert CliRunner().invoke(main, ["bestaat-niet"]).exit_code == 2
