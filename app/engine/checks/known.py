"""Which facts can and which must have been answered when an element is reached: a data flow over all levels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.forms import Form
from app.domain.procedure import Element, ElementKind
from app.engine.drawing import Drawing, Level

_ENDS: Final = (ElementKind.END, ElementKind.TERMINATE_END)
_Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """The facts that some path before an element sets, and those that every path leaves with a value."""

    can: _Names
    must: _Names

    def after(self, effect: "Known") -> "Known":
        """What is known after a step that can and must set these facts; what it only can set, it can also empty."""
        return Known(self.can | effect.can, (self.must - effect.can) | effect.must)


_NOTHING: Final = Known(frozenset(), frozenset())


@dataclass(slots=True)
class Flowing:
    """Walks a drawing whose calls do not loop; `before` then holds what is known when each element is reached."""

    drawing: Drawing
    before: dict[str, Known] = field(default_factory=dict)
    _entries: dict[str, list[Known]] = field(default_factory=dict)
    #: What each called process sets: asked at every call of it, and at every call of what calls it.
    _effects: dict[str, Known] = field(default_factory=dict)

    def walk(self) -> Mapping[str, Known]:
        """What is known at every element that is reached, by its id."""
        handed_back = frozenset(
            name for process_id in self.drawing.anytime() for name in self.drawing.levels[process_id].process.outputs
        )
        for process_id in (self.drawing.key, *self.drawing.anytime()):
            process = self.drawing.levels[process_id].process
            given = frozenset(process.inputs)
            self._entries.setdefault(process_id, []).append(Known(given | handed_back, given))
        for process_id in _callers_first(self.drawing):
            entries = self._entries.get(process_id, [])
            if entries:
                self.before.update(self._level(self.drawing.levels[process_id], _merged(entries), collect=True))
        return self.before

    def effect(self, process_id: str | None) -> Known:
        """What a called process can and must set, whichever way it ends."""
        level = self.drawing.levels.get(process_id or "")
        if level is None:
            return _NOTHING
        if level.process.id not in self._effects:
            self._effects[level.process.id] = self._effect(level)
        return self._effects[level.process.id]

    def _effect(self, level: Level) -> Known:
        known = self._level(level, _NOTHING, collect=False)
        ends = [known[end.id] for end in level.elements(*_ENDS) if end.id in known]
        can = frozenset().union(*(self._of(element).can for element in level.process.elements.values()))
        return Known(can, _merged(ends).must if ends else frozenset())

    def _level(self, level: Level, entry: Known, *, collect: bool) -> dict[str, Known]:
        known: dict[str, Known] = {}
        waiting = dict.fromkeys(level.nodes)
        while waiting:
            node_id = next(iter(waiting))
            del waiting[node_id]
            found = self._before(level, node_id, entry, known)
            if found is not None and known.get(node_id) != found:
                known[node_id] = found
                waiting.update(dict.fromkeys((*level.after(node_id), *level.edge(node_id))))
        if collect:
            for call in level.elements(ElementKind.CALL):
                if call.id in known and call.called in self.drawing.levels:
                    self._entries.setdefault(call.called or "", []).append(known[call.id])
        return known

    def _before(self, level: Level, node_id: str, entry: Known, known: Mapping[str, Known]) -> Known | None:
        # A node that we do not run is passed through: it has a finding of its own, and must not cause others.
        element = level.process.elements.get(node_id)
        if element is not None and element.kind in (ElementKind.START, ElementKind.MESSAGE_START):
            return entry
        if element is not None and element.attached_to is not None:
            return self._at_edge(level, element, known)
        sources = [source for source in level.before(node_id) if source in known]
        arriving = [known[source].after(self._of(level.process.elements.get(source))) for source in sources]
        if not arriving:
            return None
        if element is not None and element.kind is ElementKind.PARALLEL:
            return Known(frozenset().union(*(one.can for one in arriving)), frozenset().union(*(one.must for one in arriving)))
        return _merged(arriving)

    def _at_edge(self, level: Level, event: Element, known: Mapping[str, Known]) -> Known | None:
        host = level.process.elements.get(event.attached_to or "")
        if host is None or host.id not in known:
            return None
        # A phase that is left halfway may or may not have set its facts; a task that still waits has set none.
        inside = self._of(host).can if host.kind is ElementKind.CALL else frozenset()
        return known[host.id].after(Known(inside, frozenset()))

    def _of(self, element: Element | None) -> Known:
        if element is None:
            return _NOTHING
        if element.kind is ElementKind.CALL:
            return self.effect(element.called)
        form = self.drawing.forms.get(element.form_id or "")
        return _NOTHING if form is None else _answered(form)


def _answered(form: Form) -> Known:
    facts = [one for one in form.fields if not one.sealed]
    return Known(
        frozenset(one.key for one in facts), frozenset(one.key for one in facts if one.required and one.shown_when is None)
    )


def _merged(known: Iterable[Known]) -> Known:
    several = list(known)
    return Known(frozenset().union(*(one.can for one in several)), several[0].must.intersection(*(one.must for one in several)))


def _callers_first(drawing: Drawing) -> Iterator[str]:
    done: set[str] = set()
    waiting = list(drawing.levels)
    while waiting:
        ready = [name for name in waiting if all(level.process.id in done for level, _ in drawing.callers(name))]
        if not ready:
            return
        yield from ready
        done.update(ready)
        waiting = [name for name in waiting if name not in done]
