"""Measures how fast the product is, on SQLite and on PostgreSQL, and prints the figures: `python -m bench`, or `make bench`.

`BENCH_JSON=file` writes the figures as one object, by database and key. `BENCH_QUICK=1` only sees whether everything runs.
"""

import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from bench import databases
from bench.database_run import DatabaseRun
from bench.driving import driven_s
from bench.figures import Progress
from bench.library import library_step_ms
from bench.sizes import FULL, QUICK, Sizes

_KEYS = (
    *("library_step_ms", "submit_ms_p50", "submit_ms_p95", "submit_sql", "submit_sql_most", "tasks_per_s_1", "tasks_per_s_4"),
    *("inbox_ms_100", "inbox_ms_100k", "inbox_views_ms", "inbox_sql", "compliance_ms", "compliance_sql", "tick_idle_ms_100"),
    *("tick_idle_ms_100k", "wakes_per_s", "rss_mb", "start_s", "slow_sign_in_ms", "slow_day_ms", "slow_inbox_ms"),
    *("modeler_ready_ms", "findings_ms", "driven_s", "move_dry_run_s"),
)


def main() -> None:
    """Run everything once."""
    logging.disable(logging.WARNING)  # what the product says would break the bar
    sizes = QUICK if os.environ.get("BENCH_QUICK") else FULL
    progress = Progress(len(databases.NAMES) * (sizes.steps + sizes.library_cases))
    figures = {name: _measure(name, sizes, progress) for name in databases.NAMES}
    progress.end()
    _show(figures)
    if target := os.environ.get("BENCH_JSON"):
        Path(target).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _measure(name: str, sizes: Sizes, progress: Progress) -> dict[str, float]:
    progress.now("SpiffWorkflow alone")
    found = {"library_step_ms": library_step_ms(sizes.library_cases, progress)}
    progress.now("driving the largest procedure")
    found["driven_s"] = driven_s()
    with tempfile.TemporaryDirectory(prefix="veilige-route-bench-") as folder, databases.fresh(name, Path(folder)) as url:
        found |= DatabaseRun(url, Path(folder), sizes, progress).figures()
    return {key: round(found[key], 3) for key in _KEYS}


def _show(figures: dict[str, dict[str, float]]) -> None:
    sys.stdout.write(f"{'':20}" + "".join(f"{name:>12}" for name in figures) + "\n")
    for key in _KEYS:
        sys.stdout.write(f"{key:20}" + "".join(f"{found[key]:12.2f}" for found in figures.values()) + "\n")


if __name__ == "__main__":
    main()
