"""Who administers which board: its board members and its administrators; nobody else knows of these pages."""

from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.roles import Role
from app.services.context import Actor, App, places
from app.services.views.appointing import Desk
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.queries import people as people_queries

KEEPERS: Final = frozenset({Role.BOARD, Role.ADMINISTRATOR})
#: Who may read what administration did.
OVERSEERS: Final = KEEPERS | {Role.PRIVACY_OFFICER}


def desks(app: App, actor: Actor) -> list[Desk]:
    """The boards that this person administers or oversees now, by name. Raises NotFound when there is none."""
    with app.database.read() as tx:
        found = kept(tx, actor, app.clock(), roles=OVERSEERS)
    if not found:
        raise NotFound
    return found


def kept(tx: Transaction, actor: Actor, now: datetime, *, roles: frozenset[Role] = KEEPERS) -> list[Desk]:
    """The boards at which this person holds one of these roles, re-read in this transaction; by name."""
    held = places(people_queries.memberships(tx, actor.user_id, now))
    keeps = {place.board_id for place in held if place.role in KEEPERS}
    boards = queries.boards(tx, {place.board_id for place in held if place.role in roles})
    return [Desk(board.id, board.name, len(boards) > 1, board.id in keeps) for board in boards]


def desk(tx: Transaction, actor: Actor, board_id: UUID, now: datetime, *, roles: frozenset[Role] = KEEPERS) -> Desk:
    """This board, for whoever administers it. Raises NotFound for everybody else."""
    found = next((one for one in kept(tx, actor, now, roles=roles) if one.board_id == board_id), None)
    if found is None:
        raise NotFound
    return found
