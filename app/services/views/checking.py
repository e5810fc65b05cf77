"""What the page that checks a draft shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.procedure import Finding
from app.services.views.reviewing import Given
from app.services.views.studio import Desk


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One thing that happens in an example: a Dutch sentence, and where it is drawn."""

    element_id: str
    process_id: str
    label: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Something that was found: `example` is the shortest way there, empty where there is none to tell.

    `drawn`: whether it is about the drawing, in `process_id`, and not about a form or a story.
    """

    number: int
    finding: Finding
    given: Given | None
    process_id: str
    drawn: bool
    example: tuple[ExampleStep, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """How far a proof is. state: none (nobody asked for these files), waiting, running, done; `at` is since when."""

    state: str
    at: datetime | None
    #: How many states were driven through, or how many stories were played.
    number: int = 0
    #: What was not looked at, in Dutch.
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything that was found in a draft as it is now. `levels`: the name of each process that is drawn, by id."""

    desk: Desk
    errors: tuple[CheckLine, ...]
    warnings: tuple[CheckLine, ...]
    driven: Run
    played: Run
    levels: Mapping[str, str]

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return any(run.state in ("waiting", "running") for run in (self.driven, self.played))

    @property
    def askable(self) -> bool:
        """Whether there is something to ask: what has errors cannot be run, except those that running it found."""
        return any(run.state == "none" for run in (self.driven, self.played)) and not self.errors

    def line(self, number: int) -> CheckLine | None:
        """The finding with this number, None when there is none."""
        return next((one for one in (*self.errors, *self.warnings) if one.number == number), None)
