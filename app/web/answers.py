"""What the browser sends of a form, under the keys of its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from app.domain.facts import FactType
from app.domain.forms import Form
from app.domain.roles import FileKind
from app.services.views.task import HandlerChoice


@dataclass(frozen=True, slots=True)
class Typed:
    """A form with what was typed in it, for pages that are no task."""

    form: Form
    values: Mapping[str, str]
    errors: Mapping[str, str]
    readers: Mapping[FileKind, tuple[str, ...]] = field(default_factory=dict)
    handlers: tuple[HandlerChoice, ...] = ()


def raw(form: Form, given: "MultiDict[str, str]") -> dict[str, str]:
    """The answers as typed; the time of a moment comes in a box of its own."""
    typed = {}
    for asked in form.fields:
        typed[asked.key] = given.get(f"veld-{asked.key}", "")
        if asked.type is FactType.MOMENT:
            typed[f"{asked.key}__time"] = given.get(f"veld-{asked.key}-tijd", "")
    return typed
