"""What the browser sends of a form, under the keys of its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from werkzeug.datastructures import MultiDict

from app.domain.answers import TIME
from app.domain.forms import Form
from app.domain.roles import FileKind, Role
from app.services.views.task import HandlerChoice

#: What the names of boxes begin with, and what that of a time adds.
_BOX: Final = "veld-"
_TIME_BOX: Final = "-tijd"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form with what was typed in it, for pages that are no task."""

    form: Form
    values: Mapping[str, str]
    errors: Mapping[str, str]
    readers: Mapping[FileKind, tuple[str, ...]] = field(default_factory=dict)
    handlers: tuple[HandlerChoice, ...] = ()


def raw(given: "MultiDict[str, str]") -> dict[str, str]:
    """The answers as typed; the time of a moment comes in a box of its own. What the form does not ask is ignored later."""
    boxes = {name.removeprefix(_BOX): text for name, text in given.items() if name.startswith(_BOX)}
    return {name.removesuffix(_TIME_BOX) + TIME if name.endswith(_TIME_BOX) else name: text for name, text in boxes.items()}


def entries(given: "MultiDict[str, str]") -> list[UUID]:
    """Which entries of the adviser's file were ticked to go along."""
    return given.getlist("stuk", type=UUID)


def handlers(given: "MultiDict[str, str]") -> dict[Role, list[UUID]]:
    """Who was ticked for which lane."""
    ticked = {role: given.getlist(f"behandelaar-{role}", type=UUID) for role in Role}
    return {role: people for role, people in ticked.items() if people}
