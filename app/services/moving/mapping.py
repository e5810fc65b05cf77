"""Which element of the new version an element of the old one becomes: by its id, else as the process owner chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.errors import InvalidAnswers
from app.domain.procedure import CATCHES, Element, ElementKind, Procedure, Process
from app.engine.moving_checks import Pair

#: Where a procedure may stand still: at a person, a phase, a day, a message, or where ways come together.
_WAITS: Final = (ElementKind.USER_TASK, ElementKind.CALL, *CATCHES, ElementKind.PARALLEL)
FIELD: Final = "map_"


@dataclass(frozen=True, slots=True)
class Line:
    """An element that the new version does not have under its id, and those that could take its place."""

    element: Element
    choices: tuple[Element, ...]


def table(old: Procedure, new: Procedure, chosen: Mapping[str, str]) -> tuple[Line, ...]:
    """What cannot be mapped by id; inside a phase as soon as the phase itself is mapped."""
    lines = []
    for before, after in _levels(Pair(old, new, chosen)):
        gone = (e for e in before.elements.values() if e.kind in _WAITS and _same(e, after.elements.get(e.id)) is None)
        new_here = [e for e in after.elements.values() if e.id not in before.elements or _same(before.elements[e.id], e) is None]
        lines += [Line(e, tuple(one for one in new_here if _same(e, one) is not None)) for e in gone]
    return tuple(lines)


def checked(old: Procedure, new: Procedure, chosen: Mapping[str, str]) -> dict[str, str]:
    """The whole mapping that follows from what was chosen, events that hang on a step with it. Raises InvalidAnswers."""
    lines = {line.element.id: line for line in table(old, new, chosen)}
    errors = {}
    for before, after in chosen.items():
        choices = {element.id for element in lines[before].choices} if before in lines else set()
        if after not in choices:
            errors[FIELD + before] = "Kies een onderdeel van hetzelfde soort en dezelfde rol, op dezelfde plek in de tekening."
        elif list(chosen.values()).count(after) > 1:
            errors[FIELD + before] = "Dit onderdeel koos je al voor een ander. Kies voor elk een eigen onderdeel."
    if errors:
        raise InvalidAnswers(errors)
    return {**chosen, **dict(_hanging(Pair(old, new, chosen)))}


def _levels(pair: Pair) -> Iterable[tuple[Process, Process]]:
    """Each process that runs, with the one that takes its place."""
    roots = [pair.old.main, *pair.old.processes[pair.old.main].anytime]
    waiting = [(name, name) for name in roots if name in pair.new.processes]
    seen = set()
    while waiting:
        names = waiting.pop(0)
        if names in seen:
            continue
        seen.add(names)
        before, after = pair.old.processes[names[0]], pair.new.processes[names[1]]
        yield before, after
        for element in before.elements.values():
            found = after.elements.get(pair.id(element.id))
            if element.called is not None and found is not None and found.called is not None:
                waiting.append((element.called, found.called))


def _same(before: Element, after: Element | None) -> Element | None:
    """The other element, when it is of the same kind, and for a step of the same lane."""
    if after is None or before.kind is not after.kind:
        return None
    return after if before.kind is not ElementKind.USER_TASK or before.lane is after.lane else None


def _hanging(pair: Pair) -> Iterable[tuple[str, str]]:
    """Events of steps that are called otherwise now, where exactly one is the same in all but its name."""
    for before, after in _levels(pair):
        for event in before.elements.values():
            if event.attached_to is None or event.id in pair.mapping or event.id in after.elements:
                continue
            host = pair.id(event.attached_to)
            sign = (event.kind, event.interrupting, pair.timer(event.timer), event.message)
            alike = [
                e.id
                for e in after.elements.values()
                if e.attached_to == host and (e.kind, e.interrupting, e.timer, e.message) == sign
            ]
            if len(alike) == 1:
                yield event.id, alike[0]
