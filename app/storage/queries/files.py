"""Sealed files: which there are, who holds a key, and their entries. All content is ciphertext."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, select

from app.domain.events import EventKind
from app.domain.roles import FileKind, Role
from app.storage.database import Transaction
from app.storage.queries.people import candidates, still_handles
from app.storage.tables import AbsenceKey, Case, CaseHandler, Draft, Entry, Event, File, FileEpoch, FileKey, Task, User

# Asked at every transition, so put together once.
_WITH_EPOCH: Final = (
    select(File, FileEpoch)
    .join(FileEpoch, and_(FileEpoch.file_id == File.id, FileEpoch.epoch == File.epoch))
    .where(File.case_id == bindparam("case_id"), File.kind == bindparam("kind"))
)


def file_with_epoch(tx: Transaction, case_id: UUID, kind: FileKind) -> tuple[File, FileEpoch] | None:
    """A file of a case with the epoch that new entries are written under."""
    row = tx.execute(_WITH_EPOCH, {"case_id": case_id, "kind": kind.value}).one_or_none()
    return None if row is None else (row[0], row[1])


def public_keys(tx: Transaction, user_ids: list[UUID]) -> list[tuple[UUID, bytes]]:
    """The public keys of these people."""
    return list(tx.execute(select(User.id, User.public_key).where(User.id.in_(user_ids)).order_by(User.id)))


def files_of(tx: Transaction, case_id: UUID) -> list[File]:
    """The files of a case."""
    return list(tx.scalars(select(File).where(File.case_id == case_id).order_by(File.created_at)))


def epochs_of(tx: Transaction, file_id: UUID) -> list[FileEpoch]:
    """All epochs of a file, the oldest first."""
    return list(tx.scalars(select(FileEpoch).where(FileEpoch.file_id == file_id).order_by(FileEpoch.epoch)))


def keys_of(tx: Transaction, file_id: UUID) -> list[FileKey]:
    """Who holds a key of which epoch of a file."""
    return list(tx.scalars(select(FileKey).where(FileKey.file_id == file_id).order_by(FileKey.epoch, FileKey.user_id)))


def entries_of(tx: Transaction, file_id: UUID) -> list[tuple[Entry, str, str | None]]:
    """All entries of a file in order, each with its author's name and the element of its task."""
    wanted = (
        select(Entry, User.name, Task.element_id).join(User, User.id == Entry.author_id).outerjoin(Task, Task.id == Entry.task_id)
    )
    found = tx.execute(wanted.where(Entry.file_id == file_id).order_by(Entry.at, Entry.id))
    return [(entry, name, element_id) for entry, name, element_id in found]


def number_of_entries(tx: Transaction, file_id: UUID) -> int:
    """How many entries of a file somebody can open: those whose epochs nobody holds a key of are gone for good."""
    opens = select(FileKey.epoch).where(FileKey.file_id == file_id)
    return tx.scalar(select(func.count()).where(Entry.file_id == file_id, Entry.epoch.in_(opens))) or 0


def shared_commitments(tx: Transaction, case_id: UUID) -> set[bytes | None]:
    """The commitments of what was shared out of one file into another, as the history of a case tells it."""
    return set(tx.scalars(select(Event.commitment).where(Event.case_id == case_id, Event.kind == EventKind.ENTRY_SHARED)))


def waiting_readers(tx: Transaction, case: Case, role: Role, holders: set[UUID], now: datetime) -> list[User]:
    """Who handles the lane that reads a file of this case, may still do so, and holds no key of it yet; by name."""
    handling = select(CaseHandler.user_id).where(
        CaseHandler.case_id == case.id, CaseHandler.lane == role.value, CaseHandler.until.is_(None)
    )
    allowed = {user.id for user in candidates(tx, role, board_id=case.board_id, school_id=case.school_id, now=now)}
    wanted = select(User).where(User.id.in_(handling), User.id.in_(allowed - holders)).order_by(User.name, User.id)
    return list(tx.scalars(wanted))


def has_reader(tx: Transaction, case: Case, file: File, role: Role, now: datetime) -> bool:
    """Whether somebody holds a key of what is written into a file now, and still handles the lane that reads it."""
    handling = select(CaseHandler.id).where(CaseHandler.case_id == case.id, CaseHandler.lane == role.value)
    sitting = handling.where(CaseHandler.until.is_(None), still_handles(case.school_id, now))
    opens = sitting.join(FileKey, FileKey.user_id == CaseHandler.user_id)
    return tx.scalar(opens.where(FileKey.file_id == file.id, FileKey.epoch == file.epoch).limit(1)) is not None


def drop_keys(tx: Transaction, file_id: UUID, user_id: UUID) -> None:
    """Take all keys of a file away from a person."""
    tx.execute(delete(FileKey).where(FileKey.file_id == file_id, FileKey.user_id == user_id))


def drop_keys_before(tx: Transaction, file_id: UUID, epoch: int) -> None:
    """Take all keys of earlier epochs of a file away from everybody, lent ones too."""
    tx.execute(delete(AbsenceKey).where(AbsenceKey.file_id == file_id, AbsenceKey.epoch < epoch))
    tx.execute(delete(FileKey).where(FileKey.file_id == file_id, FileKey.epoch < epoch))


def drop_drafts(tx: Transaction, task_id: UUID) -> None:
    """Drafts go when their task ends."""
    with tx.no_autoflush:  # no draft is pending here, and the rest of a transition is written together later
        tx.execute(delete(Draft).where(Draft.task_id == task_id))


def drop_own_draft(tx: Transaction, task_id: UUID, user_id: UUID) -> None:
    """A draft goes when its author gives the task back."""
    tx.execute(delete(Draft).where(Draft.task_id == task_id, Draft.user_id == user_id))
