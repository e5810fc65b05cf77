"""States from which no end is reached."""

from collections.abc import Callable, Iterable, Iterator

from app.engine.driving.states import Node


def traps(nodes: Iterable[Node], excused: Callable[[Node], bool]) -> Iterator[Node]:
    """Of each region without a way out the state that is reached first; what waits for another trap is `excused`."""
    every = sorted(nodes, key=lambda node: node.distance)
    good = _reaching([node for node in every if node.ends or excused(node)], every)
    told: set[int] = set()
    for node in every:
        if id(node) not in good and id(node) not in told:
            yield node
            told |= _region(node)


def _reaching(good: list[Node], every: Iterable[Node]) -> set[int]:
    """The states from which a good one is reached."""
    back: dict[int, list[Node]] = {}
    for node in every:
        for lead in node.leads:
            back.setdefault(id(lead), []).append(node)
    found = {id(node) for node in good}
    waiting = list(good)
    while waiting:
        for before in back.get(id(waiting.pop()), ()):
            if id(before) not in found:
                found.add(id(before))
                waiting.append(before)
    return found


def _region(node: Node) -> set[int]:
    found = {id(node)}
    waiting = [node]
    while waiting:
        for lead in waiting.pop().leads:
            if id(lead) not in found:
                found.add(id(lead))
                waiting.append(lead)
    return found
