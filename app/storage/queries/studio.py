"""Drafts of the studio and their saves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.storage.database import Transaction
from app.storage.tables import ProcedureVersion, StudioDraft, StudioSave, User


def open_drafts(tx: Transaction) -> dict[str, StudioDraft]:
    """All drafts that are being drawn, by key of the procedure."""
    return {draft.key: draft for draft in tx.scalars(select(StudioDraft).where(StudioDraft.state == "open"))}


def open_draft(tx: Transaction, key: str, *, locks: bool = False) -> StudioDraft | None:
    """The draft of a procedure that is being drawn; locked, nobody else saves in it before this transaction ends."""
    wanted = select(StudioDraft).where(StudioDraft.key == key, StudioDraft.state == "open")
    return tx.scalars(wanted.with_for_update() if locks else wanted).one_or_none()


def dropped_draft(tx: Transaction, key: str, draft_id: UUID) -> StudioDraft | None:
    """A draft of a procedure that was thrown away; locked, so that one person picks it up."""
    wanted = select(StudioDraft).where(StudioDraft.id == draft_id, StudioDraft.key == key, StudioDraft.state == "dropped")
    return tx.scalars(wanted.with_for_update()).one_or_none()


def last_dropped(tx: Transaction) -> list[StudioDraft]:
    """Of each procedure without a version and without an open draft, the draft with saves that was thrown away last."""
    left = select(ProcedureVersion.key).where(ProcedureVersion.status != "draft")
    drawn = select(StudioDraft.key).where(StudioDraft.state == "open")
    saved = select(StudioSave.id).where(StudioSave.draft_id == StudioDraft.id).exists()
    alone = StudioDraft.key.not_in(left), StudioDraft.key.not_in(drawn)
    wanted = select(StudioDraft).where(StudioDraft.state == "dropped", saved, *alone).order_by(StudioDraft.closed_at)
    return list({draft.key: draft for draft in tx.scalars(wanted)}.values())


def latest(tx: Transaction, draft_id: UUID) -> list[tuple[StudioSave, str]]:
    """The last save of each file of a draft, with who saved it."""
    newest = (
        select(StudioSave.file, func.max(StudioSave.number).label("number"))
        .where(StudioSave.draft_id == draft_id)
        .group_by(StudioSave.file)
        .subquery()
    )
    wanted = (
        select(StudioSave, User.name)
        .join(newest, (newest.c.file == StudioSave.file) & (newest.c.number == StudioSave.number))
        .join(User, User.id == StudioSave.saved_by)
        .where(StudioSave.draft_id == draft_id)
        .order_by(StudioSave.file)
    )
    return [(save, name) for save, name in tx.execute(wanted)]


def saves(tx: Transaction, draft_id: UUID, file: str) -> list[tuple[int, str, datetime, bool]]:
    """The saves of one file, the newest first: number, by whom, when, and whether it was taken away then."""
    wanted = (
        select(StudioSave.number, User.name, StudioSave.saved_at, StudioSave.content.is_(None))
        .join(User, User.id == StudioSave.saved_by)
        .where(StudioSave.draft_id == draft_id, StudioSave.file == file)
        .order_by(StudioSave.number.desc())
    )
    return [(number, name, at, gone) for number, name, at, gone in tx.execute(wanted)]


def save(tx: Transaction, draft_id: UUID, file: str, number: int) -> StudioSave | None:
    """One save of a file."""
    wanted = select(StudioSave).where(StudioSave.draft_id == draft_id, StudioSave.file == file, StudioSave.number == number)
    return tx.scalars(wanted).one_or_none()


def drawers(tx: Transaction, draft_id: UUID) -> dict[UUID, str]:
    """Everybody who saved something in a draft, by id."""
    wanted = select(User.id, User.name).where(User.id.in_(select(StudioSave.saved_by).where(StudioSave.draft_id == draft_id)))
    return {user_id: name for user_id, name in tx.execute(wanted.order_by(User.name))}


def last_saved(tx: Transaction) -> dict[UUID, tuple[datetime, str]]:
    """When each open draft was last saved, and by whom, by id of the draft."""
    opened = select(StudioDraft.id).where(StudioDraft.state == "open")
    newest = (
        select(StudioSave.draft_id, func.max(StudioSave.saved_at).label("at"))
        .where(StudioSave.draft_id.in_(opened))
        .group_by(StudioSave.draft_id)
        .subquery()
    )
    wanted = (
        select(StudioSave.draft_id, StudioSave.saved_at, User.name)
        .join(newest, (newest.c.draft_id == StudioSave.draft_id) & (newest.c.at == StudioSave.saved_at))
        .join(User, User.id == StudioSave.saved_by)
    )
    return {draft_id: (at, name) for draft_id, at, name in tx.execute(wanted)}


def published_rows(tx: Transaction) -> list[ProcedureVersion]:
    """The versions that new cases start with, by key; without their files."""
    wanted = select(ProcedureVersion).where(ProcedureVersion.status == "published").order_by(ProcedureVersion.key)
    return list(tx.scalars(wanted))
