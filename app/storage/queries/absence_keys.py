"""The keys that are locked for deputies: who gets them, who may have them opened now, and how they go."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, delete, exists, or_, select, update

from app.domain.roles import READERS, FileKind, Role
from app.storage.database import Transaction
from app.storage.queries.absences import counting
from app.storage.tables import Absence, AbsenceCase, AbsenceKey, CaseHandler, Draft, File, FileKey, Task, User


def to_lock_for(
    tx: Transaction, case_id: UUID, lane: Role, readers: Collection[UUID], *, now: datetime, day: date
) -> list[tuple[UUID, UUID, bytes]]:
    """Absence, deputy and public key of everybody who acts, or will act, in this lane for one of these readers, and is none."""
    wanted = counting(Absence.id, Absence.deputy_id, User.public_key, begun=False).join(User, User.id == Absence.deputy_id)
    wanted = wanted.where(AbsenceCase.case_id == case_id, AbsenceCase.lane == lane.value)
    wanted = wanted.where(Absence.owner_id.in_(readers), Absence.deputy_id.not_in(readers)).order_by(Absence.id)
    return [(absence, deputy, key) for absence, deputy, key in tx.execute(wanted, {"now": now, "day": day})]


def locked(tx: Transaction, file_id: UUID) -> set[tuple[UUID, int]]:
    """The absences for which keys of a file are locked, each with the epoch."""
    return {
        (absence, epoch)
        for absence, epoch in tx.execute(select(AbsenceKey.absence_id, AbsenceKey.epoch).where(AbsenceKey.file_id == file_id))
    }


def usable(tx: Transaction, file: File, user_id: UUID, *, now: datetime, day: date, lane: Role) -> list[tuple[AbsenceKey, UUID]]:
    """The keys of a file that may be opened for this person on this day, each with whom he acts for, who still has the lane."""
    handled = exists().where(
        *(CaseHandler.case_id == AbsenceCase.case_id, CaseHandler.lane == AbsenceCase.lane),
        *(CaseHandler.user_id == Absence.owner_id, CaseHandler.until.is_(None)),
    )
    wanted = counting(AbsenceKey, Absence.owner_id).join(AbsenceKey, AbsenceKey.absence_id == Absence.id)
    wanted = wanted.where(AbsenceCase.case_id == file.case_id, AbsenceCase.lane == lane.value, handled)
    wanted = wanted.where(Absence.deputy_id == user_id, AbsenceKey.file_id == file.id)
    found = tx.execute(wanted.order_by(AbsenceKey.epoch, AbsenceKey.absence_id), {"now": now, "day": day})
    return [(key, owner) for key, owner in found]


def opened_files(tx: Transaction, absence_id: UUID) -> list[File]:
    """The files that a deputy opened with the keys of an absence."""
    used = select(AbsenceKey.file_id).where(AbsenceKey.absence_id == absence_id, AbsenceKey.opened_at.is_not(None))
    return list(tx.scalars(select(File).where(File.id.in_(used)).order_by(File.id)))


def drop(tx: Transaction, absence_id: UUID) -> None:
    """Delete all keys of an absence."""
    tx.execute(delete(AbsenceKey).where(AbsenceKey.absence_id == absence_id))


def drop_drafts(tx: Transaction, absence: Absence) -> None:
    """Delete what the deputy typed and did not send in lanes that were left to him and that he does not handle himself."""
    own = exists().where(
        *(CaseHandler.procedure_id == Task.procedure_id, CaseHandler.lane == Task.lane),
        *(CaseHandler.user_id == absence.deputy_id, CaseHandler.until.is_(None)),
    )
    lent = and_(AbsenceCase.case_id == Task.case_id, AbsenceCase.lane == Task.lane, AbsenceCase.absence_id == absence.id)
    tasks = select(Task.id).join(AbsenceCase, lent).where(~own)
    tx.execute(delete(Draft).where(Draft.user_id == absence.deputy_id, Draft.task_id.in_(tasks)))


def end_lane(
    tx: Transaction, case_id: UUID, lane: Role, *, owners: Collection[UUID] = (), deputy_id: UUID | None = None, at: datetime
) -> tuple[list[UUID], list[File]]:
    """End what was left of a lane by these owners or to this deputy, keys included.

    Gives the deputies for whom it ended, and the files that one of them had opened.
    """
    whose = or_(Absence.owner_id.in_(owners), Absence.deputy_id == deputy_id)
    wanted = select(Absence.id, Absence.deputy_id).join(AbsenceCase, AbsenceCase.absence_id == Absence.id).where(whose)
    wanted = wanted.where(AbsenceCase.case_id == case_id, AbsenceCase.lane == lane.value)
    found = tx.execute(wanted.where(Absence.ended_at.is_(None), AbsenceCase.ended_at.is_(None))).all()
    if not found:
        return [], []
    ids = [absence_id for absence_id, _ in found]
    kinds = [kind.value for kind, reader in READERS.items() if reader is lane]
    files = select(File.id).where(File.case_id == case_id, File.kind.in_(kinds))
    used = select(AbsenceKey.file_id).where(AbsenceKey.absence_id.in_(ids), AbsenceKey.opened_at.is_not(None))
    opened = list(tx.scalars(select(File).where(File.id.in_(files), File.id.in_(used)).order_by(File.id)))
    here = (AbsenceCase.absence_id.in_(ids), AbsenceCase.case_id == case_id, AbsenceCase.lane == lane.value)
    tx.execute(update(AbsenceCase).where(*here).values(ended_at=at))
    tx.execute(delete(AbsenceKey).where(AbsenceKey.absence_id.in_(ids), AbsenceKey.file_id.in_(files)))
    return [deputy for _, deputy in found if deputy is not None], opened


def present_holders(tx: Transaction, file: File) -> list[UUID]:
    """Who holds a key of a file's present epoch."""
    wanted = select(FileKey.user_id).where(FileKey.file_id == file.id, FileKey.epoch == file.epoch)
    return list(tx.scalars(wanted.order_by(FileKey.user_id)))


def has_keys(tx: Transaction, case_id: UUID, user_id: UUID) -> set[FileKind]:
    """The files of a case of which a key is locked for this person; whether one opens is asked when he opens it."""
    wanted = select(File.kind).join(AbsenceKey, and_(AbsenceKey.file_id == File.id, AbsenceKey.epoch == File.epoch))
    wanted = wanted.join(Absence, Absence.id == AbsenceKey.absence_id)
    mine = wanted.where(File.case_id == case_id, Absence.deputy_id == user_id, Absence.ended_at.is_(None))
    return {FileKind(kind) for kind in tx.scalars(mine)}
