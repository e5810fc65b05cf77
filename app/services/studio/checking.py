"""What is to be said of a draft while it is drawn, among all procedures that are published."""

from collections.abc import Mapping

from app import catalogue
from app.domain import ratchet
from app.domain.procedure import Finding, Procedure
from app.services.context import Actor, App
from app.services.studio import access, drafts
from app.storage.database import Transaction

_NOTHING: Mapping[str, bytes] = {}


def findings(app: App, actor: Actor, key: str, over: Mapping[str, bytes] = _NOTHING) -> tuple[Finding, ...]:
    """All findings of a draft; `over` are files as they are on somebody's screen, not saved yet. Raises NotFound."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return whole(app, tx, key, {**drafts.open_files(tx, key), **over})[1]


def whole(app: App, tx: Transaction, key: str, files: Mapping[str, bytes]) -> tuple[Procedure | None, tuple[Finding, ...]]:
    """The procedure that these files draw, None when they have errors, and everything that is to be said of them.

    That includes what was said of them in earlier versions: what was confidential once is so for ever.
    """
    published = {name: one.procedure for name, one in app.versions.published(tx).items()}
    others = {name: one for name, one in published.items() if name != key}
    procedure, found = catalogue.examine(key, files, others)
    forms = catalogue.read_forms(files).values()
    names = {name: one.name for name, one in published.items()}
    refused = tuple(ratchet.refusals(forms, app.versions.ever_sealed(tx), names))
    return (None if refused else procedure), (*found, *refused, *ratchet.traps(forms, _facts(others)))


def _facts(procedures: Mapping[str, Procedure]) -> dict[str, str]:
    """The facts of procedures, each with the name of one that asks it."""
    forms = ((procedure.name, form) for procedure in procedures.values() for form in procedure.forms.values())
    return {field.key: name for name, form in forms for field in form.fields if not field.sealed}
