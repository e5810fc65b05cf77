"""Reviews of drafts, reasons for their warnings, and who drew, may review and may publish."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.people import holds
from app.storage.tables import Membership, StudioDraft, StudioReason, StudioReview, StudioSave, User


def last_review(tx: Transaction, draft_id: UUID) -> StudioReview | None:
    """The review that was asked last of a draft."""
    wanted = select(StudioReview).where(StudioReview.draft_id == draft_id)
    return tx.scalars(wanted.order_by(StudioReview.asked_at.desc(), StudioReview.id).limit(1)).one_or_none()


def reviews(tx: Transaction, draft_id: UUID) -> list[StudioReview]:
    """All reviews of a draft, the newest first."""
    wanted = select(StudioReview).where(StudioReview.draft_id == draft_id)
    return list(tx.scalars(wanted.order_by(StudioReview.asked_at.desc(), StudioReview.id)))


def reasons(tx: Transaction, draft_id: UUID) -> list[tuple[StudioReason, str]]:
    """The reasons that were given for warnings of a draft, the oldest first, with who gave them."""
    wanted = select(StudioReason, User.name).join(User, User.id == StudioReason.given_by)
    ordered = wanted.where(StudioReason.draft_id == draft_id).order_by(StudioReason.given_at, StudioReason.id)
    return [(row, name) for row, name in tx.execute(ordered)]


def names(tx: Transaction, user_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """The names of these people."""
    wanted = select(User.id, User.name).where(User.id.in_({one for one in user_ids if one is not None}))
    return {user_id: name for user_id, name in tx.execute(wanted)}


def closed_drafts(tx: Transaction, key: str) -> list[StudioDraft]:
    """The drafts of a procedure that were published or thrown away, the newest first."""
    wanted = select(StudioDraft).where(StudioDraft.key == key, StudioDraft.state != "open")
    return list(tx.scalars(wanted.order_by(StudioDraft.closed_at.desc())))


def drawers_of(tx: Transaction, draft_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The names of everybody who saved something in these drafts, by draft."""
    wanted = select(StudioSave.draft_id, User.name).join(User, User.id == StudioSave.saved_by)
    each = wanted.where(StudioSave.draft_id.in_(draft_ids)).distinct().order_by(User.name)
    found: dict[UUID, list[str]] = {}
    for draft_id, name in tx.execute(each):
        found.setdefault(draft_id, []).append(name)
    return found


def boards_drawn_for(tx: Transaction, user_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """The boards at which one of these people is process owner."""
    owner = (Membership.role == Role.PROCESS_OWNER.value, Membership.user_id.in_(user_ids))
    return set(tx.scalars(select(Membership.board_id).where(*owner, holds(now))))


def reviewers(tx: Transaction, board_id: UUID, now: datetime) -> set[UUID]:
    """The board members and process owners of a board."""
    roles = Membership.role.in_([Role.BOARD.value, Role.PROCESS_OWNER.value])
    return set(tx.scalars(select(Membership.user_id).where(Membership.board_id == board_id, roles, holds(now))))


def waits_for(tx: Transaction, user_id: UUID) -> bool:
    """Whether a review waits that somebody may give, as far as he neither drew nor asked."""
    drew = select(StudioSave.id).where(StudioSave.draft_id == StudioDraft.id, StudioSave.saved_by == user_id).exists()
    wanted = select(StudioReview.id).join(StudioDraft, StudioDraft.id == StudioReview.draft_id).where(StudioDraft.state == "open")
    mine = wanted.where(StudioReview.verdict.is_(None), StudioReview.asked_by != user_id, ~drew)
    return tx.scalar(mine.limit(1)) is not None


def boards_that_draw(tx: Transaction, now: datetime) -> set[UUID]:
    """The boards that have a process owner."""
    return set(tx.scalars(select(Membership.board_id).where(Membership.role == Role.PROCESS_OWNER.value, holds(now)).distinct()))
