"""A story with what happened in it as expectations, so that it can be held against another drawing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.domain import deadlines
from app.domain.events import EventKind
from app.scenarios.expected import NO_TERM, Expect, ExpectedEvent, ExpectedTask, ExpectedTerm, When
from app.scenarios.naming import Codes
from app.scenarios.playing import CaseSoFar, Playing
from app.scenarios.present import OpenTask, Present
from app.scenarios.stage import Stage
from app.scenarios.story import InCase, Scenario, ScenarioError, Step, Wait
from app.studio.trial import SOMEWHERE

#: What time did, and what people did to terms; whatever else happens is seen from tasks, mail and ends.
_TERMS: Final = (EventKind.TERM_WARNED, EventKind.TERM_MISSED, EventKind.TERM_ESCALATED, EventKind.TERM_EXTENDED)


def recorded(stage: Stage, scenario: Scenario, names: Codes) -> Scenario:
    """The story with expectations behind its steps: tasks that came, with their last day, mail, terms, and ends.

    What it expected before makes place, but for what must not be. Raises ScenarioError for a step that cannot be taken.
    """
    last = max((number for number, step in enumerate(scenario.steps, start=1) if _expectation(step) is None), default=0)
    with stage.player() as player:
        playing = Playing(player, names)
        steps: list[Step] = []
        before: list[Present] = []
        for number, step in enumerate([None, *scenario.steps]):
            playing.go_on(replace(scenario, steps=scenario.steps[:number]))
            if playing.stuck:
                raise ScenarioError(playing.failures[-1].text)
            expect = _expectation(step)
            if expect is not None:
                steps += _still(step, expect, playing)
                continue
            steps += [step] if step is not None else []
            steps += _expected(playing, before, last=number == last)
            before = [case.now for case in playing.cases]
        return replace(scenario, steps=tuple(steps))


def _expectation(step: Step | None) -> Expect | None:
    inner = step.step if isinstance(step, InCase) else step
    return inner if isinstance(inner, Expect) else None


def _still(step: Step | None, expect: Expect, playing: Playing) -> Iterator[Step]:
    """What is not seen from what happens stays: what must not be. What somebody looked at on purpose is looked at again."""
    place = step.case if isinstance(step, InCase) else 1
    case = playing.cases[place - 1]
    still = Expect(
        SOMEWHERE,
        not_open=expect.not_open,
        terms=tuple(_term(term, case.now) for term in expect.terms),
        events=tuple(event for event in expect.events if event.kind not in _TERMS and _happened(event, case)),
        mail={notice: () for notice, people in expect.mail.items() if not people},
        running=None if expect.running is None else case.now.running,
        absent=expect.absent,
    )
    if still != Expect(SOMEWHERE):
        yield still if place == 1 else InCase(SOMEWHERE, place, still)


def _term(expected: ExpectedTerm, now: Present) -> ExpectedTerm:
    """As it is now; one that is there no more is left as it was, so that it is not forgotten."""
    term = now.terms.get(expected.element_id)
    if term is None:
        return expected
    day = term.due_at if term.in_hours else deadlines.last_day_of(term.due_at)
    return replace(expected, state=expected.state and term.state, last_day=expected.last_day and day)


def _happened(event: ExpectedEvent, case: CaseSoFar) -> bool:
    return any(line.kind == event.kind and event.element_id in (None, line.element_id) for line in case.news)


def _expected(playing: Playing, before: list[Present], *, last: bool) -> Iterator[Step]:
    for place, case in enumerate(playing.cases, start=1):
        was = before[place - 1] if place <= len(before) else None
        expect = _changed(case, was)
        if last:
            expect = replace(expect, open=tuple(_task(task) for task in case.now.tasks), running=case.now.running)
        if expect != Expect(SOMEWHERE):
            yield expect if place == 1 else InCase(SOMEWHERE, place, expect)


def _changed(case: CaseSoFar, was: Present | None) -> Expect:
    known = Counter((task.element_id, task.due_at) for task in was.tasks) if was else Counter()
    ended = Counter(was.ended) if was else Counter[str]()
    notices = dict.fromkeys(message.notice for message in case.mail)
    return Expect(
        SOMEWHERE,
        open=tuple(_task(task) for task in case.now.tasks if not known[task.element_id, task.due_at]),
        events=tuple(ExpectedEvent(EventKind(line.kind), line.element_id) for line in case.news if line.kind in _TERMS),
        mail={notice: tuple(message.part for message in case.mail if message.notice == notice) for notice in notices},
        ended=tuple(end for end in case.now.ended if not ended[end]),
    )


def _task(task: OpenTask) -> ExpectedTask:
    due: When | None = None
    if task.due_at is None:
        return ExpectedTask(task.element_id, task.role, NO_TERM)
    if not task.in_hours:
        due = deadlines.last_day_of(task.due_at)
    elif not task.due_at.second and not task.due_at.microsecond:
        due = task.due_at
    return ExpectedTask(task.element_id, task.role, due)


def waits_only(scenario: Scenario) -> bool:
    """Whether nothing was done in a story but starting it."""
    return all(isinstance(step, Wait) for step in scenario.steps)
