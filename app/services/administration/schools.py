"""The start of a board's administration: its schools with their people, what is missing, and what waits; its schools kept."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.domain.administration import REGIONS, AdminKind
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import gaps
from app.services.administration import access
from app.services.administration.log import About, Deed
from app.services.administration.proposals import to_confirm
from app.services.context import Actor, App
from app.services.views.administration import Overview, SchoolLine
from app.services.views.appointing import Desk
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.queries import invitations as invitation_queries
from app.storage.queries import places as place_queries
from app.storage.queries import reachability
from app.storage.tables import Membership, School, User

_LONGEST = 200
_TWICE = "Er is al een school met deze naam. Kies een andere naam."


def overview(app: App, actor: Actor, board_id: UUID) -> Overview:
    """Schools, people by role, gaps and what waits. Raises NotFound for whoever does not administer this board."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        schools, held = queries.schools(tx, board_id), queries.holders(tx, board_id, now)
        waiting = to_confirm(tx, actor, [board_id], now)
        invited = invitation_queries.number_of_invitations(tx, board_id)
        missing = gaps.waiting(tx, board_id, now) + gaps.find(schools, held, demo=app.settings.demo)
        missing += gaps.unreachable(held, reachability.of_board(tx, board_id))
        found = gaps.lines(missing, desk.name, schools, held)
    lines = tuple(SchoolLine(one.id, one.name, one.region, _by_role(_at(held, one.id))) for one in schools)
    return Overview(desk, lines, _by_role(_at(held, None)), found, len(waiting), invited)


def add(app: App, actor: Actor, board_id: UUID, raw: Mapping[str, str]) -> None:
    """Add a school. Raises NotFound, InvalidAnswers."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        name, region = _checked(tx, board_id, raw)
        put(Deed(tx, now, board_id, actor.user_id), name, region)


def put(deed: Deed, name: str, region: str) -> School:
    """Write a new school, and that it was added."""
    school = School(board_id=deed.board_id, name=name, region=region)
    deed.tx.add(school)
    deed.tx.flush()
    deed.note(AdminKind.SCHOOL_ADDED, About(school_id=school.id), region=region)
    return school


def one(app: App, actor: Actor, board_id: UUID, school_id: UUID) -> tuple[Desk, SchoolLine]:
    """A school of this board, with its board. Raises NotFound."""
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, app.clock())
        school = _school(tx, board_id, school_id)
    return desk, SchoolLine(school.id, school.name, school.region)


def change(app: App, actor: Actor, board_id: UUID, school_id: UUID, raw: Mapping[str, str]) -> None:
    """Give a school another name or region. Raises NotFound, InvalidAnswers."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        school = _school(tx, board_id, school_id)
        name, region = _checked(tx, board_id, raw, but=school.id)
        if (school.name, school.region) != (name, region):
            school.name, school.region = name, region
            Deed(tx, now, board_id, actor.user_id).note(AdminKind.SCHOOL_CHANGED, About(school_id=school.id), region=region)


def _school(tx: Transaction, board_id: UUID, school_id: UUID) -> School:
    school = tx.get(School, school_id)
    if school is None or school.board_id != board_id:
        raise NotFound
    return school


def _checked(tx: Transaction, board_id: UUID, raw: Mapping[str, str], *, but: UUID | None = None) -> tuple[str, str]:
    name, region = " ".join(raw.get("name", "").split()), raw.get("region", "")
    errors = {}
    if not name or len(name) > _LONGEST:
        errors["name"] = f"Vul de naam van de school in, hoogstens {_LONGEST} tekens."
    if region not in REGIONS:
        errors["region"] = "Kies noord, midden of zuid. Daarvan hangen de schoolvakanties af."
    same = place_queries.school_by_name(tx, board_id, name) if name else None
    if same is not None and same.id != but:
        errors["name"] = _TWICE
    if errors:
        raise InvalidAnswers(errors)
    return name, region


def _at(held: Iterable[tuple[Membership, User]], school_id: UUID | None) -> list[tuple[Role, str]]:
    return [(Role(membership.role), user.name) for membership, user in held if membership.school_id == school_id]


def _by_role(held: list[tuple[Role, str]]) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    there = {role: tuple(name for other, name in held if other is role) for role in Role}
    return tuple((role, names) for role, names in there.items() if names)
