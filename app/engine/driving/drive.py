"""Drives a whole procedure, and says what was found: paths without an end, tasks that nobody gets, tokens that meet.

States are told apart by what is open and by the facts that are still read. Each phase is driven on its own, from every way in
which it is called: what it does hangs on nothing but the facts that it reads, and its caller goes on with nothing but those that
it hands back. Where things run beside each other, each may find at any moment whatever the forms of the others can write, so that
no order is missed; an example may then tell of an order that never comes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Final

from app.domain.procedure import Element, ElementKind, Procedure, Severity
from app.engine.driving.exploring import MAX_STATES, Explorer, TooMany
from app.engine.driving.found import Driven, DrivenFinding
from app.engine.driving.reading import Names, Reading
from app.engine.driving.states import Key, Noted, Step
from app.engine.driving.telling import steps_to, tell
from app.engine.driving.values import UNSET, Domain

_TEXTS: Final = {
    "trap": "Vanaf hier komt de procedure nooit meer bij een einde. Teken een weg die naar een einde leidt.",
    "stuck": (
        "Hierna wacht er niets en niemand meer, maar de procedure is niet klaar. Laat alleen wegen samenkomen die altijd allebei"
        " lopen, en geef elke andere weg een eigen einde."
    ),
    "twice": (
        "Dit onderdeel kan twee keer tegelijk open staan. Laat wegen eerst samenkomen, of begin het pas opnieuw als het klaar is."
    ),
    "phase_twice": (
        "Deze fase kan hier beginnen terwijl dezelfde fase al open staat; haar taken staan dan twee keer open. Laat de ene eerst"
        " klaar zijn, of teken er twee fasen van."
    ),
    "unset": (
        "Hier telt {fact} mee, maar op deze weg is daar nog niet naar gevraagd. Vraag er eerder naar, of zeg in de voorwaarde"
        " wat er geldt als het leeg is."
    ),
    "implicit_end": "Hier houdt een weg op zonder einde. Teken een eindgebeurtenis.",
    "runs_forever": (
        "Vanaf hier gaat het rond zonder dat er ooit op iemand wordt gewacht. Zet een taak in de lus, of haal de lus weg."
    ),
    "no_way": "Bij een keuze hierna geldt geen enkele weg. Kies een standaardweg.",
    "unreached": "Hier komt de procedure nooit, wat er ook gebeurt. Pas de voorwaarden hiervoor aan, of haal dit weg.",
}
#: Where a drive stops, although the procedure would go on.
_STOPS: Final = ("twice", "no_way", "runs_forever")
#: What is found while a step goes on: its example stops there.
_ON_THE_WAY: Final = ("unset", "implicit_end")


def drive(procedure: Procedure, *, handed: Names = frozenset(), most: int = MAX_STATES) -> Driven:
    """Drive a procedure without errors through all that it can come to. `handed`: facts that other procedures hand back to it.

    Too many states is an answer, not an error: `complete` is then false, and `undecided` says what was not looked at.
    """
    return _Drive(procedure, handed, most).run()


def handed_to(key: str, procedures: Mapping[str, Procedure]) -> Names:
    """The facts that a procedure may be handed by others at any moment: by those that it starts, and with messages to it."""
    own = [one for one in _services(procedures[key]) if one.topic == "start_procedure"]
    started = [procedures[name] for one in own if (name := one.properties.get("procedure", "")) in procedures]
    given = [one for other in procedures.values() for one in _services(other) if one.properties.get("procedure") == key]
    told = [name.strip() for one in given for name in one.properties.get("gives", "").split(",") if name.strip()]
    return frozenset(told).union(*(one.processes[one.main].outputs for one in started))


def _services(procedure: Procedure) -> list[Element]:
    every = (one for process in procedure.processes.values() for one in process.elements.values())
    return [one for one in every if one.kind is ElementKind.SERVICE_TASK]


@dataclass(slots=True)
class _Drive:
    procedure: Procedure
    handed: Names
    most: int
    domain: Domain = field(init=False)
    reading: Reading = field(init=False)
    explorer: Explorer = field(init=False)
    roots: list[Key] = field(default_factory=list)
    elements: dict[str, Element] = field(init=False)
    #: By visit: how many steps lead to it, and which.
    ways: dict[Key, tuple[int, tuple[Step, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.domain = Domain(self.procedure)
        self.reading = Reading(self.procedure, self.domain, self.handed)
        self.explorer = Explorer(self.procedure, self.reading, self.most)
        self.elements = {e.id: e for process in self.procedure.processes.values() for e in process.elements.values()}

    def run(self) -> Driven:
        complete = True
        try:
            for process_id, start_id, given in self._starts():
                facts = frozenset(
                    (name, self.domain.whole(name) if name in given else UNSET) for name in self.reading.live[start_id]
                )
                self.roots.append((process_id, start_id, facts))
                self.explorer.visit(process_id, start_id, facts)
        except TooMany:
            complete = False
        self._find_ways()
        undecided = () if complete else tuple(self._undecided())
        found = [*self._noted(), *(self._unreached() if complete else ())]
        found.sort(key=lambda one: (one.severity is not Severity.ERROR, len(one.path)))
        return Driven(tuple(found), self.explorer.states, complete, undecided)

    def _starts(self) -> Iterator[tuple[str, str, Names]]:
        """Where a drive begins, and the facts that may be given then: at an `anytime` process those may be anything."""
        main = self.procedure.processes[self.procedure.main]
        for start in self.procedure.starts():
            yield main.id, start.id, frozenset(main.inputs)
        for process_id in main.anytime:
            start_id = self.explorer.start_of(process_id)
            yield process_id, start_id, self.reading.live[start_id]

    def _find_ways(self) -> None:
        """The shortest way to each visit, through whatever called it."""
        turn = count()
        waiting: list[tuple[int, int, Key, tuple[Step, ...]]] = [(0, next(turn), key, ()) for key in self.roots]
        while waiting:
            distance, _, key, way = heappop(waiting)
            if key in self.ways or key not in self.explorer.visits:
                continue
            self.ways[key] = (distance, way)
            for called, (far, node, step) in self.explorer.visits[key].calls.items():
                if called not in self.ways:
                    heappush(waiting, (distance + far, next(turn), called, (*way, *_own(key, way, steps_to(node, step)))))

    def _noted(self) -> Iterator[DrivenFinding]:
        nearest: dict[tuple[str, str], tuple[int, Key, Noted]] = {}
        for key, visit in self.explorer.visits.items():
            for noted in visit.noted.values():
                if key not in self.ways or self._meant(key, noted):
                    continue
                # Of a fact that is read too early, the first place says enough.
                about = (noted.code, noted.fact or noted.element_id)
                distance = self.ways[key][0] + noted.distance
                if about not in nearest or nearest[about][0] > distance:
                    nearest[about] = (distance, key, noted)
        for _, key, noted in nearest.values():
            yield self._finding(key, noted)

    def _finding(self, key: Key, noted: Noted) -> DrivenFinding:
        steps = self._steps(key, noted)
        question = self.domain.field(noted.fact)
        text = _TEXTS[noted.code].format(fact=f"‘{question.label}’" if question is not None else noted.fact)
        return self._about(noted.element_id, noted.code, (text, self._severity(noted, key, steps)), steps)

    def _severity(self, noted: Noted, key: Key, steps: list[Step]) -> Severity:
        if noted.code == "unset" or (noted.code == "trap" and self._broken_off(key[0])):
            return Severity.WARNING
        if noted.code == "twice" and self._goes_round(noted, steps):
            # Whoever draws a loop that opens something each time may well mean it to be open more than once.
            return Severity.WARNING
        return Severity.ERROR

    def _broken_off(self, process_id: str) -> bool:
        """Whether a phase is always called where a message or an end beside it can break it off."""
        calls = [element for element in self.elements.values() if element.called == process_id]
        return bool(calls) and all(self._breaks(call) or self._broken_off(call.process_id) for call in calls)

    def _breaks(self, call: Element) -> bool:
        level = self.procedure.processes[call.process_id].elements.values()
        ends = call.id in self.reading.parallel and any(e.kind is ElementKind.TERMINATE_END for e in level)
        return ends or any(event.interrupting for event in self.reading.edges(call.id))

    def _meant(self, key: Key, noted: Noted) -> bool:
        """Whether the drawing says itself that it means this.

        A choice says what holds when nobody was asked: `== null`, or only 'unless' (`!=`). A call says that a loop may begin its
        phase anew while it runs, and that what it opens may be open in another call already (`severalAtOnce`).
        """
        element = self.elements[noted.element_id]
        if noted.code == "unset":
            return self.reading.handles_empty(element, noted.fact)
        round_and_round = noted.code == "twice" and self._goes_round(noted, self._steps(key, noted))
        return element.several_at_once and (noted.code == "phase_twice" or round_and_round)

    def _goes_round(self, noted: Noted, steps: list[Step]) -> bool:
        return _goes_round(self.elements, self.elements[noted.element_id].process_id, steps)

    def _steps(self, key: Key, noted: Noted) -> list[Step]:
        """The example of what was noted, from the very beginning."""
        begun = self.ways[key][1]
        return [*begun, *_own(key, begun, steps_to(noted.before, noted.step))]

    def _unreached(self) -> Iterator[DrivenFinding]:
        reached, unseen = self.explorer.reached, self._unseen()
        for element in self.elements.values():
            if element.id not in reached | unseen and any(name in reached for name in self._before(element)):
                yield self._about(element.id, "unreached", (_TEXTS["unreached"], Severity.ERROR), [])

    def _unseen(self) -> set[str]:
        """What lies behind a mistake at which a drive stops, also for whoever called that phase: that was not looked at."""
        noted = (one for visit in self.explorer.visits.values() for one in visit.noted.values())
        waiting = [one.element_id for one in noted if one.code in _STOPS]
        found: set[str] = set()
        while waiting:
            element = self.elements[waiting.pop()]
            if element.id in found:
                continue
            found.add(element.id)
            flows = self.procedure.processes[element.process_id].flows
            waiting += [flows[flow].target for flow in element.outgoing]
            waiting += [event.id for event in self.reading.edges(element.id)]
            waiting += [one.id for one in self.elements.values() if one.called == element.process_id]
            waiting += [one.id for one in self.elements.values() if one.process_id == element.called and not one.incoming]
        return found

    def _before(self, element: Element) -> list[str]:
        flows = self.procedure.processes[element.process_id].flows
        return [flows[flow].source for flow in element.incoming] + ([element.attached_to] if element.attached_to else [])

    def _undecided(self) -> Iterator[str]:
        yield f"Er kan te veel gebeuren om alles te bekijken: na {self.explorer.states} toestanden is gestopt."
        for process in self.procedure.processes.values():
            visits = [visit for key, visit in self.explorer.visits.items() if key[0] == process.id]
            if not visits or not all(visit.done for visit in visits):
                yield f"Niet helemaal bekeken: {process.name or process.id}."

    def _about(self, element_id: str, code: str, said: tuple[str, Severity], steps: list[Step]) -> DrivenFinding:
        element = self.elements[element_id]
        file = self.procedure.processes[element.process_id].file
        path = tell(self.procedure, self.domain, steps)
        if code in _ON_THE_WAY:
            path = path[: 1 + max((at for at, step in enumerate(path) if step.element == element_id), default=len(path))]
        return DrivenFinding(file, element_id, element.name, code, said[0], said[1], path)


def _own(key: Key, begun: Sequence[Step], steps: list[Step]) -> list[Step]:
    """The steps of a phase itself: how it began is told by the step that called it."""
    return steps[1:] if begun and steps and steps[0].element_id == key[1] else steps


def _goes_round(elements: dict[str, Element], process_id: str, steps: list[Step]) -> bool:
    """Whether an example passes the same fork of a level twice."""
    forks = [
        name
        for step in steps
        for name in step.passed
        if elements[name].kind is ElementKind.PARALLEL
        and elements[name].process_id == process_id
        and len(elements[name].outgoing) > 1
    ]
    return len(forks) > len(set(forks))
