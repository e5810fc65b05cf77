"""Everything that can happen in a state of a level: somebody completes a task, a phase is over, a day or a message comes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.procedure import Element, ElementKind
from app.engine.driving.answering import answers
from app.engine.driving.reading import Names, Reading, Writes
from app.engine.driving.stand import Control, Happens, Stand
from app.engine.driving.states import Facts, Node, Visit
from app.engine.driving.values import SAME, UNSET, Known, Value, Values, comes, fired, given_back

_NOTHING: Final[Values] = frozenset()
_NAMELESS: Final[Names] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can happen: what is known then, which of that it changed, and how many steps of people or time it takes."""

    what: Happens
    element_id: str
    known: Mapping[str, Values]
    changed: Names = _NAMELESS
    given: Mapping[str, Values] = field(default_factory=dict)
    through: tuple[Visit, Facts] | None = None
    weight: int = 1


class Ways:
    """The ways on in one level. `enter` drives a phase; `begun` says how each phase beside others was begun so far."""

    def __init__(
        self, stand: Stand, reading: Reading, enter: Callable[[str, Facts], Visit], begun: Callable[[str], list[Visit]]
    ) -> None:
        self._reading = reading
        self._enter = enter
        self._begun = begun
        self._elements: Mapping[str, Element] = stand.elements
        self._beside = reading.beside.get(stand.process_id, {})
        self.gives = reading.gives.get(stand.process_id, _NAMELESS)
        # What waits at a join is not shown by the engine, so what is read behind it always counts.
        self._joins = _NAMELESS.union(*(reading.live.get(e.id, _NAMELESS) for e in self._elements.values() if _is_join(e)))

    def of(self, node: Node) -> Iterator[Way]:
        """The ways on from a state."""
        known = self._seen(node)
        for name in node.control.tasks:
            yield from self._completed(node, self._elements[name], known)
        for name in node.control.timers:
            yield from self._fires(node, self._elements[name], known)
        for name in node.control.messages:
            yield self._sent(self._elements[name], known)

    def kept(self, control: Control, known: Known) -> Facts:
        """What a state remembers: the facts that are still read, as they may be by now through what runs beside this level."""
        live = self.live(control)
        return frozenset((name, values | self._beside.get(name, _NOTHING)) for name, values in known.items() if name in live)

    def live(self, control: Control) -> Names:
        """The facts that are still read, here or by whoever called this."""
        waits = (*control.tasks, *control.timers, *control.messages)
        return self.gives.union(self._joins, *(self._reading.live.get(name, _NAMELESS) for name in waits))

    def beside(self, control: Control) -> list[tuple[str, Writes]]:
        """The phases that are open beside something else, and what they may write meanwhile."""
        calls = (name for name in control.tasks if name in self._reading.parallel)
        return [(name, self._reading.writes_of(self._elements[name])) for name in calls]

    def never_over(self, node: Node) -> bool:
        """Whether a phase that is open never ends, which is said of that phase itself."""
        for name in node.control.tasks:
            called = self._elements[name].called
            if called is not None and not any(visit.exits for visit in self._open(node, name, called)):
                return True
        return False

    def _open(self, node: Node, call: str, called: str) -> list[Visit]:
        if call in self._reading.parallel:
            return self._begun(call)
        needs = self._reading.needs(called)
        return [self._enter(called, frozenset(one for one in node.facts if one[0] in needs))]

    def _completed(self, node: Node, element: Element, known: dict[str, Values]) -> Iterator[Way]:
        if element.called is None:
            wanted = self.live(node.control) | self._reading.after(element)
            for behind, given in answers(self._reading, element, known, wanted):
                yield Way(Happens.COMPLETE, element.id, behind, frozenset(given), given)
        elif element.id in self._reading.parallel:
            yield from self._over_beside(node, element)
        else:
            yield from self._over(node, element, known)

    def _over(self, node: Node, call: Element, known: dict[str, Values]) -> Iterator[Way]:
        """A phase is over: in each way in which it can end that makes a difference here."""
        live = self.live(node.control) | self._reading.after(call)
        told: set[Facts] = set()
        for inner in self._open(node, call.id, call.called or ""):
            for out, (distance, _, _) in sorted(inner.exits.items(), key=lambda one: one[1][0]):
                handed = frozenset((name, values) for name, values in out if values != SAME and name in live)
                if handed not in told:
                    told.add(handed)
                    back = given_back(handed, known)
                    yield Way(
                        Happens.COMPLETE, call.id, known | back, frozenset(back), through=(inner, out), weight=max(distance, 1)
                    )

    def _over_beside(self, node: Node, call: Element) -> Iterator[Way]:
        """A phase beside others is over: its facts are what they can be at any of its ends, or what others wrote since."""
        ways = [(way[0], inner, out) for inner in self._begun(call.id) for out, way in inner.exits.items()]
        if not ways:
            return
        base, beside = dict(node.facts), self._reading.beside.get(call.called or "", {})
        ended: dict[str, Values] = {}
        for _, _, out in ways:
            for name, values in out:
                before = base.get(name, UNSET) if values & SAME else _NOTHING
                ended[name] = ended.get(name, _NOTHING) | (values - SAME) | before | beside.get(name, _NOTHING)
        distance, inner, out = min(ways, key=lambda way: way[0])
        known = self._seen(node, without=call.id) | ended
        yield Way(Happens.COMPLETE, call.id, known, frozenset(ended), through=(inner, out), weight=max(distance, 1))

    def _fires(self, node: Node, timer: Element, known: dict[str, Values]) -> Iterator[Way]:
        fact = timer.timer_fact
        if fact is not None:
            days: frozenset[Value] = frozenset(value for value in known.get(fact, UNSET) if comes(value))
            if days:
                yield Way(Happens.FIRE, timer.id, known | {fact: frozenset(map(fired, days))}, frozenset({fact}))
            return
        # The warning of a term comes before its end.
        warning = (timer.timer or "").replace("deadline.", "warn.")
        if not any(self._elements[other].timer == warning for other in node.control.timers if other != timer.id):
            yield Way(Happens.FIRE, timer.id, known)

    def _sent(self, event: Element, known: dict[str, Values]) -> Way:
        """A message comes. The phase that it ends halfway may have come as far as any of its answers."""
        host = self._elements.get(event.attached_to or "")
        writes = self._reading.writes_of(host) if host is not None and host.called is not None and event.interrupting else {}
        cut = {name: known[name] | writes[name] for name in known.keys() & writes.keys()}
        return Way(Happens.SEND, event.id, known | cut, frozenset(cut))

    def _seen(self, node: Node, without: str = "") -> dict[str, Values]:
        """What the facts may be by now: also what runs beside this may have written."""
        writers = [writes for call, writes in self.beside(node.control) if call != without]
        if not writers:
            return dict(node.facts)
        return {name: values.union(*(writes.get(name, _NOTHING) for writes in writers)) for name, values in node.facts}


def _is_join(element: Element) -> bool:
    return element.kind is ElementKind.PARALLEL and len(element.incoming) > 1
