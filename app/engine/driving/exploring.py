"""Drives each level of a procedure through all that it can come to, from every way in which it is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Final

from app.domain.procedure import Element, ElementKind, Procedure
from app.engine.driving.answering import answers
from app.engine.driving.reading import Names, Reading
from app.engine.driving.stand import Control, Happens, Ran, Stand
from app.engine.driving.values import SAME, UNSET, Known, Mark, Value, Values, comes, fired, timed_by

#: More than this many states and we stop: some 500 MB, and a minute or so.
MAX_STATES: Final = 150_000

_NOTHING: Final[Values] = frozenset()
Facts = frozenset[tuple[str, Values]]
#: A level, the start with which it began, and what was known then.
Key = tuple[str, str, Facts]


class TooMany(Exception):
    """There are more states than we look at."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened between two states: by whom or what, what was answered, what facts turned out to be, what was passed."""

    what: Happens
    element_id: str
    given: Mapping[str, Values]
    known: Mapping[str, Values]
    passed: tuple[str, ...]
    #: The way through the phase that came to its end here.
    through: "tuple[Visit, Facts] | None" = None


@dataclass(slots=True)
class Node:
    """A state of a level: what it waits for and what is known; how many steps lead there, and the last of them."""

    control: Control
    facts: Facts
    distance: int
    before: "Node | None" = None
    step: Step | None = None
    leads: "list[Node]" = field(default_factory=list)
    #: Whether the level can be over after this, or something was found that ends our looking.
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that went wrong in a level: what, at which element, about which fact; behind which state, by which step."""

    code: str
    element_id: str
    fact: str
    before: Node | None
    step: Step | None
    distance: int


@dataclass(frozen=True, slots=True)
class First:
    """One way in which a level begins: what turned out to be known, and whether it was over at once or refused by the engine."""

    known: Mapping[str, Values]
    step: Step
    exit: Facts | None = None
    error: bool = False


@dataclass(slots=True)
class Visit:
    """A level as it was driven from one way of calling it."""

    key: Key
    firsts: list[First] = field(default_factory=list)
    nodes: dict[tuple[int, Facts], Node] = field(default_factory=dict)
    exits: dict[Facts, tuple[int, Node | None, Step]] = field(default_factory=dict)
    noted: dict[tuple[str, str, str], Noted] = field(default_factory=dict)
    #: The phases that were called: from behind which state, by which step.
    calls: dict[Key, tuple[int, Node | None, Step]] = field(default_factory=dict)
    done: bool = False


@dataclass(slots=True)
class _Reaction:
    """What followed from one thing that happened, up to where people, time or messages are waited for."""

    control: Control | None
    known: dict[str, Values]
    passed: tuple[str, ...]
    calls: tuple[Key, ...] = ()
    notes: tuple[tuple[str, str, str], ...] = ()


class Explorer:
    """All visits to the levels of one procedure."""

    def __init__(self, procedure: Procedure, reading: Reading) -> None:
        self.procedure = procedure
        self.reading = reading
        self.visits: dict[Key, Visit] = {}
        self.states = 0
        self.reached: set[str] = set()
        self._stands: dict[str, Stand] = {}

    def visit(self, process_id: str, start_id: str, facts: Facts) -> Visit:
        """Drive a level from one start, with these facts known. Raises TooMany."""
        key = (process_id, start_id, facts)
        if key not in self.visits:
            visit = self.visits[key] = Visit(key)
            ends: dict[str, set[Key]] = {}
            # A phase that runs beside something else may end in any way in which it was ever begun.
            while _Level(self, visit, ends).explore():
                pass
            visit.done = True
        return self.visits[key]

    def stand(self, process_id: str) -> Stand:
        """The engine of one level."""
        if process_id not in self._stands:
            self._stands[process_id] = Stand(self.procedure, process_id)
        return self._stands[process_id]

    def count(self) -> None:
        """One state more. Raises TooMany."""
        self.states += 1
        if self.states > MAX_STATES:
            raise TooMany

    def start_of(self, process_id: str) -> str:
        """The start of a phase."""
        elements = self.procedure.processes[process_id].elements.values()
        return next(e.id for e in elements if e.kind in (ElementKind.START, ElementKind.MESSAGE_START))


class _Level:
    """One look at a level: all states that follow from its beginning, the nearest first."""

    def __init__(self, explorer: Explorer, visit: Visit, ends: dict[str, set[Key]]) -> None:
        self.explorer = explorer
        self.visit = visit
        self.ends = ends
        self.process_id, self.start_id, self.entry = visit.key
        self.reading = explorer.reading
        self.stand = explorer.stand(self.process_id)
        self.elements = explorer.procedure.processes[self.process_id].elements
        self.gives = self.reading.gives.get(self.process_id, frozenset())
        self.beside = self.reading.beside.get(self.process_id, {})
        self.joins = frozenset().union(*(self.reading.live.get(e.id, frozenset()) for e in self.elements.values() if _is_join(e)))
        self.queue: list[tuple[int, int, Node]] = []
        self.turn = count()
        #: In how many ways a phase had begun when it was first over.
        self.used: dict[str, int] = {}

    def explore(self) -> bool:
        """Look; whether it must be done again, because a phase began in one more way after it had been over."""
        visit = self.visit
        for part in (visit.firsts, visit.nodes, visit.exits, visit.noted, visit.calls):
            part.clear()
        self._begin()
        while self.queue:
            distance, _, node = heappop(self.queue)
            if distance > node.distance:
                continue
            if not node.control.open:
                self._note("stuck", _last(node, self.start_id), "", (node.before, node.step, node.distance))
                node.ends = True
            else:
                self._expand(node)
        self._trapped()
        return any(len(self.ends[call]) > used for call, used in self.used.items())

    def _begin(self) -> None:
        known = dict(self.entry)
        for name in self.gives - known.keys():
            known[name] = SAME
        for reaction in self._react(None, Happens.START, self.start_id, known):
            step = Step(Happens.START, self.start_id, {}, reaction.known, reaction.passed)
            self._told(reaction, (None, step, 0))
            if reaction.control is None:
                self.visit.firsts.append(First(reaction.known, step, error=True))
            elif reaction.control.over:
                out = self._handed(reaction.known)
                self.visit.firsts.append(First(reaction.known, step, exit=out))
                self.visit.exits.setdefault(out, (0, None, step))
            else:
                self.visit.firsts.append(First(reaction.known, step))
                if not self._is_twice(reaction.control, (None, step, 0)):
                    self._arrive(reaction, (None, step, 0))

    def _expand(self, node: Node) -> None:
        for step, known, weight in self._ways(node):
            base = dict(node.facts)
            for reaction in self._react(node.control, step.what, step.element_id, known):
                found = Step(step.what, step.element_id, step.given, reaction.known, reaction.passed, step.through)
                place = (node, found, node.distance + weight)
                self._told(reaction, place)
                if reaction.control is None:
                    node.ends = True
                    continue
                self._settle(node, step, (base, known), reaction)
                if reaction.control.over:
                    node.ends = True
                    out = self._handed(reaction.known)
                    if out not in self.visit.exits or self.visit.exits[out][0] > place[2]:
                        self.visit.exits[out] = (place[2], node, found)
                elif self._is_twice(reaction.control, place):
                    node.ends = True
                else:
                    node.leads.append(self._arrive(reaction, place))

    def _is_twice(self, control: Control, place: tuple[Node | None, Step, int]) -> bool:
        """Whether something is open twice: that is said, and what follows is not looked at, for it would never stop."""
        if control.twice is None:
            return False
        self._note("twice", control.twice, "", place)
        self.explorer.reached.update(control.open)
        return True

    def _arrive(self, reaction: _Reaction, place: tuple[Node | None, Step, int]) -> Node:
        before, step, distance = place
        control = reaction.control
        assert control is not None
        live = self._live(control)
        facts = frozenset((name, values) for name, values in reaction.known.items() if name in live)
        node = self.visit.nodes.get((control.number, facts))
        if node is None:
            self.explorer.count()
            node = self.visit.nodes[control.number, facts] = Node(control, facts, distance, before, step)
            heappush(self.queue, (distance, next(self.turn), node))
            self.explorer.reached.update(control.open)
        elif distance < node.distance:
            node.distance, node.before, node.step = distance, before, step
            heappush(self.queue, (distance, next(self.turn), node))
        return node

    def _ways(self, node: Node) -> Iterator[tuple[Step, dict[str, Values], int]]:
        """Everything that can happen in a state, with what is known then, and how many steps it is."""
        known = self._seen(node)
        for name in node.control.tasks:
            element = self.elements[name]
            if element.called is not None:
                yield from self._through(node, element, known)
                continue
            wanted = self._live(node.control) | self.reading.after(element)
            for behind, given in answers(self.reading, element, known, wanted):
                yield Step(Happens.COMPLETE, name, given, {}, ()), behind, 1
        for name in node.control.timers:
            yield from self._fires(node, self.elements[name], known)
        for name in node.control.messages:
            yield Step(Happens.SEND, name, {}, {}, ()), self._cut(self.elements[name], known), 1

    def _through(self, node: Node, call: Element, known: dict[str, Values]) -> Iterator[tuple[Step, dict[str, Values], int]]:
        """A phase is over: in each way in which it can end."""
        called = call.called or ""
        if call.id in self.reading.parallel:
            yield from self._through_beside(node, call)
            return
        needs = self.reading.needs(called)
        inner = self._called(called, frozenset((name, values) for name, values in node.facts if name in needs))
        live = self._live(node.control) | self.reading.after(call)
        told: set[Facts] = set()
        for out, (distance, _, _) in sorted(inner.exits.items(), key=lambda one: one[1][0]):
            handed = frozenset((name, values) for name, values in out if values != SAME and name in live)
            if handed in told:
                continue
            told.add(handed)
            behind = known | dict(handed)
            yield Step(Happens.COMPLETE, call.id, {}, {}, (), (inner, out)), behind, distance

    def _through_beside(self, node: Node, call: Element) -> Iterator[tuple[Step, dict[str, Values], int]]:
        called = call.called or ""
        base, beside = dict(node.facts), self.reading.beside.get(called, {})
        known = self._seen(node, without=call.id)
        ways = [
            (way[0], inner, out)
            for key in self.ends.get(call.id, ())
            for inner in [self.explorer.visits[key]]
            for out, way in inner.exits.items()
        ]
        self.used.setdefault(call.id, len(self.ends.get(call.id, ())))
        if not ways:
            return
        ended: dict[str, Values] = {}
        for _, _, out in ways:
            for name, values in out:
                was = base.get(name, UNSET)
                ended[name] = ended.get(name, _NOTHING) | (values - SAME) | (was if values & SAME else _NOTHING)
                if name in beside:
                    ended[name] |= was | beside[name]
        distance, inner, out = min(ways, key=lambda way: way[0])
        yield Step(Happens.COMPLETE, call.id, {}, {}, (), (inner, out)), known | ended, max(distance, 1)

    def _fires(self, node: Node, timer: Element, known: dict[str, Values]) -> Iterator[tuple[Step, dict[str, Values], int]]:
        name = timed_by(timer)
        if name is not None:
            days = frozenset(value for value in known.get(name, UNSET) if comes(value))
            if days:
                yield Step(Happens.FIRE, timer.id, {}, {}, ()), known | {name: frozenset(map(fired, days))}, 1
            else:
                self._note("no_day", timer.id, name, (node.before, node.step, node.distance))
            return
        # The warning of a term comes before its end.
        warning = (timer.timer or "").replace("deadline.", "warn.")
        if not any(self.elements[other].timer == warning for other in node.control.timers if other != timer.id):
            yield Step(Happens.FIRE, timer.id, {}, {}, ()), known, 1

    def _seen(self, node: Node, without: str = "") -> dict[str, Values]:
        """What the facts may be by now: also what runs beside this may have written."""
        known = dict(node.facts)
        writers = [self.beside, *(w for call, w in self._open_beside(node.control) if call != without)]
        return {name: values.union(*(writes.get(name, _NOTHING) for writes in writers)) for name, values in known.items()}

    def _open_beside(self, control: Control) -> list[tuple[str, Mapping[str, Values]]]:
        calls = (name for name in control.tasks if name in self.reading.parallel)
        return [(name, self.reading.writes_of(self.elements[name])) for name in calls]

    def _cut(self, event: Element, known: dict[str, Values]) -> dict[str, Values]:
        """A message that ends a phase halfway: it may have come as far as any of its answers."""
        host = self.elements.get(event.attached_to or "")
        writes = self.reading.writes_of(host) if host is not None and host.called is not None else {}
        return {name: values | writes.get(name, _NOTHING) for name, values in known.items()}

    def _settle(self, node: Node, step: Step, facts: tuple[dict[str, Values], dict[str, Values]], reaction: _Reaction) -> None:
        """What nothing read or set stays as it was; what a phase wrote that was broken off may stand."""
        base, known = facts
        touched = step.given.keys() | (dict(step.through[1]).keys() if step.through is not None else frozenset())
        for name, was in base.items():
            if name not in touched and step.what is not Happens.SEND and reaction.known.get(name) == known.get(name):
                reaction.known[name] = was if timed_by(self.elements[step.element_id]) != name else reaction.known[name]
        left = set(reaction.control.tasks if reaction.control is not None else ())
        for call, writes in self._open_beside(node.control):
            if call not in left and call != step.element_id:
                for name in base.keys() & writes.keys() & reaction.known.keys():
                    reaction.known[name] |= writes[name]

    def _live(self, control: Control) -> Names:
        waits = (*control.tasks, *control.timers, *control.messages)
        return self.gives.union(self.joins, *(self.reading.live.get(name, frozenset()) for name in waits))

    def _handed(self, known: Known) -> Facts:
        return frozenset((name, known.get(name, SAME)) for name in self.gives)

    def _called(self, called: str, facts: Facts) -> Visit:
        return self.explorer.visit(called, self.explorer.start_of(called), facts)

    def _react(self, control: Control | None, what: Happens, element_id: str, known: dict[str, Values]) -> Iterator[_Reaction]:
        was_open = tuple(name for name in control.tasks if name != element_id) if control is not None else ()
        yield from self._run((control.number if control is not None else None, what, element_id), known, was_open)

    def _run(
        self, key: tuple[int | None, Happens, str], known: dict[str, Values], was_open: tuple[str, ...]
    ) -> Iterator[_Reaction]:
        for taken, ran in self.stand.react(*key, known):
            narrowed = known | {name: frozenset({value}) for name, value in taken.items()}
            notes = tuple(self._unset(ran, taken))
            self.explorer.reached.update(ran.passed)
            if ran.control is None:
                yield _Reaction(None, narrowed, ran.passed, (), (*notes, (ran.error, key[2], "")))
                continue
            ends = (name for name in ran.passed if not self.elements[name].outgoing and not _is_end(self.elements[name]))
            notes += tuple(("implicit_end", name, "") for name in ends)
            reaction = _Reaction(self.stand.controls[ran.control], narrowed, ran.passed, (), notes)
            yield from self._opened(reaction, was_open)

    def _opened(self, reaction: _Reaction, was_open: tuple[str, ...]) -> Iterator[_Reaction]:
        """Enter the phases that were called: one that is over at once lets its caller go on in the same transition."""
        control = reaction.control
        assert control is not None
        call = next((name for name in control.tasks if name not in was_open and self.elements[name].called is not None), None)
        if call is None or control.twice is not None:
            yield reaction
            return
        called = self.elements[call].called or ""
        needs = self.reading.needs(called)
        inner = self._called(called, frozenset((name, reaction.known.get(name, UNSET)) for name in needs))
        if call in self.reading.parallel:
            self.ends.setdefault(call, set()).add(inner.key)
        for first in inner.firsts:
            known = reaction.known | {name: first.known[name] for name in needs & first.known.keys()}
            passed = reaction.passed + first.step.passed
            entered = _Reaction(control, known, passed, (*reaction.calls, inner.key), reaction.notes)
            if first.error:
                yield _Reaction(None, known, passed, entered.calls, reaction.notes)
            elif first.exit is None:
                yield from self._opened(entered, (*was_open, call))
            else:
                known |= {name: values for name, values in first.exit if values != SAME}
                for rest in self._run((control.number, Happens.COMPLETE, call), known, was_open):
                    yield _Reaction(
                        rest.control, rest.known, passed + rest.passed, entered.calls + rest.calls, reaction.notes + rest.notes
                    )

    def _unset(self, ran: Ran, taken: Mapping[str, Value]) -> Iterator[tuple[str, str, str]]:
        """The choices that read a fact for which nobody was asked on this way."""
        unset = {name for name, value in taken.items() if value is Mark.UNSET}
        for name in ran.passed if unset else ():
            for fact in sorted(unset & self.reading.choice(self.elements[name])):
                yield "unset", name, fact

    def _told(self, reaction: _Reaction, place: tuple[Node | None, Step, int]) -> None:
        for code, element_id, fact in reaction.notes:
            self._note(code, element_id, fact, place)
        for key in reaction.calls:
            known = self.visit.calls.get(key)
            if known is None or known[0] > place[2]:
                self.visit.calls[key] = (place[2], place[0], place[1])

    def _note(self, code: str, element_id: str, fact: str, place: tuple[Node | None, Step | None, int]) -> None:
        key = (code, element_id, fact)
        if key not in self.visit.noted or self.visit.noted[key].distance > place[2]:
            self.visit.noted[key] = Noted(code, element_id, fact, *place)

    def _trapped(self) -> None:
        """The states from which no end is reached; of each such region the nearest."""
        nodes = list(self.visit.nodes.values())
        good = {id(node) for node in nodes if node.ends or self._waits_for_a_trap(node)}
        back: dict[int, list[int]] = {}
        for node in nodes:
            for lead in node.leads:
                back.setdefault(id(lead), []).append(id(node))
        waiting = list(good)
        while waiting:
            for before in back.get(waiting.pop(), ()):
                if before not in good:
                    good.add(before)
                    waiting.append(before)
        told: set[int] = set()
        for node in sorted((one for one in nodes if id(one) not in good), key=lambda one: one.distance):
            if id(node) not in told:
                self._note("trap", node.control.open[0], "", (node.before, node.step, node.distance))
                region = [node]
                while region:
                    one = region.pop()
                    if id(one) not in told:
                        told.add(id(one))
                        region += one.leads

    def _waits_for_a_trap(self, node: Node) -> bool:
        """Whether a phase that is open never ends, which is said there."""
        for name in node.control.tasks:
            called = self.elements[name].called
            if called is None:
                continue
            needs = self.reading.needs(called)
            keys = self.ends.get(name) or [
                (called, self.explorer.start_of(called), frozenset(one for one in node.facts if one[0] in needs))
            ]
            visits = [self.explorer.visits[key] for key in keys if key in self.explorer.visits]
            if not any(visit.exits for visit in visits):
                return True
        return False


def _last(node: Node, start_id: str) -> str:
    return node.step.passed[-1] if node.step is not None and node.step.passed else start_id


def _is_join(element: Element) -> bool:
    return element.kind is ElementKind.PARALLEL and len(element.incoming) > 1


def _is_end(element: Element) -> bool:
    return element.kind in (ElementKind.END, ElementKind.TERMINATE_END)
