"""What the engine is told and what it answers; plain values only, so that nobody else needs SpiffWorkflow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.facts import FactValue


@dataclass(frozen=True, slots=True)
class Moments:
    """The absolute moments of a running term (aware UTC): when it is due and when to warn (None: no warning)."""

    due: datetime
    warn: datetime | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a transition may know: the facts, one frozen moment, and the term of a user task by its element id.

    `term` is asked while boundary timers `${deadline.x}` and `${warn.x}` are armed; it returns None when the element has no
    term or its start is not known yet (then the timer waits without a moment until `move_timers`).
    """

    facts: Mapping[str, FactValue]
    now: datetime
    term: Callable[[str], Moments | None]


@dataclass(frozen=True, slots=True)
class ReadyTask:
    """A user task that waits for a person: the engine's id of this occurrence and the element it is drawn as."""

    task_id: str
    element_id: str


@dataclass(frozen=True, slots=True)
class WaitingTimer:
    """A timer that has not fired: its element, the user task occurrence it guards (None for a catch) and its moment."""

    element_id: str
    guards: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """An element that was passed in this transition, in order; a timer carries the moment it was set to, others `now`."""

    element_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A service task that ran: its topic and its camunda properties. The service layer executes it in the same transaction."""

    element_id: str
    topic: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state after a transition and all that follows from it.

    `ready` is complete (not a difference); `messages` are the element ids of message events that wait now; `ended` is the id of
    the end event of the main process when the procedure is over, else None.
    """

    state: str
    ready: tuple[ReadyTask, ...]
    timers: tuple[WaitingTimer, ...]
    passed: tuple[Passed, ...]
    calls: tuple[Call, ...]
    messages: tuple[str, ...]
    ended: str | None

    @property
    def next_wake_at(self) -> datetime | None:
        """The earliest moment at which a timer fires, None when none waits."""
        return min((t.at for t in self.timers if t.at is not None), default=None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a procedure waits for besides people: its timers, and the element ids of message events."""

    timers: tuple[WaitingTimer, ...]
    messages: tuple[str, ...]
