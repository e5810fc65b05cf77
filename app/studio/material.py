"""With which procedures somebody tries: the draft of one, and what is published of all others."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

from app.domain.errors import Conflict, NotFound
from app.domain.procedure import Procedure
from app.services.context import Actor, App
from app.services.studio import access, checking, drafts
from app.services.versions import Published
from app.storage.database import Transaction
from app.storage.queries import studio as queries
from app.studio.stages import STAGES, Prepared

_WRONG = "Je concept heeft nog fouten. Kijk bij Controle wat er moet gebeuren; daarna kun je het proberen."
_MOST_READ: Final = 8
_read: Final[OrderedDict[str, Procedure | None]] = OrderedDict()
_lock: Final = Lock()


@dataclass(frozen=True, slots=True)
class Material:
    """All procedures together. `drawn`: the one that is tried is a draft."""

    key: str
    procedures: Mapping[str, Procedure]
    drawn: bool

    @property
    def procedure(self) -> Procedure:
        """The one that is tried."""
        return self.procedures[self.key]


def of(app: App, actor: Actor, key: str) -> Material:
    """What somebody tries a procedure with. Raises Conflict while its draft has errors, NotFound for strangers."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        published = app.versions.published(tx)
        others = {name: one.procedure for name, one in published.items()}
        if queries.open_draft(tx, key) is None:
            if key not in others:
                raise NotFound
            return Material(key, others, drawn=False)
        draft = _draft(app, tx, key, published)
    if draft is None:
        raise Conflict(_WRONG)
    return Material(key, {**others, key: draft}, drawn=True)


@contextmanager
def staged(app: App, material: Material) -> Iterator[Prepared]:
    """An installation to throw away with these procedures."""
    settings = app.settings
    with STAGES.prepared(material.procedures, settings.processes, settings.forms) as prepared:
        yield prepared


def _draft(app: App, tx: Transaction, key: str, published: Mapping[str, Published]) -> Procedure | None:
    """The procedure that the draft draws; reading and checking it costs more than a step, so it is done once."""
    files = drafts.open_files(tx, key)
    name = "".join([key, drafts.digest(files), *(one.procedure.sha256 for one in published.values())])
    with _lock:
        if name in _read:
            return _read[name]
    procedure, _ = checking.whole(app, tx, key, files)
    with _lock:
        _read[name] = procedure
        while len(_read) > _MOST_READ:
            _read.popitem(last=False)
    return procedure
