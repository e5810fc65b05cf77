"""Roles that wait for a second person: who may confirm, and what comes of it.

A proposer and a confirmer, neither of them the appointed: the administrator and a sitting holder of the role, else a board
member.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.clock import AMSTERDAM
from app.domain.administration import AdminKind, unfree
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.policy import may_hold
from app.domain.roles import Role
from app.services.administration import access
from app.services.administration.log import About, Deed
from app.services.administration.sitting import People
from app.services.context import Actor, App
from app.services.views.appointing import ProposalLine
from app.storage.database import Transaction
from app.storage.queries import departures
from app.storage.queries import directory as queries
from app.storage.queries import invitations as proposal_queries
from app.storage.tables import Membership, Proposal, User
from app.vault.envelope import PublicKey
from app.vault.people import fingerprint

APART = "Een interne vertrouwenspersoon kan geen aandachtsfunctionaris zijn (Handreiking 7.9). Kies iemand anders."
_CHANGED = "Het kenmerk is veranderd sinds je de pagina opende. Vergelijk het opnieuw."
_ABSENT = "Deze persoon heeft de uitnodiging nog niet aangenomen. Daarna vergelijk je het kenmerk, en bevestig je."
_NOT_COMPARED = "Vink aan dat je het kenmerk met deze persoon hebt vergeleken."
_GONE = "Over dit voorstel is al beslist. Ga terug en kijk wat er staat."


def mine(app: App, actor: Actor) -> tuple[ProposalLine, ...]:
    """What waits for this person to confirm, at all boards at which he is somebody."""
    now = app.clock()
    with app.database.read() as tx:
        return to_confirm(tx, actor, {place.board_id for place in actor.places}, now)


def to_confirm(tx: Transaction, actor: Actor, board_ids: Iterable[UUID], now: datetime) -> tuple[ProposalLine, ...]:
    """Open proposals at these boards that this person may confirm, the eldest first."""
    rows = proposal_queries.open_proposals(tx, board_ids)
    return tuple(line for line in lines(tx, actor, rows, now) if line.may_confirm) if rows else ()


def waits_for(tx: Transaction, user_id: UUID, board_id: UUID, now: datetime) -> bool:
    """Whether there is anything at a board that this person may confirm."""
    people = People.of(tx, board_id, now)
    return any(user_id in people.confirmers(row) for row in proposal_queries.open_proposals(tx, [board_id]))


def one(app: App, actor: Actor, proposal_id: UUID) -> ProposalLine:
    """An open proposal, for whoever may confirm or withdraw it. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        return _seen(tx, actor, _open(tx, proposal_id), now)


def confirm(app: App, actor: Actor, proposal_id: UUID, raw: Mapping[str, str]) -> ProposalLine:
    """Confirm a role, after comparing the fingerprint of the appointed with what he reads out himself.

    Raises NotFound, Forbidden for who may not, InvalidAnswers, Conflict.
    """
    now = app.clock()
    with app.database.write() as tx:
        row = _open(tx, proposal_id, locks=True)
        line = _seen(tx, actor, row, now)
        if not line.may_confirm:
            raise Forbidden
        user = tx.get(User, row.user_id) if row.user_id else None
        if user is None:
            raise Conflict(_ABSENT)
        if raw.get("fingerprint") != fingerprint(PublicKey(user.public_key)):
            raise Conflict(_CHANGED)
        if raw.get("compared") != "ja":
            raise InvalidAnswers({"compared": _NOT_COMPARED})
        _appoint(tx, actor, row, user, now)
    return line


def refuse(app: App, actor: Actor, proposal_id: UUID) -> ProposalLine:
    """Refuse a role that somebody else proposed. Raises NotFound, Forbidden."""
    return _drop(app, actor, proposal_id, state="refused")


def withdraw(app: App, actor: Actor, proposal_id: UUID) -> ProposalLine:
    """Withdraw a proposal: whoever made it, or keeps the board's directory. Raises NotFound, Forbidden."""
    return _drop(app, actor, proposal_id, state="withdrawn")


def lines(tx: Transaction, actor: Actor, rows: Iterable[Proposal], now: datetime) -> list[ProposalLine]:
    """Proposals as this person sees them."""
    rows = list(rows)
    boards = {row.board_id for row in rows}
    people = {board_id: People.of(tx, board_id, now) for board_id in boards}
    kept = {desk.board_id for desk in access.kept(tx, actor, now)}
    names = queries.names(tx, [x for row in rows for x in (row.user_id, row.proposed_by)], [row.invitation_id for row in rows])
    places = {board.id: board.name for board in queries.boards(tx, boards)}
    schools = {school.id: school.name for board_id in boards for school in queries.schools(tx, board_id)}
    users = queries.users(tx, [row.user_id for row in rows if row.user_id])
    found = []
    for row in rows:
        here, user = people[row.board_id], users.get(row.user_id) if row.user_id else None
        role = Role(row.role)
        confirmers = here.confirmers(row)
        found.append(
            ProposalLine(
                proposal_id=row.id,
                person=user.name if user else names[row.invitation_id] if row.invitation_id else "",
                role=role,
                where=schools[row.school_id] if row.school_id else places[row.board_id],
                board=places[row.board_id],
                first_day=row.first_day,
                last_day=row.last_day,
                by=names[row.proposed_by],
                at=row.proposed_at,
                fingerprint=fingerprint(PublicKey(user.public_key)) if user else None,
                confirmers=here.names(confirmers),
                may_confirm=actor.user_id in confirmers,
                may_withdraw=row.board_id in kept or actor.user_id == row.proposed_by,
                beside=unfree({*here.roles_of(row.user_id), role}),
                second_factor=user is not None and user.totp_step is not None,
            )
        )
    return found


def _open(tx: Transaction, proposal_id: UUID, *, locks: bool = False) -> Proposal:
    row = proposal_queries.proposal(tx, proposal_id, locks=locks)
    if row is None:
        raise NotFound
    return row


def _seen(tx: Transaction, actor: Actor, row: Proposal, now: datetime) -> ProposalLine:
    [line] = lines(tx, actor, [row], now)
    if not (line.may_confirm or line.may_withdraw):
        raise NotFound
    if row.state != "open":
        raise Conflict(_GONE)
    return line


def _appoint(tx: Transaction, actor: Actor, row: Proposal, user: User, now: datetime) -> None:
    role = Role(row.role)
    held = queries.roles_of(tx, row.board_id, [user.id], now)
    if not may_hold(role, {Role(other.role) for other in held}, user.adviser_kind):
        raise Conflict(APART)
    until = _moment(row.last_day + timedelta(days=1)) if row.last_day else None
    if until is not None and until <= now:
        raise Conflict("De laatste dag van deze rol is al voorbij. Trek het voorstel in, en doe een nieuw.")
    membership = Membership(user_id=user.id, role=role.value, board_id=row.board_id, school_id=row.school_id)
    membership.since, membership.until = max(_moment(row.first_day), now), until
    membership.proposed_by, membership.confirmed_by, membership.confirmed_at = row.proposed_by, actor.user_id, now
    tx.add(membership)
    if departures.forget(tx, row.board_id, user.id):
        user.active = True  # two people had him back
    tx.flush()
    row.state, row.decided_by, row.decided_at, row.membership_id = "confirmed", actor.user_id, now, membership.id
    _note(tx, actor, row, AdminKind.PROPOSAL_CONFIRMED, now)


def _drop(app: App, actor: Actor, proposal_id: UUID, *, state: str) -> ProposalLine:
    now = app.clock()
    refused = state == "refused"
    with app.database.write() as tx:
        row = _open(tx, proposal_id, locks=True)
        line = _seen(tx, actor, row, now)
        if not (line.may_confirm if refused else line.may_withdraw):
            raise Forbidden
        row.state, row.decided_by, row.decided_at = state, actor.user_id, now
        _note(tx, actor, row, AdminKind.PROPOSAL_REFUSED if refused else AdminKind.PROPOSAL_WITHDRAWN, now)
    return line


def _note(tx: Transaction, actor: Actor, row: Proposal, kind: AdminKind, now: datetime) -> None:
    about = About(row.user_id, None if row.user_id else row.invitation_id, row.school_id, Role(row.role))
    Deed(tx, now, row.board_id, actor.user_id).note(kind, about, proposal=row.id.hex)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
