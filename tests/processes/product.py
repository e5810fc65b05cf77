"""The product's own procedures, read once."""

from functools import cache
from pathlib import Path

from app import catalogue
from app.domain.procedure import Procedure

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = ROOT / "processes"


@cache
def procedures() -> dict[str, Procedure]:
    return dict(catalogue.load(PROCESSES, ROOT / "forms").procedures)


def diagrams() -> list[Path]:
    return sorted(PROCESSES.rglob("*.bpmn"))


def named(path: Path) -> str:
    return path.relative_to(PROCESSES).as_posix()
