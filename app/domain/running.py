"""Runs through a drawing from a step to where people, days or messages are waited for: what happens together, by which choices.

A run moves tokens as the engine does: branches go on beside each other, a join waits for all of them, and a level is over when
nothing runs in it any more. Of what ran already when the run began, nothing is known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.domain.possible import Given, Possible
from app.domain.procedure import CATCHES, ENDS, Element, ElementKind, Flow, Procedure, Process

Choices = tuple[tuple[Element, str], ...]

_STARTS: Final = (ElementKind.START, ElementKind.MESSAGE_START)
#: Where a person, a date or a message is waited for.
WAITS: Final = (ElementKind.USER_TASK, *CATCHES)


#: Far more than a person could read; a drawing with more has choices that do not matter here.
MOST_WAYS: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A level that runs. `call` None: whoever called it is not known. `whole`: all that runs in it is known."""

    call: Element | None
    up: "Frame | None"
    whole: bool

    def lies_in(self, other: "Frame") -> bool:
        """Whether it is that level, or one that was called from it."""
        frame: Frame | None = self
        while frame is not None and frame is not other:
            frame = frame.up
        return frame is other


@dataclass(frozen=True, slots=True)
class Token:
    """Where a run is, and the choices that lead there. `joined`: only when what else runs is done too."""

    element: Element
    frame: Frame
    choices: Choices = ()
    joined: bool = False
    met: frozenset[tuple[Frame, str]] = frozenset()
    #: The flow on which it came.
    flow: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What happens on one way: where it stops, the services that ran, and what is known of facts by then."""

    moving: tuple[Token, ...]
    stopped: tuple[Token, ...] = ()
    arrived: tuple[Token, ...] = ()
    over: tuple[Token, ...] = ()
    ran: tuple[Token, ...] = ()
    given: Given = field(default_factory=dict)

    def others(self, frame: Frame) -> bool:
        """Whether anything is left in a level."""
        return any(token.frame.lies_in(frame) for token in (*self.moving, *self.stopped, *self.arrived))


class Runner:
    """Runs from an element of a procedure. `within`: the calls it is known to lie in, the outermost first."""

    def __init__(self, procedure: Procedure, element: Element, possible: Possible, within: Sequence[str] = ()) -> None:
        self._procedure = procedure
        self._possible = possible
        calls = [procedure.element(call) for call in within]
        frame: Frame | None = None
        for call, inside in zip(calls, [*calls, element][1:], strict=True):
            up = frame or self._outer(call)
            frame = Frame(call, up, self._alone(inside))
        self._first = Token(element, frame or self._outer(element))

    def _outer(self, element: Element) -> Frame:
        """A level of which is known that this runs in it."""
        return Frame(None, None, self._alone(element))

    def _alone(self, element: Element) -> bool:
        return not runs_beside(self._procedure.processes[element.process_id], element)

    def runs(self) -> Iterator[Run]:
        """The runs, the shortest first, so many at most."""
        return self._all(lambda run: run, MOST_WAYS)

    def ends(self) -> Iterator[Run]:
        """One run for all that differ in nothing but the choices on the way."""
        return self._all(_place, None)

    def _all(self, key: Callable[[Run], object], most: int | None) -> Iterator[Run]:
        first = self._first
        waiting = [Run(tuple(self._behind(first) if first.element.called is None else self._entered(first)))]
        while waiting:
            yield from (run for run in waiting if not run.moving)
            following = (one for run in waiting if run.moving for one in self._step(run))
            waiting = list({key(run): run for run in following}.values())[:most]

    def _step(self, run: Run) -> list[Run]:
        """Move one token. What joins, and then what ends, comes last: by then it is known what else still runs."""
        token = min(run.moving, key=self._turn)
        run = replace(run, moving=tuple(one for one in run.moving if one is not token))
        kind = token.element.kind
        if kind in WAITS:
            return [replace(run, stopped=(*run.stopped, token))]
        if kind in ENDS:
            return self._ended(run, token)
        return [run] if (token.frame, token.element.id) in token.met else self._passed(run, token)

    def _passed(self, run: Run, token: Token) -> list[Run]:
        kind = token.element.kind
        if kind is ElementKind.CALL:
            return [_moving(run, self._entered(token))]
        if kind is ElementKind.EXCLUSIVE:
            return self._chosen(run, token)
        if joins(self._procedure.processes[token.element.process_id], token.element):
            return [self._joined(run, token)]
        ran = (*run.ran, token) if kind is ElementKind.SERVICE_TASK else run.ran
        return [_moving(replace(run, ran=ran), self._behind(token))]

    def _turn(self, token: Token) -> int:
        if token.element.kind in ENDS:
            return 0 if token.element.kind is ElementKind.TERMINATE_END else 2
        return int(joins(self._procedure.processes[token.element.process_id], token.element))

    def _entered(self, token: Token) -> list[Token]:
        if token.element.called is None:
            return []
        inner = Frame(token.element, token.frame, whole=True)
        met = token.met | {(token.frame, token.element.id)}
        called = self._procedure.processes[token.element.called]
        return [replace(token, element=start, frame=inner, met=met) for start in starts(called)]

    def _behind(self, token: Token) -> list[Token]:
        process = self._procedure.processes[token.element.process_id]
        return [self._along(token, process.flows[flow]) for flow in token.element.outgoing]

    def _along(self, token: Token, flow: Flow) -> Token:
        process = self._procedure.processes[token.element.process_id]
        met = token.met | {(token.frame, token.element.id)}
        return replace(token, element=process.elements[flow.target], met=met, flow=flow.id)

    def _chosen(self, run: Run, token: Token) -> list[Run]:
        process = self._procedure.processes[token.element.process_id]
        flows = [process.flows[flow] for flow in token.element.outgoing]
        # What others do meanwhile may change any fact, so that nothing can be said of the choice.
        ways = [(flow, run.given) for flow in flows] if token.joined else self._possible.behind(flows, run.given)
        found = [] if flows else [run]
        for flow, given in ways:
            # What an answer on the way decided already is told in the words of the form, where it has them.
            told = flow.name and not token.joined and (len(ways) > 1 or self._possible.question(flows) is not None)
            choices = (*token.choices, (token.element, flow.name)) if told else token.choices
            found.append(_moving(replace(run, given=given), [self._along(replace(token, choices=choices), flow)]))
        return found

    def _joined(self, run: Run, token: Token) -> Run:
        here = [one for one in run.arrived if one.element is token.element and one.frame is token.frame] + [token]
        flows = self._procedure.processes[token.element.process_id].flows.values()
        if {one.flow for one in here} != {flow.id for flow in flows if flow.target == token.element.id}:
            if token.frame.whole or run.others(token.frame):
                return replace(run, arrived=(*run.arrived, token))
            token = replace(token, joined=True)
        rest = tuple(one for one in run.arrived if one not in here)
        return _moving(replace(run, arrived=rest), self._behind(replace(token, choices=_together(here))))

    def _ended(self, run: Run, token: Token) -> list[Run]:
        frame = token.frame
        if token.element.kind is ElementKind.TERMINATE_END:
            return self._left(_emptied(run, frame), token)
        if run.others(frame):
            return [replace(run, over=(*run.over, token))]
        process = self._procedure.processes[token.element.process_id]
        if not frame.whole and not token.joined:
            if stopped_at_once(process):
                # What runs beside it goes on until that end is reached.
                return [run]
            token = replace(token, joined=True)
        together = [*(one for one in run.over if one.frame is frame), token]
        return self._left(run, replace(token, choices=_together(together)))

    def _left(self, run: Run, token: Token) -> list[Run]:
        """Go on behind a level that is over."""
        call = token.frame.call
        if call is not None:
            up = token.frame.up or self._outer(call)
            return [_moving(run, self._behind(replace(token, element=call, frame=up)))]
        calls = callers(self._procedure, self._procedure.processes[token.element.process_id])
        if not calls:
            return [replace(run, stopped=(*run.stopped, token))]
        return [_moving(run, self._behind(replace(token, element=one, frame=self._outer(one)))) for one in calls]


def starts(process: Process) -> list[Element]:
    """The events with which a level begins."""
    return [element for element in process.elements.values() if element.kind in _STARTS]


def callers(procedure: Procedure, process: Process) -> list[Element]:
    """The elements that call a process as a phase."""
    calls = (e for p in procedure.processes.values() for e in p.elements.values() if e.kind is ElementKind.CALL)
    return [call for call in calls if call.called == process.id]


def runs_beside(process: Process, element: Element) -> bool:
    """Whether something else may run in a level while an element does: behind a split that leads to both, or beside its term."""
    beside = (ElementKind.TIMER_BOUNDARY, ElementKind.MESSAGE_BOUNDARY)
    every = process.elements.values()
    splits = [e.id for e in every if e.kind is ElementKind.PARALLEL and len(e.outgoing) > 1]
    splits += [part for e in every if e.kind in beside and not e.interrupting for part in (e.id, e.attached_to or e.id)]
    seen, waiting = set(splits), list(splits)
    while waiting:
        behind = {process.flows[flow].target for flow in process.elements[waiting.pop()].outgoing} - seen
        seen |= behind
        waiting += behind
    return element.id in seen


def stopped_at_once(process: Process) -> bool:
    """Whether a level has an end that stops all that runs in it."""
    return any(element.kind is ElementKind.TERMINATE_END for element in process.elements.values())


def joins(process: Process, element: Element) -> bool:
    """Whether an element waits for several branches."""
    if element.kind is not ElementKind.PARALLEL:
        return False
    return sum(flow.target == element.id for flow in process.flows.values()) > 1


def _place(run: Run) -> object:
    tokens = (run.moving, run.stopped, run.arrived, run.over, run.ran)
    places = tuple(tuple((t.element.id, t.frame, t.joined, t.flow) for t in some) for some in tokens)
    return places, frozenset(run.given.items())


def _moving(run: Run, tokens: list[Token]) -> Run:
    return replace(run, moving=(*run.moving, *tokens))


def _emptied(run: Run, frame: Frame) -> Run:
    def kept(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(token for token in tokens if not token.frame.lies_in(frame))

    return replace(run, moving=kept(run.moving), stopped=kept(run.stopped), arrived=kept(run.arrived), over=kept(run.over))


def _together(tokens: Sequence[Token]) -> Choices:
    every = {(gate.id, label): (gate, label) for token in tokens for gate, label in token.choices}
    return tuple(every.values())
