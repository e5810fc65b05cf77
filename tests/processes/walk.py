"""Walks a procedure with the real engine: answers forms at random, lets time pass, withdraws; and keeps what was met."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from app.domain.expressions import parse
from app.domain.facts import FactType, FactValue
from app.domain.forms import Field, When
from app.domain.procedure import Element, ElementKind, Flow, Procedure
from app.engine.outcome import Moments, Outcome, Situation
from app.engine.run import Runner
from tests.processes.product import procedures

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_WAKE, _ARRIVE, _SEND = 0.25, 0.2, 0.03


@dataclass
class Met:
    """What all walks together passed: elements, flows out of gateways, how often steps were done and answers given."""

    elements: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, object]] = field(default_factory=Counter)


@dataclass
class Walk:
    """One procedure on its way."""

    procedure: Procedure
    runner: Runner
    met: Met
    random: Random
    now: datetime = MONDAY
    facts: dict[str, FactValue] = field(default_factory=dict)
    outcome: Outcome = field(init=False)

    def run(self, start: Element, most: int) -> str | None:
        """From a start to the id of the end; None when `most` steps were not enough."""
        self._keep(self.runner.start(self.procedure, start.id, self._situation()))
        for _ in range(most):
            if self.outcome.ended is not None:
                return self.outcome.ended
            self._step()
        return None

    def give(self, inputs: tuple[str, ...]) -> None:
        """What the starting procedure knew, or did not know yet; a name means the same in all of them."""
        forms = [form for procedure in procedures().values() for form in procedure.forms.values()]
        asked = {question.key: question for form in forms for question in form.fields if question.type is not None}
        for name in inputs:
            if name in asked and self.random.random() < 0.5:  # a coin
                self._set(asked[name])

    def _step(self) -> None:
        state, ready, wake_at = self.outcome.state, self.outcome.ready, self.outcome.next_wake_at
        message = self._message(stuck=not ready and wake_at is None)
        if message is not None:
            self._keep(self.runner.send(self.procedure, state, message, self._situation()))
        elif wake_at is not None and (not ready or self.random.random() < _WAKE):
            self.now = max(self.now, wake_at)
            self._keep(self.runner.wake(self.procedure, state, self._situation()))
        else:
            two = self.random.choices(ready, k=2)
            # The step done least often of two draws: so that what is always open does not crowd out the rest.
            task = min(two, key=lambda one: self.met.done[one.element_id])
            self.met.done[task.element_id] += 1
            self._answer(task.element_id)
            self.met.elements.add(task.element_id)
            self._keep(self.runner.complete(self.procedure, state, task.task_id, self._situation()))

    def _message(self, *, stuck: bool) -> str | None:
        """A message that comes now: often one that is waited for on the way, seldom one that interrupts."""
        messages = self.outcome.messages
        awaited = [one for one in messages if self.procedure.element(one).kind is ElementKind.MESSAGE_CATCH]
        if awaited and (stuck or self.random.random() < _ARRIVE):
            return self.random.choice(awaited)
        return self.random.choice(messages) if messages and self.random.random() < _SEND else None

    def _answer(self, element_id: str) -> None:
        for question in self.procedure.form_of(element_id).fields:
            if question.type is None:
                continue
            self.facts.pop(question.key, None)
            if question.shown_when is None or parse(question.shown_when).evaluate(self.facts):
                self._set(question)

    def _set(self, question: Field) -> None:
        wanted = question.required or (question.required_when is not None and parse(question.required_when).evaluate(self.facts))
        if question.type is FactType.ENUM:
            codes = [option.value for option in question.options]
            # The answer given least often: so that rare paths are walked as well.
            code = min(self.random.sample(codes, len(codes)), key=lambda one: self.met.answers[question.key, one])
            self.met.answers[question.key, code] += 1
            self.facts[question.key] = code
        elif wanted or self.random.random() < 0.5:  # a coin
            self.facts[question.key] = self._value(question)

    def _value(self, question: Field) -> FactValue:
        at = self.now + timedelta(days=14 if question.when is When.FUTURE else 0)
        match question.type:
            case FactType.NUMBER:
                return self.random.choice((0, 1, 2))
            case FactType.MOMENT:
                return at
            case _:
                return at.date()

    def _situation(self) -> Situation:
        return Situation(
            dict(self.facts), self.now, lambda _: Moments(self.now + timedelta(days=28), self.now + timedelta(days=21))
        )

    def _keep(self, outcome: Outcome) -> None:
        self.outcome = outcome
        for step in outcome.passed:
            self.met.elements.add(step.element_id)
            if self.procedure.element(step.element_id).kind is ElementKind.EXCLUSIVE:
                self.met.flows.add(self._taken(step.element_id).id)

    def _taken(self, gateway: str) -> Flow:
        """The flow that the facts open at a gateway; what passes it afterwards leaves these facts alone."""
        process = self.procedure.processes[self.procedure.element(gateway).process_id]
        flows = [process.flows[name] for name in process.elements[gateway].outgoing]
        opened = (flow for flow in flows if flow.condition is not None and parse(flow.condition).evaluate(self.facts))
        return next(opened, None) or next((flow for flow in flows if flow.default), flows[0])
