"""Plays a procedure of tests/engine/diagrams: keeps its state, facts, terms and a virtual clock between transitions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from app.domain.facts import FactValue
from app.domain.procedure import Procedure, Process
from app.engine.outcome import Moments, Outcome, Situation
from app.engine.run import Runner

DIAGRAMS = Path(__file__).parent / "diagrams"
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def procedure(key: str, *, anytime: str = "") -> Procedure:
    """The procedure of one file, without forms and checks: the engine needs no more."""
    source = (DIAGRAMS / f"{key}.bpmn").read_bytes()
    processes = {key: Process(key, key, {}, {}, properties={"anytime": anytime})}
    return Procedure(key, key, processes, {}, sha256(source).hexdigest(), {f"{key}.bpmn": source})


@dataclass
class Play:
    """One running procedure; `terms` holds the moments of user tasks by element id, in days after MONDAY."""

    procedure: Procedure
    runner: Runner = field(default_factory=Runner)
    now: datetime = MONDAY
    facts: dict[str, FactValue] = field(default_factory=dict)
    terms: dict[str, Moments] = field(default_factory=dict)
    outcome: Outcome = field(init=False)
    passed: list[str] = field(default_factory=list)

    def term(self, element_id: str, *, due: float, warn: float | None = None) -> None:
        self.terms[element_id] = Moments(day(due), None if warn is None else day(warn))

    @property
    def situation(self) -> Situation:
        return Situation(dict(self.facts), self.now, self.terms.get)

    def start(self, start_id: str) -> Outcome:
        return self._keep(self.runner.start(self.procedure, start_id, self.situation))

    def complete(self, element_id: str, **facts: FactValue) -> Outcome:
        self.facts.update(facts)
        return self._keep(self.runner.complete(self.procedure, self.outcome.state, self.task_id(element_id), self.situation))

    def wake(self, *, on: float | None = None) -> Outcome:
        self.now = self.now if on is None else day(on)
        return self._keep(self.runner.wake(self.procedure, self.outcome.state, self.situation))

    def send(self, element_id: str) -> Outcome:
        return self._keep(self.runner.send(self.procedure, self.outcome.state, element_id, self.situation))

    def move(self, element_id: str) -> Outcome:
        return self._keep(self.runner.move_timers(self.procedure, self.outcome.state, element_id, self.situation))

    def task_id(self, element_id: str) -> str:
        return next(task.task_id for task in self.outcome.ready if task.element_id == element_id)

    @property
    def ready(self) -> list[str]:
        return sorted(task.element_id for task in self.outcome.ready)

    @property
    def timers(self) -> dict[str, datetime | None]:
        return {timer.element_id: timer.at for timer in self.outcome.timers}

    @property
    def just_passed(self) -> list[str]:
        return [step.element_id for step in self.outcome.passed]

    def _keep(self, outcome: Outcome) -> Outcome:
        self.outcome = outcome
        self.passed += [step.element_id for step in outcome.passed]
        return outcome


def day(number: float) -> datetime:
    """MONDAY and this many days."""
    return MONDAY + timedelta(days=number)
