"""`python -m tools.drawing [--check] [files]`: draw the diagrams, or only say what is wrong with the drawings."""

import sys
from pathlib import Path

from tools.drawing.checks import findings
from tools.drawing.table import table_path
from tools.drawing.write import redrawn


def diagrams() -> list[Path]:
    """Every diagram of the product, by path."""
    return sorted(Path("processes").rglob("*.bpmn"))


def main(arguments: list[str]) -> int:
    """Draw, then check; 1 when a drawing has findings."""
    only_check = "--check" in arguments
    paths = [Path(name) for name in arguments if name != "--check"] or diagrams()
    wrong = 0
    for path in paths:
        if not only_check and table_path(path).exists():
            path.write_text(redrawn(path), encoding="utf-8")
        for finding in findings(path):
            print(f"{path}: {finding}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
