"""Published versions of procedures: frozen in the database, read once per process."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from app.catalogue import read_forms
from app.domain.errors import NotFound
from app.domain.procedure import Procedure
from app.domain.ratchet import Was
from app.storage.database import Transaction
from app.storage.queries import versions as queries
from app.storage.tables import ProcedureVersion

Thaw = Callable[[str, dict[str, bytes]], Procedure]


@dataclass(frozen=True, slots=True)
class Published:
    """A published version: its row's id and number, and the procedure it freezes."""

    id: UUID
    number: int
    procedure: Procedure


@dataclass(slots=True)
class Versions:
    """Reads frozen versions; they never change, so each is read once per process."""

    thaw: Thaw
    _cache: dict[UUID, Published] = field(default_factory=dict)
    _sealed: dict[UUID, dict[str, Was]] = field(default_factory=dict)

    def get(self, tx: Transaction, version_id: UUID) -> Published:
        """The version with this id, whatever its status. Raises NotFound."""
        if version_id not in self._cache:
            row = tx.get(ProcedureVersion, version_id)
            if row is None:
                raise NotFound
            self._cache[version_id] = self._read(row)
        return self._cache[version_id]

    def published(self, tx: Transaction) -> dict[str, Published]:
        """The version that new cases start with, by key of the procedure."""
        return {key: self.get(tx, version_id) for key, version_id in queries.published(tx)}

    def current(self, tx: Transaction, key: str) -> Published:
        """The published version of one procedure. Raises NotFound."""
        version_id = dict(queries.published(tx)).get(key)
        if version_id is None:
            raise NotFound
        return self.get(tx, version_id)

    def ever_sealed(self, tx: Transaction) -> dict[str, Was]:
        """Every question that was confidential in a version that was ever published, and where it first was."""
        every = queries.ever_published(tx)
        unread = [version_id for version_id in every if version_id not in self._sealed]
        for row in queries.with_bundles(tx, unread):
            forms = read_forms(unpack(row.bundle)).values()
            keys = (one.key for form in forms for one in form.fields if one.sealed)
            self._sealed[row.id] = {key: Was(row.key, row.number) for key in keys}
        found: dict[str, Was] = {}
        for version_id in every:
            found = self._sealed[version_id] | found
        return found

    def _read(self, row: ProcedureVersion) -> Published:
        return Published(row.id, row.number, self.thaw(row.key, unpack(row.bundle)))


def pack(files: dict[str, bytes]) -> str:
    """All files of a version as one text, in the order of their names."""
    return json.dumps({name: files[name].decode() for name in sorted(files)}, ensure_ascii=False)


def unpack(bundle: str) -> dict[str, bytes]:
    """The files of a version by name."""
    return {name: text.encode() for name, text in json.loads(bundle).items()}
