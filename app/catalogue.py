"""Reads the folders `processes/` and `forms/` as procedures, and refuses what is not whole.

A procedure is `processes/<key>.bpmn` with its phases in `processes/<key>/*.bpmn` and its forms in `forms/<key>/<task>.form`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from app.domain.dialect import label
from app.domain.differing import Sketch
from app.domain.expressions import FactKind
from app.domain.form_file import fact_kind, read_form
from app.domain.forms import Form
from app.domain.procedure import AWAITED, STEP_DONE, Element, Finding, Procedure, Severity
from app.engine import parse

_FORMS = "forms/"


class CatalogueError(Exception):
    """Some procedure is not whole; `findings` says what and where, in Dutch."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(f"{f.file}: {f.element_id} ({f.element_name}): {f.text}" for f in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All procedures by key, whole and ready to publish."""

    procedures: Mapping[str, Procedure]


def load(processes: Path, forms: Path) -> Catalogue:
    """All procedures of these folders. Raises CatalogueError with every finding of every procedure, not only the first."""
    procedures, found = _whole(processes, forms)
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    if errors:
        raise CatalogueError(errors)
    return Catalogue(procedures)


def findings(processes: Path, forms: Path) -> tuple[Finding, ...]:
    """Everything that is to be said of the procedures of these folders: errors and warnings, in the order of their files."""
    return tuple(_whole(processes, forms)[1])


def thaw(key: str, files: Mapping[str, bytes]) -> Procedure:
    """A procedure from the files that it was frozen as. Raises CatalogueError when they are not whole."""
    procedure, found = _read(key, files)
    if procedure is None:
        raise CatalogueError(tuple(found))
    return procedure


def examine(
    key: str, files: Mapping[str, bytes], others: Mapping[str, Procedure]
) -> tuple[Procedure | None, tuple[Finding, ...]]:
    """A procedure that is being drawn, None when it has errors, and all that is to be said of it among the others.

    What it would break elsewhere is said too.
    """
    procedure, found = _read(key, files)
    if procedure is None:
        return None, tuple(found)
    found += _left_over(procedure, files)
    # It comes last, so that what two procedures say differently is said of the one that is being drawn.
    together = {name: other for name, other in others.items() if name != key} | {key: procedure}
    about_all = (*_told(together), *_one_meaning(together))
    found += [one for one in about_all if one.file in files or one.severity is Severity.ERROR]
    return (None if any(one.severity is Severity.ERROR for one in found) else procedure), tuple(found)


def read_forms(files: Mapping[str, bytes]) -> Mapping[str, Form]:
    """The forms among these files by id, without those that cannot be read."""
    return _forms({name: source for name, source in files.items() if name.startswith(_FORMS)})[0]


def sketch(key: str, files: Mapping[str, bytes]) -> Sketch:
    """A procedure as far as its files draw it, sound or not: what is compared with another version."""
    asked, _ = _forms({name: source for name, source in files.items() if name.startswith(_FORMS)})
    return parse.sketch(key, {name: source for name, source in files.items() if not name.startswith(_FORMS)}, asked)


def _whole(processes: Path, forms: Path) -> tuple[dict[str, Procedure], list[Finding]]:
    procedures: dict[str, Procedure] = {}
    found: list[Finding] = []
    for key, files in _procedures(processes, forms).items():
        procedure, said = _read(key, files)
        found += said
        if procedure is not None:
            procedures[key] = procedure
            found += _left_over(procedure, files)
    return procedures, [*found, *_told(procedures), *_one_meaning(procedures)]


def _procedures(processes: Path, forms: Path) -> dict[str, dict[str, bytes]]:
    """The files of each procedure by name: diagrams as they lie in `processes/`, forms under `forms/`."""
    found = {}
    for main in sorted(processes.glob("*.bpmn")):
        diagrams = [main, *sorted((processes / main.stem).glob("*.bpmn"))]
        files = {path.relative_to(processes).as_posix(): path.read_bytes() for path in diagrams}
        files |= {f"{_FORMS}{path.name}": path.read_bytes() for path in sorted((forms / main.stem).glob("*.form"))}
        found[main.stem] = files
    return found


def _left_over(procedure: Procedure, files: Mapping[str, bytes]) -> list[Finding]:
    """Files that nobody uses: they look like part of the procedure, but nobody will see them run."""
    used = {*procedure.sources, *(f"{_FORMS}{form_id}.form" for form_id in procedure.forms)}
    text = "Dit bestand gebruikt niemand. Roep het proces aan of kies het formulier bij een taak, of haal het weg."
    return [Finding(name, name, "", "unused_file", text) for name in files if name not in used]


def _told(procedures: Mapping[str, Procedure]) -> Iterator[Finding]:
    """Service tasks that start or tell what does not exist, and catches that wait for what nobody starts."""
    starts = {key: {start.id for start in procedure.starts()} for key, procedure in procedures.items()}
    messages = {
        key: {one.message for one in _elements(procedure) if one.kind in AWAITED} for key, procedure in procedures.items()
    }
    for procedure in procedures.values():
        starting = False
        for element in _elements(procedure):
            starting |= element.topic == "start_procedure" and "own_case" not in element.properties
            key, start, message = (element.properties.get(name, "") for name in ("procedure", "start", "message"))
            if element.topic == "start_procedure" and start not in starts.get(key, ()):
                text = f"De procedure {key} met het begin {start} bestaat niet. Kies een procedure en een begin die er zijn."
                yield _about(procedure, element, "start_unknown", text)
            if element.topic == "send_message" and message not in messages.get(key, ()):
                text = (
                    f"In de procedure {key} wacht niets op het bericht {message}. Kies een procedure en een bericht die er zijn."
                )
                yield _about(procedure, element, "message_nowhere", text)
            yield from _given_along(procedure, element, procedures.get(key))
        for element in _elements(procedure):
            if element.message == STEP_DONE and not starting:
                text = (
                    "Hier wordt gewacht tot iets klaar is, maar deze procedure start niets. Haal dit weg, of teken wat er start."
                )
                yield replace(_about(procedure, element, "step_done_idle", text), severity=Severity.WARNING)


def _given_along(procedure: Procedure, element: Element, receiver: Procedure | None) -> Iterator[Finding]:
    """Facts that go along with a message are inputs of the procedure that hears it."""
    taken = set() if receiver is None else {name for process in receiver.processes.values() for name in process.inputs}
    for name in map(str.strip, element.properties.get("gives", "").split(",")):
        if name and name not in taken:
            text = (
                f"Het gegeven {name} staat niet bij {label('inputs')} van wie het bericht krijgt. Zet het daar, of haal het weg."
            )
            yield _about(procedure, element, "gives_unknown", text)


def _elements(procedure: Procedure) -> Iterator[Element]:
    return (element for process in procedure.processes.values() for element in process.elements.values())


def _about(procedure: Procedure, element: Element, code: str, text: str) -> Finding:
    return Finding(procedure.processes[element.process_id].file, element.id, element.name, code, text)


def _one_meaning(procedures: Mapping[str, Procedure]) -> list[Finding]:
    """A fact has one type and one list of values in all procedures, for one may hand it to another."""
    known: dict[str, tuple[str, FactKind]] = {}
    found = []
    for procedure in procedures.values():
        for form in procedure.forms.values():
            for field in form.fields:
                kind = fact_kind(field)
                first, meaning = known.setdefault(field.key, (procedure.key, kind)) if kind is not None else ("", kind)
                if meaning != kind:
                    text = f"{field.key} is in {first} anders: een ander soort of andere antwoorden. Maak ze gelijk."
                    found.append(Finding(f"{_FORMS}{form.id}.form", field.key, field.label, "fact_two_kinds", text))
    return found


def _read(key: str, files: Mapping[str, bytes]) -> tuple[Procedure | None, list[Finding]]:
    asked, found = _forms({name: source for name, source in files.items() if name.startswith(_FORMS)})
    diagrams = {name: source for name, source in files.items() if not name.startswith(_FORMS)}
    reading = parse.read_procedure(key, diagrams, asked)
    found += reading.findings
    if reading.procedure is None or any(f.severity is Severity.ERROR for f in found):
        return None, found
    used = {name: source for name, source in files.items() if name in reading.procedure.sources or name.startswith(_FORMS)}
    return replace(reading.procedure, files=used, sha256=_digest(used)), found


def _digest(files: Mapping[str, bytes]) -> str:
    """One hash over all files, also over what only people read in them: another word is another version."""
    whole = sha256()
    for name, source in sorted(files.items()):
        whole.update(b"%s\0%d\0%s" % (name.encode(), len(source), source))
    return whole.hexdigest()


def _forms(sources: Mapping[str, bytes]) -> tuple[dict[str, Form], list[Finding]]:
    asked: dict[str, Form] = {}
    found: list[Finding] = []
    for name, source in sources.items():
        form, wrong = form_of_file(name, source)
        found += wrong
        if form is None:
            continue
        if name != f"{_FORMS}{form.id}.form":
            text = f"Dit formulier heet {form.id}. Geef het bestand dezelfde naam: {form.id}.form."
            found.append(Finding(name, form.id, "", "form_name", text))
        asked[form.id] = form
    return asked, found


def form_of_file(name: str, source: bytes) -> tuple[Form | None, list[Finding]]:
    """The form in the bytes of a file, or None with findings; `name` is the file that findings point to."""
    try:
        read = json.loads(source)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        text = "Dit is geen geldig formulier in JSON. Sla het formulier opnieuw op in de editor."
        return None, [Finding(name, name, "", "form_json", text)]
    return read_form(read, name)
