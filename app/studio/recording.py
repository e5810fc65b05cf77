"""A story with what happened in it as expectations, so that it can be held against another drawing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.domain import deadlines
from app.domain.events import EventKind
from app.scenarios.expected import NO_TERM, Expect, ExpectedEvent, ExpectedTask, When
from app.scenarios.playing import CaseSoFar, Playing
from app.scenarios.present import OpenTask, Present
from app.scenarios.stage import Stage
from app.scenarios.story import InCase, Scenario, Step, Wait
from app.studio.trial import SOMEWHERE

#: What time did, and what people did to terms; whatever else happens is seen from tasks, mail and ends.
_TERMS: Final = (EventKind.TERM_WARNED, EventKind.TERM_MISSED, EventKind.TERM_ESCALATED, EventKind.TERM_EXTENDED)


def recorded(stage: Stage, scenario: Scenario) -> Scenario:
    """The story with expectations behind its steps: tasks that came, with their last day, mail, terms, and ends."""
    with stage.player() as player:
        playing = Playing(player)
        steps: list[Step] = []
        before: list[Present] = []
        for number in range(len(scenario.steps) + 1):
            playing.go_on(replace(scenario, steps=scenario.steps[:number]))
            steps += scenario.steps[number - 1 : number] if number else ()
            steps += _expected(playing, before, last=number == len(scenario.steps))
            before = [case.now for case in playing.cases]
        return replace(scenario, steps=tuple(steps))


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
