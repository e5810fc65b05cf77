"""A fact is the set of values that it may have, which is split when something reads it: what nobody reads costs nothing."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from app.domain.facts import FactValue
from app.engine.driving.values import UNSET, Known, Mark, Value, Values, order

_Answer = TypeVar("_Answer")


class Reader(Mapping[str, FactValue]):
    """Facts as the engine and conditions read them; remembers in order what was read, and what was taken for it."""

    def __init__(self, known: Known, taken: Mapping[str, Value]) -> None:
        self._known = known
        self.taken: dict[str, Value] = dict(taken)
        self.read: list[str] = []

    def __getitem__(self, name: str) -> FactValue:
        if name not in self.taken:
            self.taken[name] = min(self._known.get(name, UNSET), key=order)
        if name not in self.read:
            self.read.append(name)
        value = self.taken[name]
        if value is Mark.SAME:
            raise AssertionError(f"{name} is read, but was not given to the phase")
        if value is None or isinstance(value, Mark):
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def split(known: Known, ask: Callable[[Reader], _Answer]) -> Iterator[tuple[dict[str, Values], _Answer]]:
    """Every answer to a question about facts, each with what is known of the facts where that is the answer."""
    waiting: list[dict[str, Value]] = [{}]
    while waiting:
        taken = waiting.pop()
        reader = Reader(known, taken)
        answer = ask(reader)
        for place, name in enumerate(reader.read):
            if name not in taken:
                before = {one: reader.taken[one] for one in reader.read[:place]} | taken
                others = known.get(name, UNSET) - {reader.taken[name]}
                waiting += [{**before, name: value} for value in sorted(others, key=order)]
        yield {**known, **{name: frozenset({reader.taken[name]}) for name in reader.read}}, answer
