"""What a draft holds, for the choices that its drawer is offered: its phases and tasks, forms and facts, and other procedures."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Final

from app.domain.dialect import PROCESS
from app.domain.form_file import read_form
from app.domain.forms import Form
from app.domain.procedure import AWAITED, ElementKind, Procedure
from app.engine.drawing import Level
from app.engine.levels import read_level
from app.engine.parse import called_processes
from app.engine.xml import XmlRefused, read_xml
from app.services.context import Actor, App
from app.services.studio import access, drafts
from app.services.views.drawing import FactKnown, FormKnown, Known, PhaseKnown, ProcedureKnown, TaskKnown
from app.storage.database import Transaction

_DIAGRAM, _FORM = ".bpmn", ".form"
_GIVEN: Final = next(one.label for one in PROCESS if one.name == "inputs")


def known(app: App, actor: Actor, key: str) -> Known:
    """Everything that fields of the drawing can name; what cannot be read is left out. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return of_files(app, tx, key, drafts.open_files(tx, key))


def of_files(app: App, tx: Transaction, key: str, files: Mapping[str, bytes]) -> Known:
    """The same of these files of a procedure, among all that are published."""
    others = {name: one.procedure for name, one in app.versions.published(tx).items() if name != key}
    levels = tuple(_levels(files))
    forms = tuple(_forms(files))
    return Known(
        phases=tuple(PhaseKnown(level.process.id, level.process.name, level.file) for level in levels),
        tasks=tuple(
            TaskKnown(task.id, task.name, level.file) for level in levels for task in level.elements(ElementKind.USER_TASK)
        ),
        forms=tuple(_form_known(form) for form in forms),
        facts=tuple(_facts(forms, chain.from_iterable(other.forms.values() for other in others.values()), levels)),
        procedures=(_as_drawn(key, levels), *(_as_published(other) for other in others.values())),
    )


def phases(files: Mapping[str, bytes]) -> tuple[PhaseKnown, ...]:
    """The diagrams of a draft, the main one first; one that cannot be read is named after its file."""
    named = {level.file: level.process for level in _levels(files)}
    found = [
        PhaseKnown(named[file].id, named[file].name, file) if file in named else PhaseKnown("", PurePath(file).stem, file)
        for file in files
        if file.endswith(_DIAGRAM)
    ]
    return tuple(sorted(found, key=lambda one: ("/" in one.file, one.name.lower())))


def _levels(files: Mapping[str, bytes]) -> Iterator[Level]:
    for name, source in files.items():
        if not name.endswith(_DIAGRAM):
            continue
        try:
            root = read_xml(source)
        except XmlRefused:
            continue
        for _, node in called_processes(root):
            yield read_level(name, node)


def _forms(files: Mapping[str, bytes]) -> Iterator[Form]:
    for name, source in files.items():
        if not name.endswith(_FORM):
            continue
        try:
            read = json.loads(source)
        except (ValueError, RecursionError):
            read = None
        form = read_form(read, name)[0] if isinstance(read, dict) else None
        # A form that is not right yet can be chosen all the same: that it is wrong is a finding.
        yield form if form is not None else Form(PurePath(name).stem, ())


def _form_known(form: Form) -> FormKnown:
    return FormKnown(form.id, tuple((field.key, field.label) for field in form.fields if field.sealed))


def _facts(forms: tuple[Form, ...], others: Iterable[Form], levels: tuple[Level, ...]) -> Iterator[FactKnown]:
    """Those of this procedure by task, what it is given, and what only others know: each once, where it is first found."""
    asked = {task.form_id: task.name for level in levels for task in level.elements(ElementKind.USER_TASK)}
    foreign = {one.name: one for one in _asked(others, None)}
    given = (name for level in levels for name in level.process.inputs)
    handed = (replace(foreign.get(name, FactKnown(name, name, "", (), "")), where=_GIVEN) for name in given)
    seen: set[str] = set()
    for fact in chain(_asked(forms, asked), handed, foreign.values()):
        if fact.name not in seen:
            seen.add(fact.name)
            yield fact


def _asked(forms: Iterable[Form], tasks: Mapping[str | None, str] | None) -> Iterator[FactKnown]:
    for form in forms:
        where = "" if tasks is None else tasks.get(form.id) or form.id
        for field in form.fields:
            if field.type is not None:
                values = tuple((option.value, option.label) for option in field.options)
                yield FactKnown(field.key, field.label, field.type, values, where)


def _as_drawn(key: str, levels: tuple[Level, ...]) -> ProcedureKnown:
    main = next((level for level in levels if level.process.id == key), None)
    starts = () if main is None else main.elements(ElementKind.START, ElementKind.MESSAGE_START)
    messages = {one.message: one.name for level in levels for one in level.elements(*AWAITED) if one.message}
    return ProcedureKnown(
        key, key if main is None else main.process.name, tuple((one.id, one.name) for one in starts), tuple(messages.items())
    )


def _as_published(procedure: Procedure) -> ProcedureKnown:
    elements = [one for process in procedure.processes.values() for one in process.elements.values()]
    messages = {one.message: one.name for one in elements if one.kind in AWAITED and one.message}
    starts = tuple((start.id, start.name) for start in procedure.starts())
    return ProcedureKnown(procedure.key, procedure.name, starts, tuple(messages.items()))
