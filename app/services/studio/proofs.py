"""Proofs of a draft: somebody asks, a worker takes one, and what it found stands beside exactly the files that it is about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from app.domain.errors import Conflict, NotFound
from app.domain.procedure import Severity
from app.engine.driving.drive import handed_to
from app.services.context import Actor, App
from app.services.studio import access, checking, drafts, proved, stories
from app.storage.database import Transaction
from app.storage.queries import proofs as queries
from app.storage.queries import studio as studio_queries
from app.storage.tables import StudioProof

DRIVEN: Final = "driven"
PLAYED: Final = "played"
#: The kinds that a worker runs: driving the drawing, and playing its kept stories.
KINDS: Final = (DRIVEN, PLAYED)
#: Longer than any proof may take (app/studio/proving.py): a worker that began this long ago has died.
LOST: Final = timedelta(minutes=5)

_ERRORS = "Er zijn nog fouten. Los ze eerst op: wat fout is, kan niet doorgereden worden."


@dataclass(frozen=True, slots=True)
class Proof:
    """What was asked and how far it is; `result` is the JSON of its kind once it is done."""

    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    result: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs of a draft as it is now; None where nobody asked."""

    driven: Proof | None
    played: Proof | None


@dataclass(frozen=True, slots=True)
class Work:
    """A proof that this worker has: what to run it on.

    `handed`: facts that other procedures hand to this one; `published`: the files of all procedures as they are now, by key.
    """

    id: UUID
    kind: str
    key: str
    started_at: datetime
    files: Mapping[str, bytes] = field(repr=False)
    handed: frozenset[str] = frozenset()
    published: Mapping[str, Mapping[str, bytes]] = field(repr=False, default_factory=dict)
    stories: Mapping[str, str] = field(repr=False, default_factory=dict)


def ask(app: App, actor: Actor, key: str) -> None:
    """Ask for the proofs of a draft as it is now; what was asked or found for these very files stays.

    Raises NotFound without a draft, Conflict while there are errors.
    """
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        view = _view(tx, key)
        found = checking.whole(app, tx, key, view.files)[1]
    if any(one.severity is Severity.ERROR for one in found):
        raise Conflict(_ERRORS)
    with app.database.write() as tx:
        # Whoever asks at the same moment waits here, and then finds what was asked.
        draft = studio_queries.open_draft(tx, key, locks=True)
        for kind, sha256 in _asked(tx, view).items():
            if draft is not None and draft.id == view.id and queries.of(tx, draft.id, kind, sha256) is None:
                row = StudioProof(draft_id=draft.id, kind=kind, sha256=sha256, asked_by=actor.user_id, asked_at=app.clock())
                tx.add(row)


def read(app: App, actor: Actor, key: str) -> Proofs:
    """The proofs of a draft as it is now. Raises NotFound without a draft."""
    with app.database.read() as tx:
        access.enter(app, tx, actor)
        return present(tx, _view(tx, key))


def present(tx: Transaction, view: drafts.DraftView) -> Proofs:
    """The proofs of a draft of this transaction."""
    found = {kind: _proof(queries.of(tx, view.id, kind, sha256)) for kind, sha256 in _asked(tx, view).items()}
    return Proofs(found.get(DRIVEN), found.get(PLAYED))


def claim(app: App) -> Work | None:
    """Take what was asked first and is nobody's; None when there is nothing. What changed since it was asked is forgotten."""
    while (taken := _take(app)) is not None:
        proof_id, kind, started_at, view = taken
        with app.database.read() as tx:
            procedure = checking.whole(app, tx, view.key, view.files)[0]
            others = {key: one.procedure for key, one in app.versions.published(tx).items()}
            told = {story.name: story.text for story in stories.of(tx, view.key)}
        if procedure is not None:
            return Work(
                id=proof_id,
                kind=kind,
                key=view.key,
                started_at=started_at,
                files=view.files,
                handed=handed_to(view.key, {**others, view.key: procedure}),
                published={key: one.files for key, one in others.items()},
                stories=told,
            )
        # What is published since has made errors of it.
        with app.database.write() as tx:
            queries.drop(tx, proof_id)
    return None


def finish(app: App, work: Work, result: Mapping[str, Any]) -> bool:
    """Write what was found; false when another worker took it over meanwhile, whose word then counts."""
    with app.database.write() as tx:
        row = queries.running(tx, work.id, work.started_at)
        if row is None:
            return False
        row.finished_at, row.result = app.clock(), json.dumps(result, ensure_ascii=False)
        return True


def _asked(tx: Transaction, view: drafts.DraftView) -> dict[str, str]:
    """The kinds of proof and, for each, the hash of what it is a proof of."""
    return dict(zip(KINDS, proved.hashes(tx, view), strict=True))


def _view(tx: Transaction, key: str) -> drafts.DraftView:
    draft = studio_queries.open_draft(tx, key)
    if draft is None:
        raise NotFound
    return drafts.view(tx, draft)


def _take(app: App) -> tuple[UUID, str, datetime, drafts.DraftView] | None:
    with app.database.write() as tx:
        now = app.clock()
        while (found := queries.waiting(tx, now - LOST, KINDS)) is not None:
            row, draft = found
            view = drafts.view(tx, draft)
            if draft.state == "open" and _asked(tx, view).get(row.kind) == row.sha256:
                row.started_at = now
                return row.id, row.kind, now, view
            queries.drop(tx, row.id)
    return None


def _proof(row: StudioProof | None) -> Proof | None:
    if row is None:
        return None
    result = None if row.result is None else json.loads(row.result)
    return Proof(row.asked_at, row.started_at, row.finished_at, result)
