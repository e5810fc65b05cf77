"""Only app/clock.py reads the time: with a second clock, a scenario on a virtual clock would not be what runs in a school."""

import ast

import pytest

from tests.rules.repository import ROOT, files

READINGS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "localtime", "gmtime"},
    "func": {"now", "current_timestamp", "current_date", "localtimestamp"},  # the database's clock
}


def readings(source: str) -> list[int]:
    """The lines of a module that read a clock, or import what reads one under its bare name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in READINGS.get(_last_name(node.value), set()):
            found.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            found.extend(node.lineno for name in node.names if name.name in READINGS["time"])
    return found


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "time.time()",
        "time.monotonic()",
        "field(default_factory=datetime.now)",
        "from time import monotonic",
        "select(func.now())",
    ],
)
def test_reading_a_clock_is_seen(source: str) -> None:
    assert readings(source) == [1]


@pytest.mark.parametrize(
    "source", ["clock.now()", "moment.date()", "time.sleep(1)", "datetime(2026, 11, 1)", "from time import sleep"]
)
def test_working_with_moments_is_no_reading(source: str) -> None:
    assert readings(source) == []


def test_only_the_clock_reads_the_time() -> None:
    found = {path.relative_to(ROOT).as_posix(): readings(path.read_text(encoding="utf-8")) for path in files(".py")}

    assert [path for path, lines in found.items() if lines and path.startswith("app/")] == ["app/clock.py"]
