"""Proofs of drafts: what was asked, what waits for a worker, and what was found."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select

from app.storage.database import Transaction
from app.storage.tables import StudioDraft, StudioProof


def of(tx: Transaction, draft_id: UUID, kind: str, sha256: str) -> StudioProof | None:
    """The proof of one kind for exactly these files."""
    wanted = select(StudioProof).where(StudioProof.draft_id == draft_id, StudioProof.kind == kind, StudioProof.sha256 == sha256)
    return tx.scalars(wanted).one_or_none()


def waiting(tx: Transaction, started_before: datetime, kinds: Collection[str]) -> tuple[StudioProof, StudioDraft] | None:
    """The proof that was asked first and that no worker has, locked, with its draft; a start before this moment counts as lost.

    What another worker is looking at just now is passed by.
    """
    free = or_(StudioProof.started_at.is_(None), StudioProof.started_at < started_before)
    wanted = (
        select(StudioProof, StudioDraft)
        .join(StudioDraft, StudioDraft.id == StudioProof.draft_id)
        .where(StudioProof.finished_at.is_(None), free, StudioProof.kind.in_(kinds))
        .order_by(StudioProof.asked_at, StudioProof.id)
        .limit(1)
        .with_for_update(of=StudioProof, skip_locked=True)
    )
    found = tx.execute(wanted.execution_options(populate_existing=True)).one_or_none()
    return None if found is None else (found[0], found[1])


def running(tx: Transaction, proof_id: UUID, started_at: datetime) -> StudioProof | None:
    """The proof that a worker began at this moment, locked; None when another one took it over, or it is done."""
    wanted = select(StudioProof).where(
        StudioProof.id == proof_id, StudioProof.started_at == started_at, StudioProof.finished_at.is_(None)
    )
    return tx.scalars(wanted.with_for_update()).one_or_none()


def drop(tx: Transaction, proof_id: UUID) -> None:
    """Forget a proof of files that are no longer so."""
    tx.execute(delete(StudioProof).where(StudioProof.id == proof_id))
