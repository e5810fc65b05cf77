"""Published versions of procedures."""

from uuid import UUID

from sqlalchemy import func, select, update

from app.storage.database import Transaction
from app.storage.tables import ProcedureVersion


def published(tx: Transaction) -> list[tuple[str, UUID]]:
    """Key and id of each version that new cases start with; one per key."""
    wanted = select(ProcedureVersion.key, ProcedureVersion.id).where(ProcedureVersion.status == "published")
    return [(key, version_id) for key, version_id in tx.execute(wanted.order_by(ProcedureVersion.key))]


def numbered(tx: Transaction) -> list[tuple[UUID, str, int]]:
    """Id, key and number of all versions that cases may run, by key, the newest first."""
    wanted = select(ProcedureVersion.id, ProcedureVersion.key, ProcedureVersion.number).where(ProcedureVersion.status != "draft")
    ordered = wanted.order_by(ProcedureVersion.key, ProcedureVersion.number.desc())
    return [(version_id, key, number) for version_id, key, number in tx.execute(ordered)]


def by_sha256(tx: Transaction, key: str, sha256: str) -> ProcedureVersion | None:
    """The version that freezes exactly these files, whatever its status."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.key == key, ProcedureVersion.sha256 == sha256)
    return tx.scalars(wanted).one_or_none()


def next_number(tx: Transaction, key: str) -> int:
    """The number of the next version of a procedure."""
    return (tx.scalar(select(func.max(ProcedureVersion.number)).where(ProcedureVersion.key == key)) or 0) + 1


def retire(tx: Transaction, key: str) -> None:
    """Retire what is published of a procedure; running cases keep it."""
    where = (ProcedureVersion.key == key, ProcedureVersion.status == "published")
    tx.execute(update(ProcedureVersion).where(*where).values(status="retired"))


def by_number(tx: Transaction, key: str, number: int) -> ProcedureVersion | None:
    """The version of a procedure with this number, whatever its status."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.key == key, ProcedureVersion.number == number)
    return tx.scalars(wanted).one_or_none()
