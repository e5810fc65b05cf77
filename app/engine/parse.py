"""Reads a whole procedure from its diagrams and forms, or says everything that is wrong with it at once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Final

from lxml import etree

from app.domain.differing import Sketch
from app.domain.forms import Form
from app.domain.procedure import ElementKind, Finding, Procedure, Severity
from app.domain.roles import FILES
from app.engine.checks import calls, facts, flow, foreign, keys, parts, services, tasks, terms
from app.engine.drawing import Drawing, Level
from app.engine.levels import read_level, shapes
from app.engine.xml import BPMN, XmlRefused, parts_of, read_xml

_CHECKS: Final[tuple[Callable[[Drawing], Iterable[Finding]], ...]] = (
    parts.check,
    flow.check,
    calls.check,
    tasks.check,
    terms.check,
    services.check,
    keys.check,
    foreign.check,
)
#: Of one procedure, in all its diagrams; our largest has about eight hundred.
MOST_PARTS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The procedure, None when it has errors, and all findings in the order of files and drawing."""

    procedure: Procedure | None
    findings: tuple[Finding, ...]


def read_procedure(key: str, sources: Mapping[str, bytes], forms: Mapping[str, Form]) -> Reading:
    """The procedure whose main process has the id `key`, with all that it calls and all that may run beside it.

    `sources` are diagrams by file name, of this procedure and perhaps of others; `forms` are its forms by id. Sealed fields
    that name no file get the first file of their task's lane.
    """
    roots, refused = _roots(sources)
    reading = read_roots(key, roots, forms)
    procedure = reading.procedure
    if procedure is not None:
        used = {process.file for process in procedure.processes.values()}
        procedure = None if refused else replace(procedure, sources={file: sources[file] for file in sorted(used)})
    return Reading(procedure, (*refused, *reading.findings))


def read_roots(key: str, roots: Mapping[str, etree._Element], forms: Mapping[str, Form]) -> Reading:
    """The same for diagrams that were read already; the procedure then has no `sources`."""
    findings: list[Finding] = []
    levels = _levels(key, roots, findings)
    if key not in levels:
        text = f"Geen diagram heeft een proces met de id {key}. Geef het hoofdproces de id van de procedure."
        findings.append(Finding(f"{key}.bpmn", key, "", "main_missing", text))
        return Reading(None, tuple(findings))
    used = {level.file: roots[level.file] for level in levels.values()}
    drawing = Drawing(key=key, levels=levels, files=used, forms=_with_files(levels, forms))
    findings += _all(drawing)
    if any(found.severity is Severity.ERROR for found in findings):
        return Reading(None, tuple(findings))
    return Reading(_procedure(drawing), tuple(findings))


def main_of(root: etree._Element) -> str | None:
    """The process of a file that looks most like a procedure: of those that no other calls, the one with the most parts."""
    processes = [(name, node) for name, node in called_processes(root) if len(node)]
    called = {node.get("calledElement") for node in root.iter(f"{BPMN}callActivity")}
    first = [one for one in processes if one[0] not in called] or processes
    return max(first, key=lambda one: len(one[1]))[0] if first else None


def sketch(key: str, sources: Mapping[str, bytes], forms: Mapping[str, Form]) -> Sketch:
    """A procedure as far as it is drawn: of what cannot be read there is nothing, and nothing is said of it here."""
    roots, findings = _roots(sources)
    levels = _levels(key, roots, findings)
    places = {name: place for file in {level.file for level in levels.values()} for name, place in shapes(roots[file]).items()}
    return Sketch({name: level.process for name, level in levels.items()}, _with_files(levels, forms), places)


def called_processes(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The processes of a file, by id."""
    return ((node.get("id", ""), node) for node in root.iterfind(f"{BPMN}process"))


def _roots(sources: Mapping[str, bytes]) -> tuple[dict[str, etree._Element], list[Finding]]:
    roots, findings = {}, []
    room = MOST_PARTS
    for file, source in sorted(sources.items()):
        try:
            root = read_xml(source)
        except XmlRefused as error:
            findings.append(Finding(file, file, "", "xml", error.text))
            continue
        room -= parts_of(root)
        if room < 0:
            text = f"Alle diagrammen samen hebben meer dan {MOST_PARTS} onderdelen. Maak er meer procedures van."
            return {}, [Finding(file, file, "", "procedure_long", text)]
        roots[file] = root
    return roots, findings


def _levels(key: str, roots: Mapping[str, etree._Element], findings: list[Finding]) -> dict[str, Level]:
    """The levels that are reached from the main process by calls and `anytime`."""
    found: dict[str, tuple[str, etree._Element]] = {}
    for file, root in roots.items():
        for process_id, node in called_processes(root):
            if process_id in found:
                text = f"Het proces {process_id} staat ook in {found[process_id][0]}. Geef elk proces een eigen id."
                findings.append(Finding(file, process_id, node.get("name", ""), "duplicate_id", text))
            found.setdefault(process_id, (file, node))
    levels: dict[str, Level] = {}
    waiting = [key]
    while waiting:
        process_id = waiting.pop(0)
        if process_id in found and process_id not in levels:
            level = levels[process_id] = read_level(*found[process_id])
            waiting += [call.called for call in level.elements(ElementKind.CALL) if call.called is not None]
            waiting += level.process.anytime
    return levels


def _with_files(levels: Mapping[str, Level], forms: Mapping[str, Form]) -> dict[str, Form]:
    used = {}
    for level in levels.values():
        for task in level.elements(ElementKind.USER_TASK):
            form = forms.get(task.form_id or "")
            allowed = FILES.get(task.lane, ()) if task.lane is not None else ()
            if form is not None:
                lane_file = allowed[0] if allowed else None
                fields = tuple(replace(one, file=one.file or lane_file) if one.sealed else one for one in form.fields)
                used[form.id] = Form(form.id, fields)
    return used


def _all(drawing: Drawing) -> list[Finding]:
    findings = [found for check in _CHECKS for found in check(drawing)]
    # What can be known where is only defined while no phase calls itself, and only walked while they are not too deep.
    if not any(found.code in ("call_loop", "call_deep") for found in findings):
        findings += facts.check(drawing)
    order = {file: place for place, file in enumerate(drawing.files)}
    return sorted(dict.fromkeys(findings), key=lambda found: order.get(found.file, -1))


def _procedure(drawing: Drawing) -> Procedure:
    digest = sha256()
    for file, root in sorted(drawing.files.items()):
        digest.update(file.encode() + b"\0" + etree.tostring(root, method="c14n") + b"\0")
    for form_id, form in sorted(drawing.forms.items()):
        digest.update(json.dumps([form_id, asdict(form)], sort_keys=True).encode() + b"\0")
    return Procedure(
        key=drawing.key,
        main=drawing.key,
        processes={name: level.process for name, level in drawing.levels.items()},
        forms=drawing.forms,
        sha256=digest.hexdigest(),
    )
