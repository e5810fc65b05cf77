"""How long it takes to drive our largest procedure through all that it can come to."""

from pathlib import Path
from time import perf_counter

from app.catalogue import load
from app.engine.driving.drive import drive, handed_to

_ROOT = Path(__file__).parents[1]


def driven_s() -> float:
    """Seconds for a complete result, on one core."""
    every = load(_ROOT / "processes", _ROOT / "forms").procedures
    largest = max(every, key=lambda key: sum(len(process.elements) for process in every[key].processes.values()))
    begun = perf_counter()
    driven = drive(every[largest], handed=handed_to(largest, every))
    if not driven.complete:
        raise RuntimeError(f"{largest} was not driven to the end")
    return perf_counter() - begun
