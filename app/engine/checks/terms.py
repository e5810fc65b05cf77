"""Terms and timers: periods that we can count, and timers that wait for moments of ours."""

import re
from collections.abc import Iterator
from typing import Final

from app.domain.dialect import label
from app.domain.expressions import NAME
from app.domain.procedure import Element, ElementKind, Finding
from app.engine.drawing import Drawing, Level, called
from app.engine.term_rules import read_term

_OF_TERM: Final = re.compile(r"(deadline|warn)\.([a-z][a-z0-9_]*)")
_DRAWN: Final = (("warn", "waarschuwing"), ("deadline", "overschrijding"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about terms and timers; that a timer's fact is known is seen to with the other facts."""
    for level, task in drawing.elements(ElementKind.USER_TASK):
        for code, text in read_term(task.properties)[1]:
            yield level.finding(task.id, code, text)
        if task.properties.get("statutory") == "true":
            yield from _drawn(level, task)
    for level, timer in drawing.elements(ElementKind.TIMER_CATCH, ElementKind.TIMER_BOUNDARY):
        yield from _timer(level, timer)


def _drawn(level: Level, task: Element) -> Iterator[Finding]:
    """A statutory term is visible in the drawing: what happens before it ends, and what when it has ended."""
    timers = {event.timer for event in level.elements(ElementKind.TIMER_BOUNDARY) if event.attached_to == task.id}
    for which, words in _DRAWN:
        if f"{which}.{task.id}" not in timers:
            text = (
                f"Deze wettelijke termijn heeft geen getekende {words}. Kies bij de taak 'Teken de timers van deze termijn', "
                f"of zet zelf een timer op de rand die op deze {words} wacht."
            )
            yield level.finding(task.id, "statutory_timers", text)


def _timer(level: Level, timer: Element) -> Iterator[Finding]:
    found = _OF_TERM.fullmatch(timer.timer or "")
    if found is None:
        if not NAME.fullmatch(timer.timer or ""):
            text = "Deze timer wacht op niets dat we kennen. Kies bij 'Wanneer' een termijn van een taak, of een datum."
            yield level.finding(timer.id, "timer_not_ours", text)
        return
    which, task_id = found.groups()
    task = level.process.elements.get(task_id)
    if task is None or task.kind is not ElementKind.USER_TASK or timer.attached_to != task_id:
        text = f"Deze timer hoort op de rand van de taak {called(task, task_id)}. Zet hem daar, of noem de taak waar hij op zit."
        yield level.finding(timer.id, "timer_place", text)
    elif "deadline" not in task.properties or (which == "warn" and "deadlineWarn" not in task.properties):
        needed = label("deadline" if which == "deadline" else "deadlineWarn")
        text = f"Bij de taak {called(task, task_id)} is {needed} leeg. Vul dat in, of haal de timer weg."
        yield level.finding(timer.id, "timer_term", text)
