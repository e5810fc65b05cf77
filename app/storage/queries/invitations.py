"""Invitations with their letters, and proposals of roles that wait for a second person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from app.storage.database import Transaction
from app.storage.queries.directory import parts
from app.storage.tables import Invitation, Letter, Proposal

MOST_SHOWN: Final = 200


def open_invitations(tx: Transaction, board_id: UUID, *, limit: int, offset: int) -> list[tuple[Invitation, Letter | None]]:
    """Invitations that nobody accepted and nobody revoked, the newest first, each with its last letter."""
    later = aliased(Letter)
    newer = select(later.id).where(later.invitation_id == Invitation.id, later.queued_at > Letter.queued_at).exists()
    last = and_(Letter.invitation_id == Invitation.id, Letter.state != "not_needed", ~newer)
    wanted = select(Invitation, Letter).outerjoin(Letter, last).where(Invitation.board_id == board_id, _waits())
    ordered = wanted.order_by(Invitation.invited_at.desc(), Invitation.name, Invitation.id)
    return [(row, letter) for row, letter in tx.execute(ordered.limit(limit).offset(offset))]


def number_of_invitations(tx: Transaction, board_id: UUID) -> int:
    """How many invitations nobody accepted and nobody revoked."""
    return tx.scalar(select(func.count()).select_from(Invitation).where(Invitation.board_id == board_id, _waits())) or 0


def invitation(tx: Transaction, board_id: UUID, invitation_id: UUID) -> Invitation | None:
    """An open invitation of a board, locked."""
    wanted = select(Invitation).where(Invitation.id == invitation_id, Invitation.board_id == board_id, _waits())
    return tx.scalars(wanted.with_for_update()).one_or_none()


def invitations_by_email(tx: Transaction, board_id: UUID, emails: Iterable[str]) -> dict[str, Invitation]:
    """Open invitations of a board to these addresses."""
    wanted = select(Invitation).where(Invitation.board_id == board_id, _waits())
    found = (tx.scalars(wanted.where(Invitation.email.in_(part))) for part in parts(sorted(set(emails))))
    return {row.email: row for part in found for row in part}


def invitation_by_token(tx: Transaction, token_hash: bytes, now: datetime, *, locks: bool) -> Invitation | None:
    """The invitation that a link opens now."""
    wanted = select(Invitation).where(Invitation.token_hash == token_hash, _waits(), Invitation.ends_at > now)
    return tx.scalars(wanted.with_for_update() if locks else wanted).one_or_none()


def open_proposals(tx: Transaction, board_ids: Iterable[UUID]) -> list[Proposal]:
    """Proposals at these boards that a second person could confirm, the eldest first; no more than a page can show."""
    wanted = select(Proposal).where(Proposal.board_id.in_(list(board_ids)), Proposal.state == "open")
    ready = wanted.where(Proposal.user_id.is_not(None))  # who was invited, and has not accepted, has no key to compare
    return list(tx.scalars(ready.order_by(Proposal.proposed_at, Proposal.id).limit(MOST_SHOWN)))


def open_proposals_for(tx: Transaction, board_id: UUID, user_id: UUID) -> list[Proposal]:
    """The open proposals of a board for one person, the eldest first."""
    wanted = select(Proposal).where(Proposal.board_id == board_id, Proposal.user_id == user_id, Proposal.state == "open")
    return list(tx.scalars(wanted.order_by(Proposal.proposed_at, Proposal.id)))


def proposal(tx: Transaction, proposal_id: UUID, *, locks: bool = False) -> Proposal | None:
    """A proposal."""
    wanted = select(Proposal).where(Proposal.id == proposal_id)
    return tx.scalars(wanted.with_for_update() if locks else wanted).one_or_none()


def proposals_of(tx: Transaction, invitation_ids: Iterable[UUID]) -> list[Proposal]:
    """The open proposals for people who were invited."""
    wanted = select(Proposal).where(Proposal.invitation_id.in_(list(invitation_ids)), Proposal.state == "open")
    return list(tx.scalars(wanted.order_by(Proposal.proposed_at, Proposal.id)))


def due_letters(tx: Transaction, now: datetime, limit: int) -> list[UUID]:
    """The ids of letters whose next try has come, the longest waiting first. Locks nothing: claim before you act."""
    wanted = select(Letter.id).where(Letter.state == "waiting", Letter.next_try_at <= now)
    return list(tx.scalars(wanted.order_by(Letter.next_try_at, Letter.queued_at, Letter.id).limit(limit)))


def last_letter_to(tx: Transaction, notice: str, user_id: UUID, board_id: UUID) -> Letter | None:
    """The last letter of a kind about a board to one of its people."""
    wanted = select(Letter).where(Letter.user_id == user_id, Letter.board_id == board_id, Letter.notice == notice)
    return tx.scalars(wanted.order_by(Letter.queued_at.desc(), Letter.id).limit(1)).one_or_none()


def all_asked(tx: Transaction, board_id: UUID) -> list[Proposal]:
    """All open proposals of a board."""
    return list(tx.scalars(select(Proposal).where(Proposal.board_id == board_id, Proposal.state == "open")))


def claim_letter(tx: Transaction, letter_id: UUID, now: datetime) -> Letter | None:
    """Lock a due letter; None when another worker has it, or it is not due any more."""
    due = select(Letter).where(Letter.id == letter_id, Letter.state == "waiting", Letter.next_try_at <= now)
    return tx.scalars(due.with_for_update(skip_locked=True).execution_options(populate_existing=True)).one_or_none()


def waiting_letters(tx: Transaction, invitation_id: UUID) -> list[Letter]:
    """Letters of an invitation that have not left yet, given up or not, locked."""
    wanted = select(Letter).where(Letter.invitation_id == invitation_id, Letter.state.in_(("waiting", "given_up")))
    return list(tx.scalars(wanted.with_for_update()))


def _waits() -> ColumnElement[bool]:
    return and_(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
