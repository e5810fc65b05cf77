"""Figures and how far the run is."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles

_WIDTH = 30


def quantile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent of the values lie."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass
class Progress:
    """A bar on the terminal; `total` counts the steps of the whole run."""

    total: int
    done: int = 0
    doing: str = field(default="")

    def now(self, doing: str) -> None:
        """Say what is being measured."""
        self.doing = doing
        self._show()

    def step(self, number: int = 1) -> None:
        """Some steps were done."""
        before = self._filled()
        self.done += number
        if self._filled() != before:
            self._show()

    def end(self) -> None:
        """Leave the bar full, on a line of its own."""
        self.done = self.total
        self.now("")
        sys.stderr.write("\n")

    def _filled(self) -> int:
        return min(self.done, self.total) * _WIDTH // self.total

    def _show(self) -> None:
        filled = self._filled()
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {100 * self.done // self.total:3} %  {self.doing:<50.50}")
        sys.stderr.flush()
