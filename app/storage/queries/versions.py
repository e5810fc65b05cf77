"""Published versions of procedures."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.storage.database import Transaction
from app.storage.tables import ProcedureRow, ProcedureVersion


def published(tx: Transaction) -> list[tuple[str, UUID]]:
    """Key and id of each version that new cases start with; one per key."""
    wanted = select(ProcedureVersion.key, ProcedureVersion.id).where(ProcedureVersion.status == "published")
    return [(key, version_id) for key, version_id in tx.execute(wanted.order_by(ProcedureVersion.key))]


def numbered(tx: Transaction) -> list[tuple[UUID, str, int]]:
    """Id, key and number of all versions that cases may run, by key, the newest first."""
    wanted = select(ProcedureVersion.id, ProcedureVersion.key, ProcedureVersion.number).where(ProcedureVersion.status != "draft")
    ordered = wanted.order_by(ProcedureVersion.key, ProcedureVersion.number.desc())
    return [(version_id, key, number) for version_id, key, number in tx.execute(ordered)]


def of_key(tx: Transaction, key: str) -> list[ProcedureVersion]:
    """All versions of a procedure that were ever published, the newest first; their files are read when they are asked for."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.key == key, ProcedureVersion.status != "draft")
    return list(tx.scalars(wanted.options(defer(ProcedureVersion.bundle)).order_by(ProcedureVersion.number.desc())))


def ever_published(tx: Transaction) -> list[UUID]:
    """The ids of all versions that were ever published, by key, the oldest first."""
    wanted = select(ProcedureVersion.id).where(ProcedureVersion.status != "draft")
    return list(tx.scalars(wanted.order_by(ProcedureVersion.key, ProcedureVersion.number)))


def running(tx: Transaction) -> list[UUID]:
    """The ids of all versions that some procedure runs, in any case."""
    return list(tx.scalars(select(ProcedureRow.version_id).where(ProcedureRow.ended_at.is_(None)).distinct()))


def with_bundles(tx: Transaction, version_ids: Collection[UUID]) -> list[ProcedureVersion]:
    """These versions with all their files."""
    if not version_ids:
        return []
    return list(tx.scalars(select(ProcedureVersion).where(ProcedureVersion.id.in_(version_ids))))


def lock_published(tx: Transaction) -> dict[str, ProcedureVersion]:
    """What is published now, by key; nobody else publishes before this transaction ends. Cases may go on starting."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.status == "published").order_by(ProcedureVersion.key)
    locking = wanted.options(defer(ProcedureVersion.bundle)).with_for_update(key_share=True)
    # Whoever waited for the lock is told of rows that are published no more; what took their place is read again.
    tx.scalars(locking).all()
    fresh = wanted.options(defer(ProcedureVersion.bundle)).execution_options(populate_existing=True)
    return {row.key: row for row in tx.scalars(fresh)}


def next_number(tx: Transaction, key: str) -> int:
    """The number of the next version of a procedure."""
    return (tx.scalar(select(func.max(ProcedureVersion.number)).where(ProcedureVersion.key == key)) or 0) + 1


def by_number(tx: Transaction, key: str, number: int) -> ProcedureVersion | None:
    """The version of a procedure with this number, whatever its status."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.key == key, ProcedureVersion.number == number)
    return tx.scalars(wanted).one_or_none()
