"""Plays a procedure of the product with its own forms: what is asked is answered, what is not asked cannot be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Self

import pytest

from app.domain.expressions import parse
from app.domain.facts import FactType, FactValue
from app.domain.form_rules import is_required, visible_fields
from app.domain.forms import Field, When
from app.domain.procedure import ElementKind, Flow, Process
from app.engine.outcome import Call, Outcome
from app.engine.run import Runner
from tests.engine.play import Play
from tests.processes.product import procedures

_RUNNER = Runner()


@dataclass
class Story(Play):
    """A running procedure; remembers the ways out of gateways that it took, and the calls of service tasks."""

    ways: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)

    @classmethod
    def of(cls, key: str, start_id: str, **known: FactValue) -> Self:
        """A procedure, or a process beside it, that begins with this start and these facts given."""
        story = cls(procedures()[key], runner=_RUNNER, facts=dict(known))
        story.start(start_id)
        return story

    def do(self, element_id: str, **answers: FactValue) -> Outcome:
        """Complete a step with its form; what must be answered and is not named gets the first answer that stands."""
        left = dict(answers)
        for question in self.procedure.form_of(element_id).fields:
            if not question.sealed:
                self.facts[question.key] = self._answer(element_id, question, left)  # type: ignore[assignment]  # None empties
        assert not left, f"{element_id} does not ask {sorted(left)}"
        return self.complete(element_id)

    def asks(self, element_id: str, **answers: FactValue) -> set[str]:
        """The questions of a step that are asked when these answers are given."""
        return {one.key for one in visible_fields(self.procedure.form_of(element_id), self.facts, answers)}

    @property
    def marks(self) -> list[str]:
        """What the calls were for, in order: a mark, a procedure and its start, or a task that is late."""
        return [" ".join(call.properties[name] for name in call.properties if name in _TOLD) for call in self.calls]

    def _answer(self, element_id: str, question: Field, left: dict[str, FactValue]) -> FactValue | None:
        asked = {one.key for one in visible_fields(self.procedure.form_of(element_id), self.facts, {})}
        if question.key not in asked:
            return None
        if question.key in left:
            given = left.pop(question.key)
            assert not question.options or given in {option.value for option in question.options}, (question.key, given)
            return given
        return self._usual(question) if is_required(question, self.facts) else None

    def _usual(self, question: Field) -> FactValue:
        match question.type:
            case FactType.MOMENT:
                return self.now + timedelta(hours=1 if question.when is When.ANY else 0)
            case FactType.DATE:
                return self.now.date() + timedelta(days=7 if question.when is When.FUTURE else 0)
            case FactType.NUMBER:
                return 0
            case _:
                return question.options[0].value

    def _keep(self, outcome: Outcome) -> Outcome:
        self.calls += outcome.calls
        passed = {step.element_id for step in outcome.passed}
        for process in self.procedure.processes.values():
            for element in process.elements.values():
                if element.id in passed and element.kind is ElementKind.EXCLUSIVE:
                    self.ways.add(self._way(process, element.outgoing).id)
        return super()._keep(outcome)

    def _way(self, process: Process, outgoing: tuple[str, ...]) -> Flow:
        flows = [process.flows[flow] for flow in outgoing]
        true = (flow for flow in flows if flow.condition is not None and parse(flow.condition).evaluate(self.facts))
        return next(true, next((flow for flow in flows if flow.default), flows[0]))


_TOLD = ("mark", "procedure", "start", "about")


Tell = Callable[[], Story]


def each_of(stories: Mapping[Tell, str]) -> pytest.MarkDecorator:
    """Run a test once for every story, under its name: `tell` plays it, `end` is the end that it must come to."""
    return pytest.mark.parametrize(("tell", "end"), stories.items(), ids=[tell.__name__ for tell in stories])


def left(tell: Tell) -> tuple[str | None, list[str], dict[str, datetime | None]]:
    """How a story left the procedure: its end, the tasks that are still open, the timers that still wait."""
    story = tell()
    return story.outcome.ended, story.ready, story.timers


def never_walked(levels: Iterable[Process], stories: Iterable[Tell]) -> set[str]:
    """The elements of these processes, and the ways out of their choices, that no story passes."""
    told = [tell() for tell in stories]
    elements = [element for process in levels for element in process.elements.values()]
    ways = {flow for element in elements if element.kind is ElementKind.EXCLUSIVE for flow in element.outgoing}
    passed = {name for story in told for name in story.passed}
    return ({element.id for element in elements} - passed) | (ways - {way for story in told for way in story.ways})


def all_levels(key: str) -> Iterable[Process]:
    """Every process of a procedure."""
    return procedures()[key].processes.values()


def all_elements(key: str) -> set[str]:
    """Every element of a procedure, on every level."""
    return {name for process in all_levels(key) for name in process.elements}


def on(story: Story, days: int) -> date:
    """So many days after the present day of a story."""
    return story.now.date() + timedelta(days=days)


def at(story: Story, hours: int) -> datetime:
    """So many hours after the present moment of a story."""
    return story.now + timedelta(hours=hours)
