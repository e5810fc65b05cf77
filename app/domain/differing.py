"""What is different between two drawings of a procedure: elements, terms, questions, and who can read what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, TypeVar

from app.domain import policy
from app.domain.facts import FactRecord
from app.domain.forms import Field, Form
from app.domain.procedure import Element, ElementKind, Flow, Process, TermRule
from app.domain.roles import READERS, FileKind, Role

_Thing = TypeVar("_Thing")
_SOME_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
#: Properties of a step that say its term, which is told apart.
_OF_TERM: Final = "deadline"
#: Properties of the main process by which boards and heads see whether it is kept; told apart too.
_WATCHING: Final = ("watchBoard", "watchLeader")
_NOT_TOLD: Final = frozenset({"id", "process_id", "incoming", "outgoing", "properties", "term"})


class Mark(StrEnum):
    """What happened to something between two drawings. Moved: it lies elsewhere on the sheet, and means the same."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A procedure as far as it is drawn, sound or not. `places`: left, top, width and height of each shape, by its element."""

    processes: Mapping[str, Process]
    forms: Mapping[str, Form]
    places: Mapping[str, tuple[float, ...]]

    def lanes(self) -> frozenset[Role]:
        """The lanes in which something lies."""
        return frozenset(e.lane for p in self.processes.values() for e in p.elements.values() if e.lane is not None)

    def elements(self) -> dict[str, Element]:
        """All elements by id."""
        return {one.id: one for process in self.processes.values() for one in process.elements.values()}

    def tasks(self) -> Iterator[tuple[Element, Form]]:
        """The tasks that have a form, with it."""
        for element in self.elements().values():
            if element.form_id is not None and element.form_id in self.forms:
                yield element, self.forms[element.form_id]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that was so and is now so; `what` is the name of the attribute or property."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """An element, a flow (kind None) or a whole process (kind None, with its own id) that is new, gone, other or elsewhere."""

    mark: Mark
    process_id: str
    element_id: str
    name: str
    kind: ElementKind | None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class TermChange:
    """The term of a step, before and after; None where it has none."""

    process_id: str
    element_id: str
    name: str
    before: TermRule | None
    after: TermRule | None


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question of a step's form that is new, gone or asked otherwise."""

    mark: Mark
    process_id: str
    element_id: str
    name: str
    key: str
    label: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderChange:
    """Who can read the answer to a question now and could not, and the other way round."""

    process_id: str
    element_id: str
    name: str
    key: str
    label: str
    gained: tuple[Role, ...]
    lost: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that is different. `watching`: conditions under which boards and heads see whether it is kept."""

    parts: tuple[PartChange, ...]
    terms: tuple[TermChange, ...]
    questions: tuple[QuestionChange, ...]
    readers: tuple[ReaderChange, ...]
    watching: tuple[Detail, ...]

    def marked(self, mark: Mark) -> Iterator[tuple[str, str]]:
        """What is marked so on the drawing: the level and the element. Another term, question or reader is another step."""
        yield from ((part.process_id, part.element_id) for part in self.parts if part.mark is mark)
        if mark is Mark.CHANGED:
            fresh = {part.element_id for part in self.parts if part.mark in (Mark.ADDED, Mark.REMOVED)}
            about: tuple[TermChange | QuestionChange | ReaderChange, ...] = (*self.terms, *self.questions, *self.readers)
            yield from dict.fromkeys((one.process_id, one.element_id) for one in about if one.element_id not in fresh)

    @property
    def none(self) -> bool:
        """Whether nothing is different that means something."""
        told = (part for part in self.parts if part.mark is not Mark.MOVED)
        return not (any(told) or self.terms or self.questions or self.readers or self.watching)


def differences(old: Sketch, new: Sketch) -> Differences:
    """What is different in the new drawing; things are the same when they have the same id."""
    return Differences(
        parts=(*_processes(old, new), *_elements(old, new), *_flows(old, new)),
        terms=tuple(_terms(old, new)),
        questions=tuple(_questions(old, new)),
        readers=tuple(_readers(old, new)),
        watching=tuple(_watching(old, new)),
    )


def _pairs(old: Mapping[str, _Thing], new: Mapping[str, _Thing]) -> Iterator[tuple[str, _Thing | None, _Thing | None]]:
    """What both have under a name, in the order of the new one; what is gone comes last."""
    for name in [*new, *(gone for gone in old if gone not in new)]:
        yield name, old.get(name), new.get(name)


def _processes(old: Sketch, new: Sketch) -> Iterator[PartChange]:
    for name, before, after in _pairs(old.processes, new.processes):
        told = after or before
        mark = _mark(before, after, details := _details(_of_process(before), _of_process(after)))
        if told is not None and mark is not None:
            yield PartChange(mark, name, name, told.name, None, details if mark is Mark.CHANGED else ())


def _elements(old: Sketch, new: Sketch) -> Iterator[PartChange]:
    for name, before, after in _pairs(old.elements(), new.elements()):
        told = after or before
        mark = _mark(before, after, details := _details(_of_element(before), _of_element(after)))
        if mark is None and old.places.get(name) != new.places.get(name):
            mark = Mark.MOVED
        if told is not None and mark is not None:
            yield PartChange(mark, told.process_id, name, told.name, told.kind, details if mark is Mark.CHANGED else ())


def _flows(old: Sketch, new: Sketch) -> Iterator[PartChange]:
    before_at, after_at = _placed(old), _placed(new)
    for name, before, after in _pairs(before_at, after_at):
        told = after or before
        if told is None:
            continue
        was, now = (None if one is None else _of_flow(one[1]) for one in (before, after))
        mark = _mark(was, now, details := _details(was or {}, now or {}))
        if mark is not None:
            process, flow = told
            shown = details if mark is Mark.CHANGED else ()
            yield PartChange(mark, process.id, name, _way(process, flow), None, shown)


def _placed(sketch: Sketch) -> dict[str, tuple[Process, Flow]]:
    return {flow.id: (process, flow) for process in sketch.processes.values() for flow in process.flows.values()}


def _way(process: Process, flow: Flow) -> str:
    """A flow in words: from where to where, and the answer that it stands for."""
    ends = (process.elements[end].name if end in process.elements else end for end in (flow.source, flow.target))
    way = " → ".join(ends)
    return f"{way} ({flow.name})" if flow.name else way


def _mark(before: object | None, after: object | None, details: tuple[Detail, ...]) -> Mark | None:
    if before is None:
        return Mark.ADDED
    if after is None:
        return Mark.REMOVED
    return Mark.CHANGED if details else None


def _details(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Detail, ...]:
    names = [*after, *(name for name in before if name not in after)]
    told = (Detail(name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(detail for detail in told if detail.before != detail.after)


def _of_process(process: Process | None) -> dict[str, str]:
    if process is None:
        return {}
    own = {name: text for name, text in process.properties.items() if name not in _WATCHING}
    return {"name": process.name, "documentation": process.documentation, **own}


def _of_element(element: Element | None) -> dict[str, str]:
    if element is None:
        return {}
    plain = {one.name: _text(getattr(element, one.name)) for one in fields(element) if one.name not in _NOT_TOLD}
    return plain | {name: text for name, text in element.properties.items() if not name.startswith(_OF_TERM)}


def _of_flow(flow: Flow) -> dict[str, str]:
    return {one.name: _text(getattr(flow, one.name)) for one in fields(flow) if one.name != "id"}


def _text(value: object) -> str:
    if value is None:
        return ""
    return ("ja" if value else "nee") if isinstance(value, bool) else str(value)


def _terms(old: Sketch, new: Sketch) -> Iterator[TermChange]:
    for name, before, after in _pairs(old.elements(), new.elements()):
        was, now = (None if one is None else one.term for one in (before, after))
        told = after or before
        if told is not None and was != now:
            yield TermChange(told.process_id, name, told.name, was, now)


def _asked(sketch: Sketch) -> dict[str, tuple[Element, Field]]:
    return {f"{task.form_id} {field.key}": (task, field) for task, form in sketch.tasks() for field in form.fields}


def _questions(old: Sketch, new: Sketch) -> Iterator[QuestionChange]:
    for _, before, after in _pairs(_asked(old), _asked(new)):
        told = after or before
        if told is None:
            continue
        was, now = (None if one is None else _of_field(one[1]) for one in (before, after))
        mark = _mark(was, now, details := _details(was or {}, now or {}))
        if mark is not None:
            task, field = told
            shown = details if mark is Mark.CHANGED else ()
            yield QuestionChange(mark, task.process_id, task.id, task.name, field.key, field.label, shown)


def _of_field(field: Field) -> dict[str, str]:
    own = {one.name: _text(getattr(field, one.name)) for one in fields(field) if one.name not in ("key", "options")}
    return own | {"options": ", ".join(f"{option.label} ({option.value})" for option in field.options)}


def _readers(old: Sketch, new: Sketch) -> Iterator[ReaderChange]:
    was, now = _reading(old), _reading(new)
    for name, before, after in _pairs(_asked(old), _asked(new)):
        told = after or before
        gained, lost = (
            now.get(name, frozenset()) - was.get(name, frozenset()),
            was.get(name, frozenset()) - now.get(name, frozenset()),
        )
        if told is not None and (gained or lost):
            task, field = told
            yield ReaderChange(task.process_id, task.id, task.name, field.key, field.label, _in_order(gained), _in_order(lost))


def _in_order(roles: frozenset[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


def _reading(sketch: Sketch) -> dict[str, frozenset[Role]]:
    """The lanes whose handlers can read each answer, by policy; a text that is shared is read in the other file too."""
    shared: dict[str, frozenset[Role]] = {}
    for element in sketch.elements().values():
        if element.topic == "share" and element.properties.get("to") in set(FileKind):
            name = f"{element.properties.get('form')} {element.properties.get('field')}"
            shared[name] = shared.get(name, frozenset()) | {READERS[FileKind(element.properties["to"])]}
    lanes = sketch.lanes()
    return {
        name: readers_of(field, task.lane, lanes) | shared.get(name, frozenset())
        for name, (task, field) in _asked(sketch).items()
    }


def readers_of(field: Field, lane: Role | None, lanes: frozenset[Role]) -> frozenset[Role]:
    """The lanes whose handlers can read the answer to a question that is asked in a lane; `lanes` are all of the procedure."""
    if field.sealed:
        return frozenset() if field.file is None else frozenset({READERS[field.file]})
    record = FactRecord(None, _SOME_DAY, "", lane, field.audience)
    return frozenset(one for one in lanes if policy.may_read_fact([one], record))


def _watching(old: Sketch, new: Sketch) -> Iterator[Detail]:
    for _, before, after in _pairs(old.processes, new.processes):
        for what in _WATCHING:
            was, now = ("" if one is None else one.properties.get(what, "") for one in (before, after))
            if was != now:
                yield Detail(what, was, now)
