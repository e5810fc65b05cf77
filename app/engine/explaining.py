"""Explains a diagram, whichever tool drew it: per part whether it runs here, what it still needs, or what to draw instead.

What is wrong is said by the same checks that a procedure must pass; here it is only put at its part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from app.domain.procedure import ElementKind, Finding, Severity
from app.engine.adopting import GROUPS, is_drawn
from app.engine.element_words import words_for
from app.engine.elements import kind_of, refusals, words
from app.engine.parse import main_of, read_roots
from app.engine.xml import BPMN, XmlRefused, read_xml

#: Children that belong to their part, or only say something about it.
_WITHIN: Final = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "laneSet", "auditing", "monitoring", "supports"}
)
_NESTING: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_BETWEEN: Final = ("participant", "messageFlow")
_NO_NODES: Final = frozenset({"process", "lane", "sequenceFlow", "textAnnotation", "association", "group", *_BETWEEN})
_BY_PEOPLE: Final = (ElementKind.USER_TASK, ElementKind.START, ElementKind.MESSAGE_START)
#: Warnings of what will not run as long as nobody does something.
_LOUD: Final = frozenset({"process_unused"})
MOST_PROCESSES: Final = 20


class Verdict(StrEnum):
    """What becomes of a part: it runs (or is only drawn), it needs something first, or we do not run it."""

    RUNS = "runs"
    NEEDS = "needs"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know or do: the code of its finding, and a Dutch sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a diagram, in the order of its file; `kind` is Dutch."""

    file: str
    id: str
    name: str
    kind: str
    verdict: Verdict
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All parts of one or more diagrams, and findings that stand at no part: of whole files, and of forms."""

    parts: tuple[Part, ...]
    rest: tuple[Finding, ...] = ()

    @property
    def runs(self) -> bool:
        """Whether everything runs as it is, so that nobody needs to do anything."""
        return all(part.verdict is Verdict.RUNS for part in self.parts) and not any(
            found.severity is Severity.ERROR for found in self.rest
        )


def explain(source: bytes, name: str = "diagram.bpmn") -> Explanation:
    """What becomes of a diagram that is looked at by itself, without forms. Never raises for what stands in the bytes."""
    try:
        root = read_xml(source)
    except XmlRefused as error:
        return Explanation((), (Finding(name, name, "", "xml", error.text),))
    main = main_of(root)
    if main is None:
        text = "In dit bestand staat geen proces dat kan lopen. Kies een diagram met een begin, stappen en een einde."
        return Explanation((), (Finding(name, name, "", "main_missing", text),))
    if len(root.findall(f"{BPMN}process")) > MOST_PROCESSES:
        text = f"Dit bestand heeft meer dan {MOST_PROCESSES} processen. Importeer ze per stuk."
        return Explanation((), (Finding(name, name, "", "processes_many", text),))
    return _put({name: root}, _found(root, name, main))


def explain_all(sources: Mapping[str, bytes], findings: Iterable[Finding]) -> Explanation:
    """The parts of a procedure's diagrams by file name, with what the catalogue found; that a file is unreadable is among it."""
    roots = {}
    for file, source in sources.items():
        try:
            roots[file] = read_xml(source)
        except XmlRefused:
            continue
    return _put(roots, tuple(findings))


def _put(roots: Mapping[str, etree._Element], findings: tuple[Finding, ...]) -> Explanation:
    at: dict[tuple[str, str], list[Finding]] = {}
    for found in findings:
        at.setdefault((found.file, found.element_id), []).append(found)
    parts: list[Part] = []
    for file, root in roots.items():
        strange = _strange_lanes(root, at, file)
        for node, inside in _drawn(root):
            parts.append(_part(file, node, at.get((file, node.get("id", "")), []), inside, strange))
    placed = {(part.file, part.id) for part in parts}
    return Explanation(tuple(parts), tuple(found for found in findings if (found.file, found.element_id) not in placed))


def _found(root: etree._Element, name: str, main: str) -> tuple[Finding, ...]:
    """The findings of the main process with what it calls, and of every other process as if it were a main one."""
    first = read_roots(main, {name: root}, {})
    findings = dict.fromkeys(first.findings)
    for process in dict.fromkeys(found.element_id for found in first.findings if found.code == "process_unused"):
        reading = read_roots(process, {name: root}, {})
        findings |= dict.fromkeys(one for one in reading.findings if one.code != "process_unused")
    if is_drawn(root):
        return tuple(findings)
    text = "Dit bestand heeft geen tekening, alleen stappen en pijlen. Bij het importeren zetten we ze op een rij."
    undrawn = Finding(name, name, "", "no_drawing", text, Severity.WARNING)
    return (undrawn, *(found for found in findings if found.code != "no_drawing"))


def _drawn(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every part, with the name of the sub-process that it lies in, if any."""
    for collaboration in root.iterfind(f"{BPMN}collaboration"):
        for tag in _BETWEEN:
            yield from ((node, "") for node in collaboration.iterfind(f"{BPMN}{tag}"))
    for process in root.iterfind(f"{BPMN}process"):
        yield process, ""
        yield from ((lane, "") for lane in process.iterfind(f"{BPMN}laneSet//{BPMN}lane"))
        yield from _inside(process, "")


def _inside(container: etree._Element, inside: str) -> Iterator[tuple[etree._Element, str]]:
    for node in container.iterchildren(f"{BPMN}*"):
        tag = etree.QName(node).localname
        if tag in _WITHIN or tag.endswith("LoopCharacteristics"):
            continue
        yield node, inside
        if tag in _NESTING:
            yield from _inside(node, words(node.get("name")) or node.get("id", ""))


def _part(file: str, node: etree._Element, found: list[Finding], inside: str, strange: Mapping[str, str]) -> Part:
    part_id = node.get("id", "")
    refused = _refused(node)
    idle = any(one.code == "message_flow" for one in found)
    found = [one for one in found if not _mended(node, one.code)]
    notes = [Note(one.code, one.text) for one in found]
    extra = [*_about_lane(node, strange), *_about_place(inside)]
    needs = any(one.severity is Severity.ERROR or one.code in _LOUD for one in found)
    verdict = Verdict.NOT_RUN if refused or idle else Verdict.NEEDS if needs or extra else Verdict.RUNS
    if refused and kind_of(node) is None:
        # What must be drawn differently needs no lane and no label first.
        notes, extra = refused, []
    notes = [*refused, *notes, *extra]
    return Part(file, part_id, words(node.get("name")), words_for(node), verdict, tuple(dict.fromkeys(notes)))


def _mended(node: etree._Element, code: str) -> bool:
    """Whether importing sees to this (app/engine/adopting.py), so that nobody needs to."""
    return code == "id_form" or (code == "candidate_group" and node.get(GROUPS) is None)


def _refused(node: etree._Element) -> list[Note]:
    nothing = etree.QName(node).localname in _NO_NODES
    return [] if nothing else [Note(code, text) for code, text in refusals(node)]


def _strange_lanes(root: etree._Element, at: Mapping[tuple[str, str], list[Finding]], file: str) -> dict[str, str]:
    """What lies in a lane that is none of our roles: the name of that lane by id."""
    return {
        (reference.text or "").strip(): words(lane.get("name")) or "zonder naam"
        for lane in root.iterfind(f"{BPMN}process/{BPMN}laneSet//{BPMN}lane")
        if any(found.code == "unknown_lane" for found in at.get((file, lane.get("id", "")), []))
        for reference in lane.iterfind(f"{BPMN}flowNodeRef")
    }


def _about_lane(node: etree._Element, strange: Mapping[str, str]) -> Iterator[Note]:
    lane = strange.get(node.get("id", ""))
    if lane is not None and kind_of(node) in _BY_PEOPLE:
        yield Note("unknown_lane", f"Wie dit doet is niet bekend: de baan {lane} is geen rol. Geef de baan de naam van een rol.")


def _about_place(inside: str) -> Iterator[Note]:
    if inside:
        yield Note("in_subprocess", f"Dit ligt in {inside}. Zet het in het bestand van die fase, en roep de fase aan.")
