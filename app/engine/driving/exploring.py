"""Drives each level of a procedure through all that it can come to, from every way in which it is called."""

from heapq import heappop, heappush
from itertools import count
from typing import Final

from app.domain.procedure import ElementKind, Procedure
from app.engine.driving.reacting import Reacting
from app.engine.driving.reading import Reading
from app.engine.driving.stand import Control, Happens, Stand
from app.engine.driving.states import Facts, First, Key, Node, Noted, Reaction, Step, Visit
from app.engine.driving.traps import traps
from app.engine.driving.values import SAME, Known, Values
from app.engine.driving.ways import Way, Ways

#: More states than this, or more that happens in them, and we stop: several times our largest procedure, well below 1 GB and a
#: minute or so on a quiet core.
MAX_STATES: Final = 100_000
MAX_MOVES: Final = 1_000_000

_Place = tuple[Node | None, Step | None, int]


class TooMany(Exception):
    """There are more states than we look at."""


class Explorer:
    """All visits to the levels of one procedure."""

    def __init__(self, procedure: Procedure, reading: Reading, most: int = MAX_STATES) -> None:
        self.procedure = procedure
        self.reading = reading
        self.visits: dict[Key, Visit] = {}
        self.states = 0
        self._moves = 0
        self.reached: set[str] = set()
        self._most = most
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

    def enter(self, process_id: str, facts: Facts) -> Visit:
        """Drive a phase from its one start."""
        return self.visit(process_id, self.start_of(process_id), facts)

    def stand(self, process_id: str) -> Stand:
        """The engine of one level."""
        if process_id not in self._stands:
            self._stands[process_id] = Stand(self.procedure, process_id)
        return self._stands[process_id]

    def count(self) -> None:
        """One state more. Raises TooMany."""
        if self.states >= self._most:
            raise TooMany
        self.states += 1

    def move(self) -> None:
        """One thing more that happens in some state. Raises TooMany."""
        self._moves += 1
        if self._moves > MAX_MOVES:
            raise TooMany

    def start_of(self, process_id: str) -> str:
        """The start of a phase."""
        elements = self.procedure.processes[process_id].elements.values()
        return next(e.id for e in elements if e.kind in (ElementKind.START, ElementKind.MESSAGE_START))


class _Level:
    """One look at a level: all states that follow from its beginning, the nearest first."""

    def __init__(self, explorer: Explorer, visit: Visit, ends: dict[str, set[Key]]) -> None:
        self._explorer = explorer
        self._visit = visit
        self._ends = ends
        process_id, self._start_id, self._entry = visit.key
        stand = explorer.stand(process_id)
        self._reacting = Reacting(stand, explorer.reading, explorer.enter, explorer.reached, ends)
        self._ways = Ways(stand, explorer.reading, explorer.enter, self._begun)
        self._queue: list[tuple[int, int, Node]] = []
        self._turn = count()
        #: In how many ways a phase had begun when it was first over.
        self._used: dict[str, int] = {}

    def explore(self) -> bool:
        """Look; whether it must be done again, because a phase began in one more way after it had been over."""
        visit = self._visit
        for part in (visit.firsts, visit.nodes, visit.exits, visit.noted, visit.calls):
            part.clear()
        self._begin()
        while self._queue:
            distance, _, node = heappop(self._queue)
            if distance > node.distance:
                continue
            if not node.control.open:
                self._note("stuck", _last(node, self._start_id), "", (node.before, node.step, node.distance))
                node.ends = True
            else:
                self._expand(node)
        for node in traps(visit.nodes.values(), self._ways.never_over):
            self._note("trap", node.control.open[0], "", (node.before, node.step, node.distance))
        return any(len(self._ends[call]) > used for call, used in self._used.items())

    def _begun(self, call: str) -> list[Visit]:
        keys = self._ends.get(call, set())
        self._used.setdefault(call, len(keys))
        return [self._explorer.visits[key] for key in keys]

    def _begin(self) -> None:
        known: dict[str, Values] = {name: SAME for name in self._ways.gives} | dict(self._entry)
        for reaction in self._reacting.react(None, Happens.START, self._start_id, known):
            step = Step(Happens.START, self._start_id, {}, reaction.known, reaction.passed)
            place = (None, step, 0)
            self._told(reaction, place)
            control = reaction.control
            out = self._handed(reaction.known) if control is not None and control.over else None
            self._visit.firsts.append(First(reaction.known, step, out, error=control is None))
            if out is not None:
                self._visit.exits.setdefault(out, (0, None, step))
            elif control is not None and not self._is_twice(control, place):
                self._arrive(control, reaction.known, place)

    def _expand(self, node: Node) -> None:
        for way in self._ways.of(node):
            for reaction in self._reacting.react(node.control, way.what, way.element_id, dict(way.known)):
                self._explorer.move()
                step = Step(way.what, way.element_id, way.given, reaction.known, reaction.passed, way.through)
                place = (node, step, node.distance + way.weight)
                self._told(reaction, place)
                if reaction.control is None:
                    node.ends = True
                else:
                    self._follow(node, reaction.control, self._settled(node, way, reaction), place)

    def _follow(self, node: Node, control: Control, known: Known, place: tuple[Node, Step, int]) -> None:
        if control.over:
            out = self._handed(known)
            if out not in self._visit.exits or self._visit.exits[out][0] > place[2]:
                self._visit.exits[out] = (place[2], node, place[1])
        if control.over or self._is_twice(control, place):
            node.ends = True
        else:
            node.leads.append(self._arrive(control, known, place))

    def _is_twice(self, control: Control, place: _Place) -> bool:
        """Whether something is open twice: that is said, and what follows is not looked at, for it would never stop."""
        if control.twice is None:
            return False
        self._note("twice", control.twice, "", place)
        self._explorer.reached.update(control.open)
        return True

    def _arrive(self, control: Control, known: Known, place: _Place) -> Node:
        before, step, distance = place
        facts = self._ways.kept(control, known)
        node = self._visit.nodes.get((control.number, facts))
        if node is None:
            self._explorer.count()
            if (call := self._shared(control)) is not None:
                self._note("phase_twice", call, "", place)
            node = self._visit.nodes[control.number, facts] = Node(control, facts, distance, before, step)
            heappush(self._queue, (distance, next(self._turn), node))
            self._explorer.reached.update((*control.tasks, *control.timers, *control.messages))
        elif distance < node.distance:
            node.distance, node.before, node.step = distance, before, step
            heappush(self._queue, (distance, next(self._turn), node))
        return node

    def _shared(self, control: Control) -> str | None:
        """A call that is open beside another one in which the same phase may be open; None when there is none.

        A call that may run more than once at a time, as its drawing says, means that for all that is in it.
        """
        elements = self._explorer.procedure.processes[self._visit.key[0]].elements
        calls = [name for name in control.tasks if name in self._ends and not elements[name].several_at_once]
        seen: set[str] = set()
        for call in calls if len(calls) > 1 else ():
            within = self._within(call)
            if within & seen:
                return call
            seen |= within
        return None

    def _within(self, call: str) -> set[str]:
        """The phases that may wait for somebody or something in a call: its own, and what that calls."""
        waiting, seen, found = list(self._ends[call]), set[Key](), set[str]()
        while waiting:
            key = waiting.pop()
            if key not in seen and (visit := self._explorer.visits.get(key)) is not None:
                seen.add(key)
                waiting.extend(visit.calls)
                elements = self._explorer.procedure.processes[key[0]].elements
                if any(elements[name].called is None for node in visit.nodes.values() for name in node.control.open):
                    found.add(key[0])
        return found

    def _settled(self, node: Node, way: Way, reaction: Reaction) -> dict[str, Values]:
        """What nothing read or changed stays as it was; what a phase wrote that was broken off may stand."""
        base = dict(node.facts)
        same = {
            name: was for name, was in base.items() if name not in way.changed and reaction.known.get(name) == way.known.get(name)
        }
        known = dict(reaction.known) | same
        left = reaction.control.tasks if reaction.control is not None else ()
        for call, writes in self._ways.beside(node.control):
            if call not in left and call != way.element_id:
                known |= {name: known[name] | writes[name] for name in base.keys() & writes.keys()}
        return known

    def _handed(self, known: Known) -> Facts:
        return frozenset((name, known.get(name, SAME)) for name in self._ways.gives)

    def _told(self, reaction: Reaction, place: tuple[Node | None, Step, int]) -> None:
        for code, element_id, fact in reaction.notes:
            self._note(code, element_id, fact, place)
        for key in reaction.calls:
            known = self._visit.calls.get(key)
            if known is None or known[0] > place[2]:
                self._visit.calls[key] = (place[2], place[0], place[1])

    def _note(self, code: str, element_id: str, fact: str, place: _Place) -> None:
        key = (code, element_id, fact)
        if key not in self._visit.noted or self._visit.noted[key].distance > place[2]:
            self._visit.noted[key] = Noted(code, element_id, fact, *place)


def _last(node: Node, start_id: str) -> str:
    return node.step.passed[-1] if node.step is not None and node.step.passed else start_id
