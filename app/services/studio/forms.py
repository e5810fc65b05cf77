"""The forms of a draft: which task each is for, what it asks, and who will be able to read the answers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app import catalogue
from app.domain.differing import Sketch
from app.domain.errors import Conflict, NotFound
from app.domain.forms import Field, Form
from app.domain.procedure import ElementKind, Finding
from app.domain.roles import FileKind
from app.services.context import Actor, App
from app.services.sharing import SHARE
from app.services.studio import access, checking, drafts
from app.services.views.studio_forms import FormLine, FormList, FormPage, FormTask

FOLDER: Final = "forms/"
_SUFFIX: Final = ".form"
_NOTHING: Mapping[str, bytes] = {}


def listed(app: App, actor: Actor, key: str) -> FormList:
    """All forms of the open draft, in the order of its drawings. Raises NotFound."""
    drawn = _Drawn(key, drafts.read(app, actor, key).files)
    return FormList(tuple(drawn.lines()), tuple(drawn.without()))


def form(app: App, actor: Actor, key: str, form_id: str, over: Mapping[str, bytes] = _NOTHING) -> FormPage:
    """One form of the open draft; `over` are files as they are on somebody's screen. Raises NotFound."""
    files = drafts.read(app, actor, key).files
    if file_of(form_id) not in files:
        raise NotFound("Dit formulier is niet in dit concept.")
    return of_files(key, {**files, **over}, form_id)


def of_files(key: str, files: Mapping[str, bytes], form_id: str) -> FormPage:
    """One form of these files of a procedure. Raises NotFound."""
    name, drawn = file_of(form_id), _Drawn(key, files)
    if name not in files:
        raise NotFound("Dit formulier is er niet.")
    return FormPage(
        form_id=form_id,
        file=name,
        content=files[name],
        task=next(iter(drawn.tasks_of(form_id)), None),
        form=drawn.forms[form_id],
        findings=tuple(catalogue.form_of_file(name, files[name])[1]),
        earlier=drawn.facts_beside(form_id),
        lanes=drawn.sketch.lanes(),
        shares=dict(drawn.shares(form_id)),
    )


def findings(app: App, actor: Actor, key: str, page: FormPage) -> tuple[Finding, ...]:
    """All that is to be said of a form in its draft: in its file, and at the task that it is for."""
    task = page.task.element_id if page.task is not None else None
    found = checking.findings(app, actor, key, {page.file: page.content})
    return tuple(one for one in found if one.file == page.file or one.element_id == task)


def begin(app: App, actor: Actor, key: str, element_id: str) -> str:
    """Begin a form with one question for a task that has none; gives its id: the one that the task names, or else its own.

    Raises NotFound for a task that is not drawn, Conflict when the form is there already, Forbidden for who may not draw.
    """
    with app.database.read() as tx:
        access.draw(app, tx, actor)
    drawn = _Drawn(key, drafts.read(app, actor, key).files)
    task = next((task for task in drawn.tasks if task.element_id == element_id), None)
    if task is None:
        raise NotFound("Deze taak is er niet, of niemand roept haar fase aan. Teken dat eerst, en bewaar het.")
    if task.form_id in drawn.forms:
        raise Conflict("Dit formulier is er al. Open het in de lijst.")
    name = file_of(task.form_id)
    number = next((line.number for line in drafts.saves(app, actor, key, name)), 0)
    drafts.save(app, actor, key, name, _begun(task), number=number)
    return task.form_id


def drop(app: App, actor: Actor, key: str, form_id: str) -> None:
    """Take away a form that no task uses; its saves stay. Raises NotFound, Forbidden, Conflict while a task uses it."""
    with app.database.read() as tx:
        access.draw(app, tx, actor)
    view = drafts.read(app, actor, key)
    found = view.draft_files.get(file_of(form_id))
    if found is None:
        raise NotFound("Dit formulier is niet in dit concept.")
    if _Drawn(key, view.files).tasks_of(form_id):
        raise Conflict("Een taak gebruikt dit formulier. Kies bij die taak eerst een ander formulier, of haal haar weg.")
    drafts.remove(app, actor, key, found.name, number=found.number)


def file_of(form_id: str) -> str:
    """The file of a form in a draft."""
    return f"{FOLDER}{form_id}{_SUFFIX}"


def _begun(task: FormTask) -> bytes:
    # A task whose lane writes to no file can ask nothing sealed; a choice fits everywhere.
    question = {
        "type": "radio",
        "id": "field_done",
        "key": f"{task.form_id}_done"[:60],
        "label": "Is dit gedaan?",
        "values": [{"value": "ja", "label": "Ja"}, {"value": "nee", "label": "Nee"}],
        "validate": {"required": True},
        "properties": {"store": "fact", "audience": "own"},
    }
    begun = {
        "id": task.form_id,
        "type": "default",
        "schemaVersion": 18,
        "executionPlatform": "Camunda Platform",
        "executionPlatformVersion": "7.24.0",
        "components": [question],
    }
    return f"{json.dumps(begun, ensure_ascii=False, indent=2)}\n".encode()


@dataclass(frozen=True)
class _Drawn:
    """The files of a draft, read as far as they can be."""

    key: str
    files: Mapping[str, bytes]

    @cached_property
    def sketch(self) -> Sketch:
        return catalogue.sketch(self.key, self.files)

    @cached_property
    def forms(self) -> dict[str, Form | None]:
        """All forms by the names of their files; those that a task uses, as it uses them."""
        named = {name.removeprefix(FOLDER).removesuffix(_SUFFIX): name for name in self.files if name.startswith(FOLDER)}
        read = {form_id: catalogue.form_of_file(name, self.files[name])[0] for form_id, name in named.items()}
        return {form_id: self.sketch.forms.get(form_id, form) for form_id, form in read.items()}

    @cached_property
    def tasks(self) -> tuple[FormTask, ...]:
        return tuple(
            FormTask(
                element_id=task.id,
                name=task.name,
                process=process.name,
                drawing=process.file,
                lane=task.lane,
                form_id=task.form_id or task.id,
                named=task.form_id is not None,
            )
            for process in self.sketch.processes.values()
            for task in process.elements.values()
            if task.kind is ElementKind.USER_TASK
        )

    def tasks_of(self, form_id: str) -> tuple[FormTask, ...]:
        return tuple(task for task in self.tasks if task.named and task.form_id == form_id)

    def lines(self) -> Iterator[FormLine]:
        used = [task.form_id for task in self.tasks if task.named and task.form_id in self.forms]
        for form_id in dict.fromkeys((*used, *self.forms)):
            asked = self.forms[form_id]
            kinds = {field.file for field in asked.fields if field.sealed} if asked is not None else set()
            yield FormLine(form_id, self.tasks_of(form_id), asked, tuple(kind for kind in FileKind if kind in kinds))

    def without(self) -> Iterator[FormTask]:
        return (task for task in self.tasks if task.form_id not in self.forms)

    def shares(self, form_id: str) -> Iterator[tuple[str, FileKind]]:
        for element in self.sketch.elements().values():
            to = element.properties.get("to")
            if element.topic == SHARE and element.properties.get("form") == form_id and to in set(FileKind):
                yield element.properties.get("field", ""), FileKind(to)

    def facts_beside(self, form_id: str) -> tuple[Field, ...]:
        found = (field for name, form in self.forms.items() if form and name != form_id for field in form.fields)
        return tuple({field.key: field for field in found if not field.sealed}.values())
