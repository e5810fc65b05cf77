"""Somebody leaves a board: his roles there end, and where he belongs to no other board his account is closed. He may come back.

One person is enough, as for ending a role. Nothing is erased: his name stays in what he did. What hangs on him is said by role,
never by case: whether somebody handles cases is not for whoever keeps the directory.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.errors import Conflict, NotFound
from app.domain.roles import READERS, Role
from app.services import absences
from app.services.administration import access
from app.services.administration.ending import MOST
from app.services.administration.log import About, Deed
from app.services.administration.people import role_line
from app.services.context import Actor, App
from app.services.unattended import settle
from app.services.views.administration import LeavingPage, LeavingRole
from app.services.views.appointing import Desk
from app.storage.database import Transaction
from app.storage.queries import accounts as account_queries
from app.storage.queries import departures
from app.storage.queries import directory as queries
from app.storage.queries import invitations as proposal_queries
from app.storage.queries import tokens as token_queries
from app.storage.tables import Departure, Membership, User

#: Why somebody cannot leave now, by code.
REFUSED: Final = {
    "self": "Dit ben jij zelf. Vraag een andere beheerder of bestuurder om jou te laten vertrekken.",
    "last_board": "Dit is de laatste bestuurder. Daarna kan niemand hier nog iemand benoemen. Benoem eerst een ander.",
    "left": "Deze persoon is al vertrokken bij dit bestuur.",
}
#: Who may act as the board.
_BOARD: Final = frozenset({Role.BOARD, Role.SUBSTITUTE})
_HANDLES: Final = frozenset({*READERS.values(), Role.SUBSTITUTE, Role.ACCUSED_SUPPORT})


def page(app: App, actor: Actor, board_id: UUID, user_id: UUID) -> LeavingPage:
    """What hangs on somebody who is about to leave: roles that nobody else holds, proposals. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        user = _known(tx, board_id, user_id)
        held, others = _held(tx, board_id, user_id, now)
        return LeavingPage(
            desk,
            user.id,
            user.name,
            _lines(tx, desk, held, others),
            len(proposal_queries.open_proposals_for(tx, board_id, user.id)),
            _refused(tx, actor, board_id, user.id, (held, others)),
            _warnings(held, others),
        )


def leave(app: App, actor: Actor, board_id: UUID, user_id: UUID) -> str:
    """Let somebody leave, at once; then what hung on his roles is looked after. Gives his name. Raises NotFound, Conflict."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        user = _known(tx, board_id, user_id, locks=True)
        held, others = _held(tx, board_id, user_id, now)
        refused = _refused(tx, actor, board_id, user.id, (held, others))
        if refused is not None:
            raise Conflict(REFUSED[refused])
        _end_all(Deed(tx, now, board_id, actor.user_id), user, held)
        closed = not departures.belongs_elsewhere(tx, user.id, board_id, now)
        if closed:
            user.active = False
            account_queries.drop_sessions_of(tx, user.id)
            token_queries.drop_tokens_of(tx, user.id)
    settle(app, MOST, user_id=user.id)
    if closed:
        absences.end_all(app, user.id)
    return user.name


def come_back(app: App, actor: Actor, board_id: UUID, user_id: UUID) -> str:
    """Somebody who left is back, without a role: that takes two people again. Gives his name. Raises NotFound."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        user = _known(tx, board_id, user_id, locks=True)
        if not departures.forget(tx, board_id, user.id):
            raise NotFound
        user.active = True
        Deed(tx, now, board_id, actor.user_id).note(AdminKind.PERSON_BACK, About(user.id))
        return user.name


def _end_all(deed: Deed, user: User, held: Iterable[Membership]) -> None:
    """Roles end, proposals for him are withdrawn, and it is written down that he left."""
    for row in held:
        row.until = deed.now
        deed.note(AdminKind.ROLE_ENDED, About(user.id, school_id=row.school_id, role=Role(row.role)))
    for asked in proposal_queries.open_proposals_for(deed.tx, deed.board_id, user.id):
        asked.state, asked.decided_by, asked.decided_at = "withdrawn", deed.by, deed.now
        about = About(user.id, school_id=asked.school_id, role=Role(asked.role))
        deed.note(AdminKind.PROPOSAL_WITHDRAWN, about, proposal=asked.id.hex)
    deed.tx.add(Departure(board_id=deed.board_id, user_id=user.id, left_at=deed.now, left_by=deed.by))
    deed.note(AdminKind.PERSON_LEFT, About(user.id))


def _known(tx: Transaction, board_id: UUID, user_id: UUID, *, locks: bool = False) -> User:
    user = queries.person(tx, board_id, user_id)
    if user is None:
        raise NotFound
    return tx.get_one(User, user.id, with_for_update=True) if locks else user


def _held(tx: Transaction, board_id: UUID, user_id: UUID, now: datetime) -> tuple[list[Membership], list[Membership]]:
    """The roles that somebody holds or is to hold at a board, and those that others hold there now."""
    there = [row for row, user in queries.holders(tx, board_id, now) if user.active and user.id != user_id]
    return queries.roles_of(tx, board_id, [user_id], now), there


def _refused(
    tx: Transaction, actor: Actor, board_id: UUID, user_id: UUID, roles: tuple[Sequence[Membership], Sequence[Membership]]
) -> str | None:
    held, others = roles
    if user_id == actor.user_id:
        return "self"
    if departures.departure(tx, board_id, user_id) is not None:
        return "left"
    governs = any(Role(row.role) in _BOARD for row in held)
    return "last_board" if governs and not any(Role(row.role) in _BOARD for row in others) else None


def _lines(tx: Transaction, desk: Desk, held: Sequence[Membership], others: Sequence[Membership]) -> tuple[LeavingRole, ...]:
    schools = queries.schools(tx, desk.board_id)
    return tuple(
        LeavingRole(role_line(desk, row, schools), len(_same(row, others)), Role(row.role) in READERS.values()) for row in held
    )


def _same(row: Membership, others: Iterable[Membership]) -> set[UUID]:
    """Who else is this there: at the same school, or for the whole board."""
    return {other.user_id for other in others if other.role == row.role and other.school_id in (None, row.school_id)}


def _warnings(held: Sequence[Membership], others: Sequence[Membership]) -> tuple[str, ...]:
    """`last_keeper`: nobody administers the board. `last_administrator`: its board must. `cases`: he may handle some."""
    roles, left = {Role(row.role) for row in held}, {Role(row.role) for row in others}
    found = ["last_keeper"] if roles & access.KEEPERS and not left & access.KEEPERS else []
    if Role.ADMINISTRATOR in roles and Role.ADMINISTRATOR not in left and not found:
        found.append("last_administrator")
    return (*found, "cases") if roles & _HANDLES else tuple(found)
