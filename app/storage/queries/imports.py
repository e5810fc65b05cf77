"""Files of people that somebody looks at before he imports them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from app.storage.database import Transaction
from app.storage.tables import ImportFile


def import_file(tx: Transaction, board_id: UUID, user_id: UUID, file_id: UUID, *, locks: bool = False) -> ImportFile | None:
    """A file that this person looks at before he imports it."""
    wanted = select(ImportFile).where(ImportFile.id == file_id, ImportFile.board_id == board_id, ImportFile.user_id == user_id)
    return tx.scalars(wanted.with_for_update() if locks else wanted).one_or_none()


def drop_import_file(tx: Transaction, file_id: UUID) -> None:
    """Forget a file that was imported."""
    tx.execute(delete(ImportFile).where(ImportFile.id == file_id))


def drop_import_files(tx: Transaction, *, before: datetime) -> None:
    """Forget files that nobody imported."""
    tx.execute(delete(ImportFile).where(ImportFile.uploaded_at < before))
