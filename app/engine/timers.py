"""Timers that wait for an absolute moment which we computed ourselves, on the frozen `now` of a transition.

SpiffWorkflow's own timers read the wall clock, compare with `<` and take the offset to UTC when they are imported.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimeDateEventDefinition
from SpiffWorkflow.task import Task

#: Where SpiffWorkflow keeps the value of a timer; the empty text means: asked, and not known.
_KEY: Final = "event_value"
_SOURCE: Final = re.compile(r"\$\{\s*(?:(deadline|warn)\.)?([A-Za-z_][A-Za-z0-9_]*)\s*\}")


class TimerKind(StrEnum):
    """What a timer waits for: the due moment of a term, its warning, or a date or moment fact."""

    DEADLINE = "deadline"
    WARN = "warn"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class TimerSource:
    """A timer's expression, read: its kind and the user task that has the term, or the fact."""

    kind: TimerKind
    name: str


def timer_source(expression: str) -> TimerSource:
    """Read `${deadline.board_response}`, `${warn.board_response}` or `${follow_up_on}`. Raises ValueError on anything else."""
    match = _SOURCE.fullmatch(expression.strip())
    if match is None:
        raise ValueError(f"not a timer of ours: {expression[:100]!r}")
    return TimerSource(TimerKind(match[1] or "fact"), match[2])


class MomentTimer(TimeDateEventDefinition):
    """A timer whose expression, such as `${deadline.board_response}`, our script engine turns into a moment."""

    def has_fired(self, my_task: Task) -> bool:
        """Whether the moment has come; asks the script engine for the moment once, when the timer is armed."""
        engine = my_task.workflow.script_engine
        if not is_set(my_task):
            set_moment(my_task, engine.moment(self.expression))
        at = moment_of(my_task)
        return at is not None and at <= engine.horizon

    def reset(self, my_task: Task) -> None:
        """Keeps the moment of a fired timer, so that re-arming can tell what it was; there is no other mark to remove."""


def is_set(task: Task) -> bool:
    """Whether it was ever asked for which moment a timer task waits."""
    return task.internal_data.get(_KEY) is not None


def moment_of(task: Task) -> datetime | None:
    """The moment (aware UTC) that a timer task is set to, None when it waits without one."""
    text = task.internal_data.get(_KEY)
    return datetime.fromisoformat(text) if text else None


def set_moment(task: Task, at: datetime | None) -> None:
    """Set or move the moment of a timer task; None lets it wait without one."""
    task.internal_data[_KEY] = at.isoformat() if at is not None else ""


def source_of(task: Task) -> TimerSource | None:
    """The source of a timer task, None when the task is no timer."""
    definition = getattr(task.task_spec, "event_definition", None)
    return timer_source(definition.expression) if isinstance(definition, MomentTimer) else None
