"""What the page of the form editor gives its script: choices, what each means, and who will be able to read."""

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_wtf.csrf import generate_csrf

from app.domain.differing import readers_of
from app.domain.facts import Audience, FactType
from app.domain.forms import Field
from app.domain.roles import FILES, READERS, FileKind, Role
from app.services.views.studio_forms import FormPage
from app.web import labels, words
from app.web.form_words import AUDIENCES, BEGINNINGS, KINDS, ONE_WAY, PARTIES, PARTY_MEANS, STORES, WHENS, WORDS
from app.web.i18n import gettext as _


def script_data(key: str, page: FormPage) -> dict[str, object]:
    """What the script of the editor is given, as plain values."""
    lane = page.task.lane if page.task else None
    return {
        "name": page.file,
        "base": url_for("studio.versions", key=key),
        "preview": url_for("studio.form_preview", key=key, form_id=page.form_id),
        "csrf": generate_csrf(),
        "task": page.task.element_id if page.task else None,
        "kinds": {kind: {"label": str(label)} for kind, label in KINDS.items()},
        "stores": {store: {"label": str(label), "text": str(text)} for store, (label, text) in STORES.items()},
        "oneWay": str(ONE_WAY),
        "audiences": [_audience(one, lane, page.lanes) for one in Audience],
        "files": _files(lane),
        "parties": [{"value": party or "", "label": str(label)} for party, label in PARTIES.items()],
        "partyMeans": str(PARTY_MEANS),
        "whens": [{"value": when, "label": str(label)} for when, label in WHENS.items()],
        "earlier": [_fact(field) for field in page.earlier],
        "shares": {name: _names([READERS[kind]]) for name, kind in page.shares.items()},
        "words": BEGINNINGS | {name: str(text) for name, text in WORDS.items()},
    }


def words_of_page() -> dict[str, object]:
    """What the page of a form says without a script, in the words that the editor uses too."""
    return {"reads": reads_answer, "stores": STORES, "audiences": AUDIENCES, "editor_words": WORDS}


def who_reads(roles: Iterable[Role]) -> str:
    """A sentence that names the roles that will be able to read an answer."""
    named = _names(roles)
    if not named:
        return _("Niemand ziet dit bij een zaak; het telt alleen mee.")
    return _("Dit lezen: %(roles)s. Alleen wie deze zaak behandelt.", roles=named)


def reads_answer(page: FormPage, field: Field) -> str:
    """The roles that will be able to read the answer to this question, in words, as far as the drawing tells."""
    if page.task is None or page.task.lane is None:
        return _unknown()
    shared = page.shares.get(field.key)
    also = frozenset() if shared is None else frozenset({READERS[shared]})
    return _names(readers_of(field, page.task.lane, page.lanes) | also) or _("niemand; het telt alleen mee")


def strip_readers() -> Mapping[FileKind, tuple[str, ...]]:
    """What the strip of a sealed question names in a preview: roles in place of people."""
    return {kind: tuple(labels.the_role(role) for role in (READERS[kind],)) for kind in FileKind}


def _audience(audience: Audience, lane: Role | None, lanes: frozenset[Role]) -> dict[str, str]:
    label, text = AUDIENCES[audience]
    fact = Field(key="", label="", type=FactType.ENUM, audience=audience)
    readers = who_reads(readers_of(fact, lane, lanes)) if lane is not None or audience is Audience.STATISTIC else _unknown()
    return {"value": audience, "label": str(label), "text": str(text), "readers": readers}


def _names(roles: Iterable[Role]) -> str:
    """Roles in a row, each with its article; empty for nobody."""
    found = frozenset(roles)
    return words.names(tuple(labels.the_role(role) for role in labels.THE_ROLES if role in found))


def _unknown() -> str:
    return _("Nog niet bekend: dit formulier hoort nog bij geen taak in een baan.")


def _files(lane: Role | None) -> list[dict[str, str]]:
    """The files that the lane of the task may write to, the usual one first."""
    kinds = FILES.get(lane, ()) if lane is not None else ()
    return [{"value": kind, "label": str(labels.FILES[kind]), "readers": who_reads([READERS[kind]])} for kind in kinds]


def _fact(field: Field) -> dict[str, object]:
    options = [{"value": option.value, "label": option.label} for option in field.options]
    return {"key": field.key, "label": field.label, "options": options}
