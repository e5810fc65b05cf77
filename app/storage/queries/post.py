"""Mail that did not leave, for whoever administers a board: people and kinds of failure, of messages to people of that board."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.storage.database import Transaction
from app.storage.queries.people import holds
from app.storage.tables import Case, Invitation, Letter, Membership, Outbox, User

_FAILED: Final = or_(Outbox.state == "given_up", and_(Outbox.state == "waiting", Outbox.last_error.is_not(None)))


@dataclass(frozen=True, slots=True)
class Going:
    """How mail goes: what waits for people of these boards; when any message left last; failures since, the last first."""

    waiting: int
    last_sent_at: datetime | None
    failing: list[str]


def administered(tx: Transaction, user_id: UUID, role: str, now: datetime) -> list[UUID]:
    """The boards at which a person holds this role now."""
    wanted = select(Membership.board_id).where(Membership.user_id == user_id, Membership.role == role, holds(now))
    return list(tx.scalars(wanted.distinct()))


def failed(tx: Transaction, boards: Collection[UUID], now: datetime, limit: int) -> list[tuple[Outbox, str]]:
    """Messages to people of these boards that did not leave, with their receiver's name: first what was given up."""
    wanted = select(Outbox, User.name).join(User, User.id == Outbox.user_id).outerjoin(Case, Case.id == Outbox.case_id)
    order = (Outbox.state, Outbox.queued_at.desc(), Outbox.id)
    return [(row, name) for row, name in tx.execute(wanted.where(_FAILED, _of(boards, now)).order_by(*order).limit(limit))]


def failed_letters(tx: Transaction, boards: Collection[UUID], limit: int) -> list[tuple[Letter, str, UUID]]:
    """The same of the mail of administration: an invitation's address, or who hears that proposals wait; and the board."""
    stuck = or_(Letter.state == "given_up", and_(Letter.state == "waiting", Letter.last_error.is_not(None)))
    board = func.coalesce(Invitation.board_id, Letter.board_id)
    wanted = select(Letter, func.coalesce(Invitation.email, User.name), board).outerjoin(User, User.id == Letter.user_id)
    wanted = wanted.outerjoin(Invitation, Invitation.id == Letter.invitation_id)
    found = wanted.where(stuck, board.in_(boards)).order_by(Letter.state, Letter.queued_at.desc(), Letter.id).limit(limit)
    return [(row, receiver, board_id) for row, receiver, board_id in tx.execute(found)]


def one_failed(tx: Transaction, boards: Collection[UUID], message_id: UUID, now: datetime) -> tuple[Outbox | Letter, UUID] | None:
    """One of these messages, or a letter that was given up, locked, with the board it concerns. Invitations are none of them."""
    found = _messages(tx, boards, now, Outbox.id == message_id) or _letters(tx, boards, Letter.id == message_id)
    return found[0] if found else None


def given_up(tx: Transaction, boards: Collection[UUID], now: datetime) -> list[tuple[Outbox | Letter, UUID]]:
    """All messages and letters of these boards that were given up, locked, each with the board it concerns; no invitations."""
    return [*_messages(tx, boards, now, Outbox.state == "given_up"), *_letters(tx, boards)]


def _messages(
    tx: Transaction, boards: Collection[UUID], now: datetime, which: ColumnElement[bool]
) -> list[tuple[Outbox | Letter, UUID]]:
    works = select(Membership.board_id).where(Membership.user_id == Outbox.user_id, Membership.board_id.in_(boards), holds(now))
    board = func.coalesce(Case.board_id, works.order_by(Membership.board_id).limit(1).correlate(Outbox).scalar_subquery())
    wanted = select(Outbox, board).outerjoin(Case, Case.id == Outbox.case_id).where(which, _FAILED, _of(boards, now))
    locked = wanted.order_by(Outbox.id).with_for_update(of=Outbox).execution_options(populate_existing=True)
    return [(row, board_id) for row, board_id in tx.execute(locked)]


def _letters(tx: Transaction, boards: Collection[UUID], *which: ColumnElement[bool]) -> list[tuple[Outbox | Letter, UUID]]:
    wanted = select(Letter).where(Letter.state == "given_up", Letter.board_id.in_(boards), *which).order_by(Letter.id)
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return [(row, row.board_id) for row in tx.scalars(locked) if row.board_id is not None]


def going(tx: Transaction, boards: Collection[UUID], now: datetime) -> Going:
    """How mail goes, in two statements."""
    waits = select(func.count()).select_from(Outbox).outerjoin(Case, Case.id == Outbox.case_id)
    sent = select(func.max(Outbox.sent_at)).scalar_subquery()
    waiting, last_sent_at = tx.execute(
        select(waits.where(Outbox.state == "waiting", _of(boards, now)).scalar_subquery(), sent)
    ).one()
    failing = select(Outbox.last_error).where(Outbox.state == "waiting", Outbox.last_error.is_not(None))
    if last_sent_at is not None:
        failing = failing.where(Outbox.tried_at > last_sent_at)
    kinds = failing.group_by(Outbox.last_error).order_by(func.max(Outbox.tried_at).desc())
    return Going(waiting, last_sent_at, [kind for kind in tx.scalars(kinds) if kind is not None])


def _of(boards: Collection[UUID], now: datetime) -> ColumnElement[bool]:
    # Of a person who works for other boards too, only what concerns these; a digest concerns the person.
    belongs = exists().where(Membership.user_id == Outbox.user_id, Membership.board_id.in_(boards), holds(now)).correlate(Outbox)
    return and_(belongs, or_(Outbox.case_id.is_(None), Case.board_id.in_(boards)))
