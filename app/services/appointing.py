"""Giving roles. On the host: the first people of an installation, as whoever controls the host may do anyway."""

import logging

from app.domain.administration import AdminKind
from app.domain.errors import Forbidden, NotFound
from app.domain.policy import may_hold
from app.domain.roles import Role
from app.services.administration.log import About, Deed
from app.services.context import App
from app.storage.queries import departures
from app.storage.queries import people as people_queries
from app.storage.queries import places as queries
from app.storage.tables import Board, Membership, School

_LOG = logging.getLogger(__name__)


def install(app: App, *, email: str, role: Role, board: str, school: str | None) -> None:
    """Give somebody a role from the host; the board and the school are made when they are new. Raises NotFound, Forbidden."""
    now = app.clock()
    with app.database.write() as tx:
        user = people_queries.user_by_email(tx, email)
        if user is None:
            raise NotFound(f"Er is niemand met het e-mailadres {email}.")
        owner = queries.board_by_name(tx, board)
        if owner is None:
            owner = Board(name=board)
            tx.add(owner)
            tx.flush()
        place = queries.school_by_name(tx, owner.id, school) if school else None
        if school and place is None:
            place = School(board_id=owner.id, name=school, region="midden")
            tx.add(place)
            tx.flush()
        held = {Role(m.role) for m in people_queries.memberships(tx, user.id, now) if m.board_id == owner.id}
        if not may_hold(role, held, user.adviser_kind):
            raise Forbidden("Een interne vertrouwenspersoon kan geen aandachtsfunctionaris zijn. Kies iemand anders.")
        tx.add(Membership(user_id=user.id, role=role.value, board_id=owner.id, school_id=place.id if place else None, since=now))
        departures.forget(tx, owner.id, user.id)
        user.active = True
        about = About(user.id, school_id=place.id if place else None, role=role)
        Deed(tx, now, owner.id, None).note(AdminKind.ROLE_INSTALLED, about)
    _LOG.warning("appointed on the host: person %s as %s", user.id, role.value)
