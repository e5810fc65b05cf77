"""Reads the folders `processes/` and `forms/` as procedures, and refuses what is not whole.

A procedure is `processes/<key>.bpmn` with its phases in `processes/<key>/*.bpmn` and its forms in `forms/<key>/<task>.form`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.form_file import read_form
from app.domain.forms import Form
from app.domain.procedure import Finding, Procedure, Severity
from app.engine.parse import read_procedure

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
    read = {key: _read(key, files) for key, files in _procedures(processes, forms).items()}
    errors = tuple(f for _, findings in read.values() for f in findings if f.severity is Severity.ERROR)
    if errors:
        raise CatalogueError(errors)
    return Catalogue({key: procedure for key, (procedure, _) in read.items() if procedure is not None})


def findings(processes: Path, forms: Path) -> tuple[Finding, ...]:
    """Everything that is to be said of the procedures of these folders: errors and warnings, in the order of their files."""
    return tuple(f for key, files in _procedures(processes, forms).items() for f in _read(key, files)[1])


def thaw(key: str, files: Mapping[str, bytes]) -> Procedure:
    """A procedure from the files that it was frozen as. Raises CatalogueError when they are not whole."""
    procedure, found = _read(key, files)
    if procedure is None:
        raise CatalogueError(tuple(found))
    return procedure


def _procedures(processes: Path, forms: Path) -> dict[str, dict[str, bytes]]:
    """The files of each procedure by name: diagrams as they lie in `processes/`, forms under `forms/`."""
    found = {}
    for main in sorted(processes.glob("*.bpmn")):
        diagrams = [main, *sorted((processes / main.stem).glob("*.bpmn"))]
        files = {path.relative_to(processes).as_posix(): path.read_bytes() for path in diagrams}
        files |= {f"{_FORMS}{path.name}": path.read_bytes() for path in sorted((forms / main.stem).glob("*.form"))}
        found[main.stem] = files
    return found


def _read(key: str, files: Mapping[str, bytes]) -> tuple[Procedure | None, list[Finding]]:
    asked, found = _forms({name: source for name, source in files.items() if name.startswith(_FORMS)})
    diagrams = {name: source for name, source in files.items() if not name.startswith(_FORMS)}
    reading = read_procedure(key, diagrams, asked)
    found += reading.findings
    if reading.procedure is None or any(f.severity is Severity.ERROR for f in found):
        return None, found
    used = {name: source for name, source in files.items() if name in reading.procedure.sources or name.startswith(_FORMS)}
    return replace(reading.procedure, files=used), found


def _forms(sources: Mapping[str, bytes]) -> tuple[dict[str, Form], list[Finding]]:
    asked: dict[str, Form] = {}
    found: list[Finding] = []
    for name, source in sources.items():
        try:
            form, wrong = read_form(json.loads(source), name)
        except ValueError:
            text = "Dit is geen geldig JSON-bestand. Sla het formulier opnieuw op in de editor."
            form, wrong = None, [Finding(name, name, "", "form_json", text)]
        found += wrong
        if form is not None:
            asked[form.id] = form
    return asked, found
