"""What the pages about forms of a draft show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.forms import Field, Form
from app.domain.procedure import Finding
from app.domain.roles import FileKind, Role


@dataclass(frozen=True, slots=True)
class FormTask:
    """A task that a form is for, as far as it is drawn. `form_id` is what the drawing names, or else the task's own id."""

    element_id: str
    name: str
    process: str
    lane: Role | None
    form_id: str
    #: Whether the drawing names the form; without that it is used nowhere.
    named: bool


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of a draft: the tasks that use it (one, when all is well), its questions, and the files that it writes to."""

    form_id: str
    tasks: tuple[FormTask, ...]
    form: Form | None
    files: tuple[FileKind, ...]


@dataclass(frozen=True, slots=True)
class FormList:
    """The forms of a draft, and the tasks that name a form which is not there yet, or none."""

    lines: tuple[FormLine, ...]
    without: tuple[FormTask, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One form of a draft. `form` is None while it has errors of its own, which are the `findings`.

    `earlier` are facts of other forms, which conditions may read.
    """

    form_id: str
    file: str
    content: bytes = field(repr=False)
    task: FormTask | None
    form: Form | None
    findings: tuple[Finding, ...]
    earlier: tuple[Field, ...]
    #: The roles that have a task in the draft.
    lanes: frozenset[Role]
    #: The questions whose text the drawing also sends to another file.
    shares: Mapping[str, FileKind]
