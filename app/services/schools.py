"""At which schools somebody holds a role now."""

from datetime import datetime

from app.domain.roles import Role
from app.services.context import Actor, places
from app.storage.database import Transaction
from app.storage.queries import people as people_queries
from app.storage.queries import places as place_queries
from app.storage.tables import School


def held(tx: Transaction, actor: Actor, role: Role | None, now: datetime) -> list[School]:
    """The schools at which this person holds a role now, re-read in this transaction; by name."""
    here = [place for place in places(people_queries.memberships(tx, actor.user_id, now)) if place.role is role]
    return place_queries.schools_at(tx, [(place.board_id, place.school_id) for place in here])
