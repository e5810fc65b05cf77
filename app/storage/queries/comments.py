"""Comments of sealed files, counted by who can open them, and marks of those that somebody did not see yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, case, delete, func, select, tuple_

from app.domain.comments import COMMENT
from app.domain.roles import READERS, FileKind
from app.storage.database import Transaction
from app.storage.queries.people import lanes_held
from app.storage.tables import Case, CaseHandler, Entry, File, FileKey, NewComment
from app.storage.types import Moment

_USER, _NOW = bindparam("user_id", type_=Uuid()), bindparam("now", type_=Moment())
_LANE: Final = case({kind.value: role.value for kind, role in READERS.items()}, value=File.kind)
_IS_COMMENT: Final = and_(Entry.form_id == COMMENT, Entry.task_id.is_(None))
# Asked with lists that work starts from, so put together once. It starts at marks, of which there are few.
_WAITING: Final = (
    select(Case.number)
    .select_from(NewComment)
    .join(File, File.id == NewComment.file_id)
    .join(Case, Case.id == File.case_id)
    .join(CaseHandler, and_(CaseHandler.case_id == Case.id, CaseHandler.user_id == _USER, CaseHandler.until.is_(None)))
    .where(NewComment.user_id == _USER, CaseHandler.lane == _LANE)
    .where(tuple_(CaseHandler.lane, Case.school_id).in_(lanes_held(_USER, _NOW)))
    .distinct()
    .order_by(Case.number)
)
_NUMBERS: Final = (
    select(File.kind, func.count(Entry.id), func.count(NewComment.entry_id))
    .join(FileKey, and_(FileKey.file_id == File.id, FileKey.user_id == _USER))
    .join(Entry, and_(Entry.file_id == File.id, Entry.epoch == FileKey.epoch, _IS_COMMENT))
    .outerjoin(NewComment, and_(NewComment.entry_id == Entry.id, NewComment.user_id == _USER))
    .where(File.case_id == bindparam("case_id", type_=Uuid()))
    .group_by(File.kind)
)


def numbers(tx: Transaction, case_id: UUID, user_id: UUID) -> dict[FileKind, tuple[int, int]]:
    """By file: how many comments this person holds a key of, and how many of them he did not see yet. One statement."""
    found = tx.execute(_NUMBERS, {"case_id": case_id, "user_id": user_id})
    return {FileKind(kind): (all_of_them, new) for kind, all_of_them, new in found}


def waiting(tx: Transaction, user_id: UUID, now: datetime) -> list[str]:
    """The numbers of the cases in which comments wait for a person, as far as he still handles the lane that reads them."""
    return list(tx.scalars(_WAITING, {"user_id": user_id, "now": now}))


def tell(tx: Transaction, entry_id: UUID, keys: Iterable[FileKey]) -> None:
    """A comment is new to those who hold these keys."""
    tx.add_all(NewComment(entry_id=entry_id, user_id=key.user_id, file_id=key.file_id, epoch=key.epoch) for key in keys)


def see(tx: Transaction, file_id: UUID, user_id: UUID) -> set[UUID]:
    """A person reads a file: no comment in it is new to him any more. Gives those that were."""
    gone = delete(NewComment).where(NewComment.file_id == file_id, NewComment.user_id == user_id)
    return set(tx.scalars(gone.returning(NewComment.entry_id)))
