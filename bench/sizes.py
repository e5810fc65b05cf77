"""How much is measured: enough for steady figures, or just enough to see that everything runs."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sizes:
    """Numbers of cases, requests and tasks; `crowd` is the number of open tasks in the large
    database, `watched` that of the cases of a large board."""

    library_cases: int
    submit_cases: int
    api_cases: int
    inboxes: int
    ticks: int
    wake_cases: int
    crowd: int
    starts: int
    visits: int
    watched: int
    looks: int
    edits: int
    movers: int

    @property
    def steps(self) -> int:
        """How far the bar goes for one database."""
        api = 2 * self.api_cases * 12
        pages = 3 * self.inboxes + 2 * self.ticks + self.submit_cases * 12 + self.watched + self.looks
        starts = self.starts + 3 * self.visits + 2 * self.edits + 2 * self.movers
        return pages + api + 12 + 100 + 3 * self.wake_cases + self.crowd + starts


FULL: Final = Sizes(
    library_cases=300,
    submit_cases=60,
    api_cases=120,
    inboxes=200,
    ticks=400,
    wake_cases=150,
    crowd=100_000,
    starts=5,
    visits=9,
    watched=100_000,
    looks=40,
    edits=20,
    movers=1000,
)
QUICK: Final = Sizes(
    library_cases=20,
    submit_cases=4,
    api_cases=8,
    inboxes=20,
    ticks=40,
    wake_cases=5,
    crowd=2_000,
    starts=1,
    visits=1,
    watched=2_000,
    looks=5,
    edits=2,
    movers=20,
)
