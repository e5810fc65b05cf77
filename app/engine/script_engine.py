"""Our script engine: conditions over facts, moments for timers, a list of the service tasks that were reached. Nothing else.

It inherits nothing on purpose: SpiffWorkflow's own engine, restricted or not, hands text to `eval`.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final

from SpiffWorkflow.task import Task

from app.clock import AMSTERDAM
from app.domain.expressions import parse
from app.domain.facts import FactValue
from app.engine.outcome import Call, Moments, Situation
from app.engine.timers import TimerKind, timer_source

#: Before every moment: nothing fires until the run loop says which moment has come.
NEVER: Final = datetime.min.replace(tzinfo=UTC)

_parsed: Final = lru_cache(maxsize=4096)(parse)


class ScriptRefused(Exception):
    """A diagram asked for something that our engine never does: running a script."""


class FactsEngine:
    """What one transition knows. `horizon` is the moment up to which timers fire now; the run loop moves it."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.horizon = NEVER
        self.calls: list[Call] = []
        self._terms: dict[str, Moments | None] = {}

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> bool:
        """The truth of a condition over the facts of the situation; engine data is not looked at."""
        del task, external_context
        return _parsed(expression).evaluate(self.situation.facts)

    def execute(self, task: Task, script: str, external_context: object = None) -> bool:
        """Refuses: uploaded diagrams are data. Raises ScriptRefused always."""
        raise ScriptRefused(str(task.task_spec.name))

    def collect(self, task: Task) -> None:
        """Note that a service task was reached; the service layer executes it in the same transaction."""
        extensions = task.task_spec.extensions
        self.calls.append(Call(task.task_spec.bpmn_id, extensions["topic"] or "", dict(extensions["properties"])))

    def moment(self, expression: str) -> datetime | None:
        """The moment (aware UTC) that a timer's expression means now, None when it is not known."""
        source = timer_source(expression)
        if source.kind is TimerKind.FACT:
            return _moment_of_fact(self.situation.facts.get(source.name))
        if source.name not in self._terms:
            self._terms[source.name] = self.situation.term(source.name)
        term = self._terms[source.name]
        if term is None:
            return None
        at = term.due if source.kind is TimerKind.DEADLINE else term.warn
        return None if at is None else at.astimezone(UTC)


def _moment_of_fact(value: FactValue | None) -> datetime | None:
    # A datetime is a date too, so it is asked first.
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time.min, AMSTERDAM).astimezone(UTC)
    raise TypeError(f"a timer waits for a date or a moment, not for {type(value).__name__}")
