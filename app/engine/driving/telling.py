"""Tells an example in Dutch: what happens, one step after the other, with the answers on which it hangs."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.facts import FactType
from app.domain.procedure import CATCHES, ENDS, Element, ElementKind, Procedure
from app.engine.driving.found import PathStep
from app.engine.driving.stand import Happens
from app.engine.driving.states import Node, Step, Visit
from app.engine.driving.values import Domain, Value, Values, comes

_STARTS: Final = (ElementKind.START, ElementKind.MESSAGE_START)
_Answers = dict[int, dict[str, Values]]


def steps_to(before: Node | None, last: Step | None) -> list[Step]:
    """The steps of a level that lead behind a state and one step further, with the ways through phases that ended on the way."""
    back: list[Step] = [last] if last is not None else []
    node = before
    while node is not None and node.step is not None:
        back.append(node.step)
        node = node.before
    return [one for step in reversed(back) for one in _with_phase(step)]


def _with_phase(step: Step) -> Iterator[Step]:
    if step.through is not None:
        visit, out = step.through
        _, node, last = visit.exits[out]
        # How the phase began is told where it was called.
        yield from (one for one in steps_to(node, last) if not _begins(visit, one))
    yield step


def _begins(visit: Visit, step: Step) -> bool:
    return step.what is Happens.START and step.element_id == visit.key[1]


def tell(procedure: Procedure, domain: Domain, steps: Sequence[Step]) -> tuple[PathStep, ...]:
    """The example as it is read: numbered by whoever shows it."""
    words = _Words(procedure, domain)
    settled, beside = _settled(steps)
    told: list[PathStep] = []
    for number, step in enumerate(steps):
        told += [words.meanwhile(step, name, value) for name, value in beside.get(number, {}).items()]
        told += words.step(step, settled.get(number, {}))
    return tuple(told)


def _settled(steps: Sequence[Step]) -> tuple[_Answers, _Answers]:
    """The answers that some later choice turned on, by the step that gave them; and what something beside changed, by step."""
    asked: dict[str, tuple[int, int]] = {}
    known: dict[str, Values] = {}
    settled: _Answers = {}
    beside: _Answers = {}
    for number, step in enumerate(steps):
        for name, values in step.given.items():
            asked[name], known[name] = (number, len(values)), values
        for name in known.keys() & step.known.keys():
            now = step.known[name]
            if known[name] & now:
                now = known[name] & now
            elif len(now) == 1 and step.what is not Happens.FIRE:
                beside.setdefault(number, {})[name] = now
                asked.pop(name, None)
            known[name] = now
            if name in asked and len(now) == 1 < asked[name][1]:
                settled.setdefault(asked[name][0], {})[name] = now
    return settled, beside


class _Words:
    def __init__(self, procedure: Procedure, domain: Domain) -> None:
        self.procedure = procedure
        self.domain = domain
        self.elements = {e.id: e for process in procedure.processes.values() for e in process.elements.values()}

    def step(self, step: Step, answers: dict[str, Values]) -> Iterator[PathStep]:
        """What happened, and what was passed after it."""
        acted = self.elements[step.element_id]
        yield PathStep(acted.id, self._act(acted, step.what, answers))
        following = [name for name in step.passed if name != acted.id or acted.kind in (*_STARTS, ElementKind.EXCLUSIVE)]
        for place, name in enumerate(following):
            label = self._passed(self.elements[name], following[place + 1 :], acted)
            if label:
                yield PathStep(name, label)

    def meanwhile(self, step: Step, name: str, values: Values) -> PathStep:
        """What something that runs beside this changed."""
        field = self.domain.field(name)
        return PathStep(
            step.element_id, f"Intussen verandert ergens anders ‘{field.label if field else name}’: {self._answer(name, values)}"
        )

    def _act(self, element: Element, what: Happens, answers: dict[str, Values]) -> str:
        name = f"‘{element.name or element.id}’"
        if what is Happens.START:
            return f"Begin: {name}"
        if what is Happens.FIRE:
            return f"De dag of tijd komt: {name}"
        if what is Happens.SEND:
            return f"Het bericht komt: {name}"
        if element.called is not None:
            return f"De fase {name} is klaar"
        given = "; ".join(f"{self._question(one)} → {self._answer(one, values)}" for one, values in answers.items())
        return f"Taak {name}" + (f", met antwoord: {given}" if given else "")

    def _passed(self, element: Element, following: list[str], acted: Element) -> str:
        if element.kind is ElementKind.EXCLUSIVE and len(element.outgoing) > 1:
            return f"Keuze ‘{element.name or element.id}’{self._way(element, following)}"
        if element.kind in ENDS:
            return f"Einde: ‘{element.name or element.id}’"
        if element.kind in _STARTS:
            phase = self.procedure.processes[element.process_id]
            return "" if element.id == acted.id else f"De fase ‘{phase.name or phase.id}’ begint"
        if element.kind is ElementKind.PARALLEL:
            return f"{'Hier lopen wegen naast elkaar' if len(element.outgoing) > 1 else 'Hier komen wegen samen'}"
        if element.kind in CATCHES:
            return f"‘{element.name or element.id}’ is er al"
        return f"Vanzelf: ‘{element.name or element.id}’" if element.kind is ElementKind.SERVICE_TASK else ""

    def _way(self, gateway: Element, following: list[str]) -> str:
        """The words at the way that was taken, where what comes next shows which one it was."""
        flows = [self.procedure.processes[gateway.process_id].flows[flow] for flow in gateway.outgoing]
        reached = next((name for name in following if any(flow.target == name for flow in flows)), None)
        taken = [flow for flow in flows if flow.target == reached]
        return f": {taken[0].name}" if len(taken) == 1 and taken[0].name else ""

    def _question(self, name: str) -> str:
        field = self.domain.field(name)
        return field.label if field is not None else name

    def _answer(self, name: str, values: Values) -> str:
        field = self.domain.field(name)
        value = next(iter(values))
        options = {} if field is None else {option.value: option.label for option in field.options}
        if field is not None and field.type in (FactType.DATE, FactType.MOMENT) and value is not None:
            return "een dag die nog komt" if comes(value) else "een dag"
        return _plain(value, options)


def _plain(value: Value, options: dict[str, str]) -> str:
    if isinstance(value, str):
        return options.get(value, value)
    return str(value) if isinstance(value, int) else "niet ingevuld"
