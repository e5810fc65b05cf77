"""A form of a draft as users will meet it: asked and checked by the same code, with roles in place of names. Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.clock import local_day
from app.domain.expressions import parse
from app.domain.facts import FactType, FactValue
from app.domain.form_rules import CONSENT, validate, visible_fields
from app.domain.forms import Field, Form, Option
from app.domain.roles import FileKind
from app.services.views.studio_forms import FormPage
from app.services.views.task import HandlerChoice
from app.web.form_editor import strip_readers
from app.web.i18n import gettext as _

#: What the names of boxes begin with that say what earlier steps found.
KNOWN: Final = "bekend-"
_FILLED: Final = "ingevuld"


@dataclass(frozen=True, slots=True)
class Outside:
    """A fact of an earlier step that decides what this form asks; in a preview it is chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the templates of a task page read of their page, for a form that belongs to no case."""

    form: Form
    facts: Mapping[str, FactValue]
    values: Mapping[str, str]
    errors: Mapping[str, str]
    readers: Mapping[FileKind, tuple[str, ...]]
    shares: Mapping[str, FileKind]
    outside: tuple[Outside, ...]
    handlers: tuple[HandlerChoice, ...] = ()


def previewed(page: FormPage, raw: Mapping[str, str], sent: Mapping[str, str], now: datetime) -> Preview | None:
    """The form with these answers typed, None while it has errors; `sent` also says what earlier steps found."""
    if page.form is None:
        return None
    given = {name.removeprefix(KNOWN): text for name, text in sent.items() if name.startswith(KNOWN)}
    outside = tuple(_outside(page, page.form, given))
    facts = {one.name: _value(one, page, now) for one in outside if one.chosen}
    asked = Form(page.form.id, visible_fields(page.form, facts, None))
    return Preview(asked, facts, raw, {}, strip_readers(), page.shares, outside)


def errors_in(page: FormPage, shown: Preview, now: datetime) -> Mapping[str, str]:
    """The Dutch sentence at each question whose answer would not stand."""
    return validate(page.form or shown.form, shown.values, shown.facts, now).errors


def _outside(page: FormPage, form: Form, given: Mapping[str, str]) -> list[Outside]:
    own = {field.key for field in form.fields}
    texts = [text for field in form.fields for text in (field.shown_when, field.required_when) if text is not None]
    read = {name for text in texts for name in parse(text).names()}
    if any(field.file is FileKind.ADVISER for field in form.fields):
        read.add(CONSENT)
    known = {field.key: field for field in page.earlier}
    usual = {CONSENT: "ja"}
    return [
        Outside(name, known[name].label, options, given.get(name, usual.get(name, "")))
        for name in sorted(read - own)
        if name in known and (options := _options(known[name]))
    ]


def _options(field: Field) -> tuple[Option, ...]:
    if field.type in (FactType.DATE, FactType.MOMENT):
        return (Option(_FILLED, _("ingevuld")),)
    return field.options


def _value(one: Outside, page: FormPage, now: datetime) -> FactValue:
    kind = next(field.type for field in page.earlier if field.key == one.name)
    if kind is FactType.DATE:
        return local_day(now)
    return now if kind is FactType.MOMENT else one.chosen
