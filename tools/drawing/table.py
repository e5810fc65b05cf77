"""The position table beside a diagram: rows, columns, and sides where the usual ones fail.

elements:
  choose: [1, 2]              # row in its lane, column; only their order counts
  timer_overdue: bottom right # a boundary event: an edge of its host and a corner of it
flows:
  choose_to_end: right top    # where it leaves and where it enters
labels:
  gw_step: below              # above, below, left, right, above left, above right, below left, below right
widths:
  gw_step: 120                # room for a label in px (90 where nothing is said), or the width of a task (100)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Table:
    """Where elements stand; every mapping is by element id."""

    cells: Mapping[str, tuple[float, float]]
    edges: Mapping[str, tuple[str, str]]
    flows: Mapping[str, tuple[str, str]]
    labels: Mapping[str, str]
    widths: Mapping[str, int]


def table_path(diagram: Path) -> Path:
    """The table of a diagram: the same name, `.layout.yml`."""
    return diagram.with_suffix(".layout.yml")


def read_table(path: Path) -> Table:
    """The table in a file. Raises ValueError when an entry has another form."""
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    elements = source["elements"]
    return Table(
        cells={name: (float(at[0]), float(at[1])) for name, at in elements.items() if isinstance(at, list)},
        edges={name: _two(at, name) for name, at in elements.items() if isinstance(at, str)},
        flows={name: _two(sides, name) for name, sides in source.get("flows", {}).items()},
        labels=dict(source.get("labels", {})),
        widths={name: int(room) for name, room in source.get("widths", {}).items()},
    )


def _two(text: str, name: str) -> tuple[str, str]:
    parts = text.split()
    if len(parts) != 2:  # noqa: PLR2004  # two words, as the message says
        raise ValueError(f"{name}: two words, not {text!r}")
    return parts[0], parts[1]
