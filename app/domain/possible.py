"""What facts may still be on one way through a drawing: a set of values for each, narrowed by every choice that is passed."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final

from app.domain.expressions import parse
from app.domain.facts import FactType, FactValue
from app.domain.form_rules import visible_fields
from app.domain.forms import Field
from app.domain.procedure import Element, Flow, Procedure

Known = Mapping[str, FactValue]
Names = frozenset[str]
Value = FactValue | None
#: What is known of facts beyond what a `Possible` began with: fewer values than there were.
Given = Mapping[str, frozenset[Value]]
Sets = tuple[frozenset[Value], ...]

#: Any value that no condition names.
_OTHER: Final = "…"
_EMPTY: Final[frozenset[Value]] = frozenset({None})
#: More combinations than this are not looked at: then a choice stays open.
_MOST: Final = 3000

condition = lru_cache(maxsize=4096)(parse)


class Possible:
    """The facts behind a step: those that its form asks may be any answer, those that the reader may not know anything.

    `facts` None: nothing is known.
    """

    def __init__(self, procedure: Procedure, element: Element, facts: Known | None, hidden: Names) -> None:
        self._procedure = procedure
        self._facts = facts
        self._fields = {one.key: one for form in procedure.forms.values() for one in form.fields if not one.sealed}
        form = procedure.forms.get(element.form_id or "")
        self._own = {one.key: one for one in form.fields if not one.sealed} if form else {}
        self._fields.update(self._own)
        self._doubtful = {k for k, f in self._own.items() if f.shown_when and condition(f.shown_when).names() & hidden}
        shown = visible_fields(form, facts or {}, None) if form and facts is not None else self._own.values()
        self._asked = {one.key for one in shown if not one.sealed} | self._doubtful
        self._hidden = hidden
        self._whole: dict[str, frozenset[Value]] = {}
        self._literals: dict[str, set[Value]] | None = None

    def asked(self) -> Names:
        """The facts that the step's own form asks, or may ask."""
        return frozenset(self._asked)

    def known(self) -> Known | None:
        """The facts as they are when the step is done: a question that is not asked empties its fact."""
        if self._facts is None:
            return None
        return {name: value for name, value in self._facts.items() if name not in self._own or name in self._asked}

    def question(self, flows: Iterable[Flow]) -> Field | None:
        """The question of the form that decides a choice, all else being known: one that is always asked and answered."""
        names = {name for flow in flows if flow.condition is not None for name in condition(flow.condition).names()}
        open_names = names if self._facts is None else names & (self._hidden | self._own.keys())
        field = self._own.get(open_names.pop()) if len(open_names) == 1 else None
        always = field is not None and field.type is FactType.ENUM and field.required and field.shown_when is None
        return field if always else None

    def behind(self, flows: list[Flow], given: Given) -> list[tuple[Flow, Given]]:
        """The flows of an exclusive gateway that may be taken, in their order, each with what is known where it is."""
        found = []
        for place, flow in enumerate(flows):
            # The first that holds is taken, and what is taken otherwise may be drawn anywhere.
            before = flows if flow.default else flows[:place]
            others = tuple(one.condition for one in before if one.condition is not None)
            own = () if flow.condition is None else (flow.condition,)
            learned = self._where(own, others, given)
            if learned is not None:
                found.append((flow, learned))
        return found

    def _where(self, own: tuple[str, ...], others: tuple[str, ...], given: Given) -> Given | None:
        """What is known where the one condition holds and none of the others; None where that cannot be."""
        names, between = _read(own + others)
        sets = tuple(self._values(name, given) for name in names)
        if between and any(len(values) > 1 for values in sets):
            # Two days are compared: that is known when both are, and open otherwise.
            return given
        learned = _narrowed(own, others, names, sets)
        return None if learned is None else self._consistent({**given, **learned}, set(names))

    def _consistent(self, given: Given, changed: set[str]) -> Given | None:
        """The same, after what the form says of its own questions: asked is answered, and not asked is empty."""
        learned: Given | None = given
        for key in self._asked - self._doubtful:
            shown = self._own[key].shown_when
            if shown is None or learned is None:
                continue
            names = (*_read((shown,))[0], key)
            if changed & set(names):
                sets = tuple(self._values(name, learned) for name in names)
                kept = _answered(shown, self._own[key].required, names, sets)
                learned = None if kept is None else {**learned, **kept}
        return learned

    def _values(self, name: str, given: Given) -> frozenset[Value]:
        if name in given:
            return given[name]
        if name not in self._whole:
            self._whole[name] = self._first(name)
        return self._whole[name]

    def _first(self, name: str) -> frozenset[Value]:
        """What a fact may be at the beginning of the way."""
        if name in self._hidden or self._facts is None or name in self._doubtful:
            return self._domain(name) | _EMPTY
        if name in self._own:
            if name not in self._asked:
                return _EMPTY
            field = self._own[name]
            return self._domain(name) | (frozenset() if field.required and field.shown_when is None else _EMPTY)
        return frozenset({self._facts.get(name)})

    def _domain(self, name: str) -> frozenset[Value]:
        """The values of a fact that conditions tell apart."""
        field = self._fields.get(name)
        if field is not None and field.type is FactType.ENUM:
            return frozenset(option.value for option in field.options)
        if self._literals is None:
            self._literals = _literals(self._procedure)
        told = self._literals.get(name, set())
        numbers: set[Value] = {n + by for n in told if isinstance(n, int) for by in (-1, 0, 1)}
        return frozenset(numbers or (told - {None}) | {_OTHER})


@lru_cache(maxsize=4096)
def _read(conditions: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The facts that conditions read, and whether they compare one with another."""
    parsed = [condition(one) for one in conditions]
    between = any(one.other is not None for expression in parsed for one in expression.comparisons())
    return tuple(sorted({name for one in parsed for name in one.names()})), between


@lru_cache(maxsize=16384)
def _narrowed(own: tuple[str, ...], others: tuple[str, ...], names: tuple[str, ...], sets: Sets) -> Given | None:
    yes, no = [condition(one) for one in own], [condition(one) for one in others]

    def holds(facts: Mapping[str, Value]) -> bool:
        return all(one.evaluate(facts) for one in yes) and not any(one.evaluate(facts) for one in no)

    return _kept(names, sets, holds)


@lru_cache(maxsize=16384)
def _answered(shown: str, required: bool, names: tuple[str, ...], sets: Sets) -> Given | None:
    asked = condition(shown)

    def holds(facts: Mapping[str, Value]) -> bool:
        answer = facts[names[-1]]
        return not (required and answer is None) if asked.evaluate(facts) else answer is None

    return _kept(names, sets, holds)


def _kept(names: tuple[str, ...], sets: Sets, holds: Callable[[Mapping[str, Value]], bool]) -> Given | None:
    """Of each fact the values with which it can hold; None when it cannot. Far too many combinations say nothing."""
    if prod(len(values) for values in sets) > _MOST:
        return {}
    kept = [values for values in product(*sets) if holds(dict(zip(names, values, strict=True)))]
    if not kept:
        return None
    return {name: frozenset(values) for name, values in zip(names, zip(*kept, strict=True), strict=True)} if names else {}


def _literals(procedure: Procedure) -> dict[str, set[Value]]:
    """What each fact is compared with, anywhere in the procedure."""
    found: dict[str, set[Value]] = {}
    flows = (flow for process in procedure.processes.values() for flow in process.flows.values())
    for flow in flows:
        for one in condition(flow.condition).comparisons() if flow.condition is not None else ():
            found.setdefault(one.name, set()).add(one.literal)
    return found
