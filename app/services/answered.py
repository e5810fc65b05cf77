"""On which answers something happens, in the words of the form where it asks them, else in those of the drawing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Final

from app.domain.alternatives import Way, simplified
from app.domain.forms import Field
from app.domain.possible import Known, Names, Possible, condition
from app.domain.procedure import Element, Flow, Procedure

#: What is answered on one way: by key of a question or id of a gateway, the options or labels of which any leads on.
Asked = tuple[tuple[str, frozenset[str]], ...]
#: From this many answers on it is said which ones do not count, when those are few.
_MANY: Final = 5
_FEW: Final = 3
_BUT: Final = "alles behalve "
#: A way with its answers by name, of which any leads on.
_Wide = tuple[tuple[str, tuple[str, ...]], ...]


class Answered:
    """The answers of one step's form, as far as gateways behind it read nothing else that is open; else those of the drawing."""

    def __init__(self, procedure: Procedure, element: Element, known: Known, hidden: Names) -> None:
        self._procedure = procedure
        self._known = known
        self._possible = Possible(procedure, element, known, hidden)
        form = procedure.forms.get(element.form_id or "")
        self._fields = {one.key: one for one in form.fields if not one.sealed} if form else {}
        self._labels = [option.label for one in self._fields.values() for option in one.options]
        self._gates: dict[str, Element] = {}

    def asked(self, choices: Iterable[tuple[Element, str]]) -> Asked:
        """What is answered where these choices are made, without what any answer settles."""
        found: dict[str, frozenset[str]] = {}
        for gate, label in choices:
            field = self._possible.question(self._flows(gate))
            if field is None:
                self._gates[gate.id] = gate
                found[gate.id] = frozenset({label})
            else:
                taken = frozenset(one.value for one in field.options if self._label(gate, field, one.value) == label)
                found[field.key] = found.get(field.key, self.all_of(field.key)) & taken
        # The questions of the form come first, in their order.
        order = [key for key in (*self._fields, *self._gates) if key in found and found[key] != self.all_of(key)]
        return tuple((key, found[key]) for key in order if key in self._fields or not self._follows(key, found))

    def _follows(self, gate: str, found: Mapping[str, frozenset[str]]) -> bool:
        """Whether the answers leave no other way at a gateway."""
        ways = self._possible.behind(self._flows(self._gates[gate]), {})
        others = [given for flow, given in ways if flow.name not in found[gate]]
        fields = [key for key in found if key in self._fields]
        return all(any(key in given and not given[key] & found[key] for key in fields) for given in others)

    def asks(self, gate: Element) -> bool:
        """Whether a gateway reads nothing but the answers of this form, so that whoever gives them knows what it chooses."""
        texts = (flow.condition for flow in self._flows(gate) if flow.condition is not None)
        return all(condition(text).names() <= self._fields.keys() for text in texts)

    def all_of(self, key: str) -> frozenset[str]:
        """All that can be answered to a question, or at a gateway."""
        if key in self._fields:
            return frozenset(option.value for option in self._fields[key].options)
        return frozenset(flow.name for flow, _ in self._possible.behind(self._flows(self._gates[key]), {}))

    def fewest(self, ways: Sequence[Asked]) -> tuple[Asked, ...]:
        """The same alternatives, in as few as are still true; none when nothing need be answered."""
        atoms = {key: _parts(self.all_of(key), [dict(way).get(key) for way in ways]) for way in ways for key, _ in way}
        single: list[Way] = []
        for way in ways:
            single += product(*([(key, name) for name, part in atoms[key].items() if part <= values] for key, values in way))
        told = _merged(simplified(single, {key: frozenset(parts) for key, parts in atoms.items()}))
        wide = [tuple((key, frozenset[str]().union(*(atoms[key][one] for one in names))) for key, names in way) for way in told]
        return () if () in wide else tuple(wide)

    def words(self, way: Asked) -> str:
        """One alternative in words."""
        return "; ".join(self._options(key, values) for key, values in way)

    def _flows(self, gate: Element) -> list[Flow]:
        flows = self._procedure.processes[gate.process_id].flows
        return [flows[flow] for flow in gate.outgoing]

    def _label(self, gate: Element, field: Field, answer: str) -> str:
        flows, facts = self._flows(gate), {**self._known, field.key: answer}
        taken = (flow for flow in flows if flow.condition is not None and condition(flow.condition).evaluate(facts))
        return next(taken, next((flow for flow in flows if flow.default), flows[0])).name

    def _options(self, key: str, chosen: frozenset[str]) -> str:
        field = self._fields.get(key)
        if field is None:
            gate, told = self._gates[key], self.all_of(key) | chosen
            every = [(flow.name, flow.name) for flow in self._flows(gate) if flow.name in told]
            return f"{gate.name} {_told(every, chosen, many=2, few=1)}"
        every = [(option.value, option.label) for option in field.options]
        words = _told(every, chosen, many=_MANY, few=_FEW)
        # Several words that only this question is answered with need no question.
        labels = [label for value, label in every if value in chosen]
        clear = _BUT not in words and all(" " in label and self._labels.count(label) == 1 for label in labels)
        return words if clear else f"{field.label} {words}"


def _told(every: Sequence[tuple[str, str]], chosen: frozenset[str], *, many: int, few: int) -> str:
    """These of all answers in words; by the others, where many lead on and few do not."""
    labels = [label for value, label in every if value in chosen]
    others = [label for value, label in every if value not in chosen]
    return _BUT + _listed(others) if len(labels) >= many and 0 < len(others) <= few else _listed(labels)


def _parts(every: frozenset[str], sets: Iterable[frozenset[str] | None]) -> dict[str, frozenset[str]]:
    """All answers in groups that each set holds or leaves out as a whole, named after their first."""
    told = [one for one in sets if one is not None]
    groups: dict[tuple[bool, ...], set[str]] = {}
    for answer in every.union(*told):
        groups.setdefault(tuple(answer in one for one in told), set()).add(answer)
    return {min(group): frozenset(group) for group in groups.values()}


def _merged(ways: Iterable[Way]) -> list[_Wide]:
    """Ways that differ in the answer to one question alone, as one."""
    found: list[_Wide] = [tuple((key, (answer,)) for key, answer in way) for way in ways]
    for key in dict.fromkeys(key for way in found for key, _ in way):
        rest: dict[object, _Wide] = {}
        for way in found:
            place = tuple((other, answers if other != key else None) for other, answers in way)
            before = dict(rest.get(place, ())).get(key, ())
            rest[place] = tuple((other, before + answers if other == key else answers) for other, answers in way)
        found = list(rest.values())
    return found


def _listed(labels: Sequence[str]) -> str:
    return " of ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))
