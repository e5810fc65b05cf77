"""What follows from one thing that happens in a level: the engine runs it, and the phases that it calls begin with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.domain.procedure import ENDS, Element
from app.engine.driving.reading import Reading
from app.engine.driving.stand import Control, Happens, Ran, Stand
from app.engine.driving.states import Facts, First, Key, Reaction, Visit
from app.engine.driving.values import UNSET, Mark, Value, Values, given_back

_Move = tuple[int | None, Happens, str]
_NOBODY: Final[tuple[str, ...]] = ()
#: So many phases that are over at once, one after the other, only follow each other where it goes round.
_MOST_AT_ONCE: Final = 60


class Reacting:
    """The reactions of one level. `enter` drives a phase that is called; `ends` collects how phases beside others were begun."""

    def __init__(
        self, stand: Stand, reading: Reading, enter: Callable[[str, Facts], Visit], reached: set[str], ends: dict[str, set[Key]]
    ) -> None:
        self._stand = stand
        self._reading = reading
        self._enter = enter
        self._reached = reached
        self._ends = ends
        self._elements: Mapping[str, Element] = stand.elements
        self._at_once = 0

    def react(self, control: Control | None, what: Happens, element_id: str, known: dict[str, Values]) -> Iterator[Reaction]:
        """All that can follow, up to where people, time or messages are waited for."""
        was_open = _NOBODY if control is None else tuple(name for name in control.tasks if name != element_id)
        yield from self._run((None if control is None else control.number, what, element_id), known, was_open)

    def _run(self, move: _Move, known: dict[str, Values], was_open: tuple[str, ...]) -> Iterator[Reaction]:
        for taken, ran in self._stand.react(*move, known):
            narrowed = known | {name: frozenset({value}) for name, value in taken.items()}
            self._reached.update(ran.passed)
            notes = tuple(self._unset(ran, taken))
            if ran.control is None:
                yield Reaction(None, narrowed, ran.passed, (), (*notes, (ran.error, move[2], "")))
                continue
            lost = (name for name in ran.passed if not self._elements[name].outgoing and self._elements[name].kind not in ENDS)
            notes += tuple(("implicit_end", name, "") for name in lost)
            control = self._stand.controls[ran.control]
            yield from self._opened(control, Reaction(control, narrowed, ran.passed, (), notes), was_open)

    def _opened(self, control: Control, reaction: Reaction, was_open: tuple[str, ...]) -> Iterator[Reaction]:
        """Enter the phases that were called: one that is over at once lets its caller go on in the same transition."""
        call = next((name for name in control.tasks if name not in was_open and self._elements[name].called is not None), None)
        if call is None or control.twice is not None:
            yield reaction
            return
        called = self._elements[call].called or ""
        needs = self._reading.needs(called)
        inner = self._enter(called, frozenset((name, reaction.known.get(name, UNSET)) for name in needs))
        if call in self._reading.parallel:
            self._ends.setdefault(call, set()).add(inner.key)
        for first in inner.firsts:
            known = reaction.known | {name: first.known[name] for name in needs & first.known.keys()}
            begun = replace(reaction, known=known, passed=reaction.passed + first.step.passed, calls=(*reaction.calls, inner.key))
            yield from self._entered(control, (call, first), begun, was_open)

    def _entered(
        self, control: Control, entered: tuple[str, First], begun: Reaction, was_open: tuple[str, ...]
    ) -> Iterator[Reaction]:
        call, first = entered
        if first.error:
            yield replace(begun, control=None)
        elif first.exit is None:
            yield from self._opened(control, begun, (*was_open, call))
        elif self._at_once >= _MOST_AT_ONCE:
            yield replace(begun, control=None, notes=(*begun.notes, ("runs_forever", call, "")))
        else:
            yield from self._went_on(
                control, call, replace(begun, known={**begun.known, **given_back(first.exit, begun.known)}), was_open
            )

    def _went_on(self, control: Control, call: str, begun: Reaction, was_open: tuple[str, ...]) -> Iterator[Reaction]:
        self._at_once += 1
        for rest in self._run((control.number, Happens.COMPLETE, call), dict(begun.known), was_open):
            yield replace(rest, passed=begun.passed + rest.passed, calls=begun.calls + rest.calls, notes=begun.notes + rest.notes)
        self._at_once -= 1

    def _unset(self, ran: Ran, taken: Mapping[str, Value]) -> Iterator[tuple[str, str, str]]:
        """The choices that read a fact for which nobody was asked on this way."""
        unset = {name for name, value in taken.items() if value is Mark.UNSET}
        for name in ran.passed if unset else ():
            for fact in sorted(unset & self._reading.choice(self._elements[name])):
                yield "unset", name, fact
