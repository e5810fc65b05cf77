"""The forms of a draft: which task each is for, what it asks, and who will be able to read the answers."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app import catalogue
from app.domain.errors import Conflict, NotFound
from app.domain.forms import Field, Form, for_lane
from app.domain.procedure import Element, Finding, Procedure, Process
from app.domain.roles import FileKind, Role
from app.engine.outline import user_tasks
from app.services.context import Actor, App
from app.services.sharing import shares
from app.services.studio import access, checking, drafts
from app.services.views.studio_forms import FormLine, FormList, FormPage, FormTask

FOLDER: Final = "forms/"
_SUFFIX: Final = ".form"
_NOTHING: Mapping[str, bytes] = {}


def listed(app: App, actor: Actor, key: str) -> FormList:
    """All forms of the open draft, in the order of its drawings. Raises NotFound."""
    drawn = _Drawn(drafts.read(app, actor, key).files)
    return FormList(tuple(drawn.line(form_id) for form_id in drawn.in_order()), tuple(drawn.without()))


def form(app: App, actor: Actor, key: str, form_id: str, over: Mapping[str, bytes] = _NOTHING) -> FormPage:
    """One form of the open draft; `over` are files as they are on somebody's screen. Raises NotFound."""
    view = drafts.read(app, actor, key)
    saved = view.draft_files.get(file_of(form_id))
    if saved is None:
        raise NotFound("Dit formulier is niet in dit concept.")
    drawn = _Drawn({**view.files, **over})
    procedure, found = _examined(app, actor, key, drawn.files)
    task = next(iter(drawn.tasks_of(form_id)), None)
    return FormPage(
        form_id=form_id,
        file=saved.name,
        content=drawn.files[saved.name],
        number=saved.number,
        saved_by=saved.saved_by,
        saved_at=saved.saved_at,
        task=task,
        form=drawn.with_files(form_id),
        findings=tuple(_about(found, saved.name, task)),
        earlier=drawn.facts_beside(form_id),
        lanes=drawn.lanes,
        shares=shares(procedure, task.element_id) if procedure is not None and task is not None else {},
    )


def begin(app: App, actor: Actor, key: str, element_id: str) -> str:
    """Begin a form with one question for a task that has none; gives its id: the one that the task names, or else its own.

    Raises NotFound for a task that is not drawn, Conflict when the form is there already, Forbidden for who may not draw.
    """
    drawn = _Drawn(drafts.read(app, actor, key).files)
    task = next((_task(process, task) for process, task in drawn.tasks if task.id == element_id), None)
    if task is None:
        raise NotFound("Deze taak staat niet in de tekening. Bewaar de tekening eerst.")
    if task.form_id in drawn.forms:
        raise Conflict("Dit formulier is er al. Open het in de lijst.")
    name = file_of(task.form_id)
    number = next((line.number for line in drafts.saves(app, actor, key, name)), 0)
    drafts.save(app, actor, key, name, _begun(task), number=number)
    return task.form_id


def file_of(form_id: str) -> str:
    """The file of a form in a draft."""
    return f"{FOLDER}{form_id}{_SUFFIX}"


def _examined(app: App, actor: Actor, key: str, files: Mapping[str, bytes]) -> tuple[Procedure | None, tuple[Finding, ...]]:
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return checking.whole(app, tx, key, files)


def _about(found: Iterable[Finding], file: str, task: FormTask | None) -> Iterable[Finding]:
    """What is said of a form: in its file, and at the task that it is for."""
    return (one for one in found if one.file == file or (task is not None and one.element_id == task.element_id))


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

    files: Mapping[str, bytes]

    @cached_property
    def forms(self) -> dict[str, Form | None]:
        named = {name.removeprefix(FOLDER).removesuffix(_SUFFIX): name for name in self.files if name.startswith(FOLDER)}
        return {form_id: catalogue.form_of_file(name, self.files[name])[0] for form_id, name in named.items()}

    @cached_property
    def tasks(self) -> tuple[tuple[Process, Element], ...]:
        return tuple(user_tasks({name: source for name, source in self.files.items() if not name.startswith(FOLDER)}))

    @cached_property
    def lanes(self) -> tuple[Role, ...]:
        drawn = {task.lane for _, task in self.tasks}
        return tuple(role for role in Role if role in drawn)

    def in_order(self) -> list[str]:
        named = [task.form_id for _, task in self.tasks if task.form_id is not None]
        return [form_id for form_id in dict.fromkeys((*named, *self.forms)) if form_id in self.forms]

    def tasks_of(self, form_id: str) -> tuple[FormTask, ...]:
        return tuple(_task(process, task) for process, task in self.tasks if task.form_id == form_id)

    def without(self) -> Iterable[FormTask]:
        return (_task(process, task) for process, task in self.tasks if (task.form_id or task.id) not in self.forms)

    def line(self, form_id: str) -> FormLine:
        asked = self.with_files(form_id)
        kinds = {field.file for field in asked.fields if field.sealed} if asked is not None else set()
        return FormLine(form_id, self.tasks_of(form_id), asked, tuple(kind for kind in FileKind if kind in kinds))

    def with_files(self, form_id: str) -> Form | None:
        """The form as its task uses it: sealed questions that name no file go to the first of the task's lane."""
        asked = self.forms.get(form_id)
        lane = next((task.lane for task in self.tasks_of(form_id)), None)
        return None if asked is None else for_lane(asked, lane)

    def facts_beside(self, form_id: str) -> tuple[Field, ...]:
        found = (field for name, form in self.forms.items() if form and name != form_id for field in form.fields)
        return tuple({field.key: field for field in found if not field.sealed}.values())


def _task(process: Process, task: Element) -> FormTask:
    return FormTask(task.id, task.name, process.name, task.lane, task.form_id or task.id, task.form_id is not None)
