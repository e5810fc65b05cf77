"""What facts can be while a procedure is driven: the few values that make a difference to what the diagram does."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Final

from app.domain.expressions import Comparison, parse
from app.domain.facts import FactType, FactValue
from app.domain.forms import Field, When
from app.domain.procedure import Element, ElementKind, Procedure

#: The moment at which everything happens; no date of a drive means more than "before" or "after" it.
NOW: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_BEFORE: Final = (-1, -2)
_AFTER: Final = (30, 31)


class Mark(Enum):
    """UNSET: nobody was asked yet. SAME: in a phase, whatever it was when the phase began."""

    UNSET = "unset"
    SAME = "same"


Value = FactValue | Mark | None
Values = frozenset[Value]
#: What each fact may be; together they may be any combination.
Known = Mapping[str, Values]

UNSET: Final[Values] = frozenset({Mark.UNSET})
SAME: Final[Values] = frozenset({Mark.SAME})
EMPTY: Final[Values] = frozenset({None})


class Domain:
    """The values of each fact of a procedure that conditions and timers tell apart."""

    def __init__(self, procedure: Procedure) -> None:
        self._fields: dict[str, Field] = {}
        for form in procedure.forms.values():
            self._fields.update({one.key: one for one in form.fields if not one.sealed})
        self._read: dict[str, list[Comparison]] = {}
        for text in _conditions(procedure):
            for one in parse(text).comparisons():
                for name in (one.name, one.other):
                    self._read.setdefault(name or "", []).append(one)
        self._timed = {name for element in _elements(procedure) if (name := element.timer_fact) is not None}

    def of(self, field: Field) -> Values:
        """What can be answered to a question."""
        read = self._read.get(field.key, [])
        ordered = any(one.other is not None for one in read)
        match field.type:
            case FactType.ENUM:
                return _choices(field, read, ordered=ordered)
            case FactType.NUMBER:
                return _numbers(field, read, ordered=ordered)
            case _:
                return _days(field, ordered=ordered, timed=field.key in self._timed)

    def whole(self, name: str) -> Values:
        """What a fact can be that comes from elsewhere, also nothing: what it is compared with, where no form of ours asks it."""
        if name in self._fields:
            return self.of(self._fields[name]) | EMPTY
        return frozenset(one.literal for one in self._read.get(name, [])) | EMPTY

    def field(self, name: str) -> Field | None:
        """A question that asks for a fact, None when there is none."""
        return self._fields.get(name)


def given_back(out: Iterable[tuple[str, Values]], known: Known) -> dict[str, Values]:
    """What a phase changed, by what is handed back at its end and was known when it began; what stayed the same is left out."""
    changed = ((name, values) for name, values in out if values != SAME)
    return {name: (values - SAME) | known.get(name, UNSET) if values >= SAME else values for name, values in changed}


def fired(value: Value) -> Value:
    """A day or moment that has come."""
    day = NOW + timedelta(days=_BEFORE[0])
    return day if isinstance(value, datetime) else day.date()


def comes(value: Value) -> bool:
    """Whether it is a day or moment that lies ahead."""
    if isinstance(value, datetime):
        return value > NOW
    return isinstance(value, date) and value > NOW.date()


def order(value: Value) -> tuple[str, str]:
    """A fixed order of values, also of different types."""
    return type(value).__name__, str(value)


def _conditions(procedure: Procedure) -> Iterator[str]:
    for process in procedure.processes.values():
        yield from (flow.condition for flow in process.flows.values() if flow.condition is not None)
    for form in procedure.forms.values():
        for one in form.fields:
            yield from (text for text in (one.shown_when, one.required_when) if text is not None)


def _elements(procedure: Procedure) -> Iterator[Element]:
    kinds = (ElementKind.TIMER_CATCH, ElementKind.TIMER_BOUNDARY)
    return (e for process in procedure.processes.values() for e in process.elements.values() if e.kind in kinds)


def _choices(field: Field, read: list[Comparison], *, ordered: bool) -> Values:
    codes = [option.value for option in field.options]
    if ordered:
        return frozenset(codes)
    told = {one.literal for one in read}
    others = [code for code in codes if code not in told]
    return frozenset([code for code in codes if code in told] + others[:1])


def _numbers(field: Field, read: list[Comparison], *, ordered: bool) -> Values:
    borders = {n + by for one in read if isinstance(n := one.literal, int) for by in (-1, 0, 1)} | (
        {0, 1, 2} if ordered else set()
    )
    low, high = field.minimum, field.maximum
    inside = {n for n in borders if (low is None or n >= low) and (high is None or n <= high)}
    return frozenset(inside or {low or 0})


def _days(field: Field, *, ordered: bool, timed: bool) -> Values:
    ways = {When.PAST: (_BEFORE,), When.FUTURE: (_AFTER,), When.ANY: (_BEFORE, _AFTER)}[field.when]
    days = [day for way in ways for day in way[: 2 if ordered else 1]]
    moments = [NOW + timedelta(days=day) for day in (days if timed or ordered else days[-1:])]
    return frozenset(one if field.type is FactType.MOMENT else one.date() for one in moments)
