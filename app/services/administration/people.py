"""The people whom a board knows, and one of them with his roles."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.roles import Role
from app.services.administration import access, proposals
from app.services.context import Actor, App
from app.services.views.administration import PeoplePage, PersonLine, PersonPage, RoleLine
from app.services.views.appointing import Desk
from app.storage.queries import departures
from app.storage.queries import directory as queries
from app.storage.queries import invitations as proposal_queries
from app.storage.tables import Membership, School, User

_SHOWN = 50


def page(app: App, actor: Actor, board_id: UUID, search: str, number: int) -> PeoplePage:
    """Fifty people of a board, by name, whose name or address holds a text. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        found = queries.people(tx, board_id, search.strip(), limit=_SHOWN + 1, offset=_SHOWN * (number - 1))
        shown = found[:_SHOWN]
        roles = queries.roles_of(tx, board_id, [user.id for user in shown], now)
        schools = queries.schools(tx, board_id)
        gone = departures.departed(tx, board_id, [user.id for user in shown])
    lines = tuple(replace(_line(desk, user, roles, schools), left=user.id in gone) for user in shown)
    return PeoplePage(desk, lines, search.strip(), number, len(found) > _SHOWN)


def person(app: App, actor: Actor, board_id: UUID, user_id: UUID) -> PersonPage:
    """Somebody whom this board knows. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        user = queries.person(tx, board_id, user_id)
        if user is None:
            raise NotFound
        schools = queries.schools(tx, board_id)
        line = _line(desk, user, queries.roles_of(tx, board_id, [user.id], now), schools)
        asked = proposals.lines(tx, actor, proposal_queries.open_proposals_for(tx, board_id, user.id), now)
        left = departures.departure(tx, board_id, user.id)
    places = tuple((school.id, school.name) for school in schools)
    left_at = left.left_at if left else None
    return PersonPage(desk, line, user.adviser_kind, user.totp_step is not None, tuple(asked), places, left_at)


def role_line(desk: Desk, row: Membership, schools: Iterable[School]) -> RoleLine:
    """A role as pages show it."""
    names = {school.id: school.name for school in schools}
    return RoleLine(row.id, Role(row.role), names[row.school_id] if row.school_id else desk.name, row.since, row.until)


def _line(desk: Desk, user: User, roles: list[Membership], schools: list[School]) -> PersonLine:
    own = tuple(role_line(desk, row, schools) for row in roles if row.user_id == user.id)
    return PersonLine(user.id, user.name, user.email, own)
