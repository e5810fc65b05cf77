"""Ending a role, at once: tasks, notices and files are asked for together with the role, at every request.

One person may end a role: taking away must not wait for anybody. What it may leave behind is said beforehand, in general:
whether somebody handles cases is not for whoever keeps the directory.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.errors import NotFound
from app.domain.roles import READERS, Role
from app.services.administration import access
from app.services.administration.log import About, Deed
from app.services.administration.people import role_line
from app.services.context import Actor, App
from app.services.unattended import settle
from app.services.views.administration import EndingPage
from app.storage.database import Transaction
from app.storage.queries import accounts as account_queries
from app.storage.queries import directory as queries
from app.storage.queries import tokens as token_queries
from app.storage.tables import Membership, User

#: More roles than anybody has: what is left after so many, the worker looks after.
MOST: Final = 50


def page(app: App, actor: Actor, board_id: UUID, membership_id: UUID) -> EndingPage:
    """What ending this role would leave behind. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        row = _role(tx, board_id, membership_id, now)
        user = tx.get_one(User, row.user_id)
        line = role_line(desk, row, queries.schools(tx, board_id))
        warnings = _warnings(tx, row, now)
    return EndingPage(desk, user.id, user.name, line, warnings)


def end(app: App, actor: Actor, board_id: UUID, membership_id: UUID) -> str:
    """End a role now. Whoever holds none any more is signed out, and his tokens go. Gives his name. Raises NotFound."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        row = _role(tx, board_id, membership_id, now, locks=True)
        row.until = now
        tx.flush()
        if not queries.held_anywhere(tx, row.user_id, now):
            account_queries.drop_sessions_of(tx, row.user_id)
            token_queries.drop_tokens_of(tx, row.user_id)
        about = About(row.user_id, school_id=row.school_id, role=Role(row.role))
        Deed(tx, now, board_id, actor.user_id).note(AdminKind.ROLE_ENDED, about)
        user = tx.get_one(User, row.user_id)
    settle(app, MOST, user_id=user.id)
    return user.name


def _role(tx: Transaction, board_id: UUID, membership_id: UUID, now: datetime, *, locks: bool = False) -> Membership:
    """A role of this board that has not ended; one that is yet to begin is ended as well."""
    row = queries.membership(tx, board_id, membership_id, locks=locks)
    if row is None or (row.until is not None and row.until <= now):
        raise NotFound
    return row


def _warnings(tx: Transaction, row: Membership, now: datetime) -> tuple[str, ...]:
    """`last_here`: nobody else is this here. `last_keeper`: nobody administers the board. `cases`: he may handle some."""
    others = [m for m, user in queries.holders(tx, row.board_id, now) if user.active and m.id != row.id]
    same = [m for m in others if m.role == row.role and m.user_id != row.user_id and m.school_id in (None, row.school_id)]
    keepers = [m for m in others if Role(m.role) in access.KEEPERS]
    found = [] if same else ["last_here"]
    if Role(row.role) in access.KEEPERS and not keepers:
        found.append("last_keeper")
    if Role(row.role) in {*READERS.values(), Role.SUBSTITUTE, Role.ACCUSED_SUPPORT}:
        found.append("cases")
    return tuple(found)
