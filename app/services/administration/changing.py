"""Another name or e-mail address for somebody: he signs in with it, and is told at both addresses.

Of whoever belongs to another board too nobody of one board changes anything: mail about the other's cases goes to that address.
The host does it then.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.people_file import is_address
from app.services.administration import access, letters
from app.services.administration.log import About, Deed
from app.services.context import Actor, App
from app.services.views.administration import ChangingPage
from app.storage.database import Transaction
from app.storage.queries import departures
from app.storage.queries import directory as queries
from app.storage.queries import people as people_queries
from app.storage.tables import User

_LONGEST: Final = 200
_TAKEN: Final = "Er is al iemand met dit e-mailadres. Kies een ander adres."
_ELSEWHERE: Final = (
    "Deze persoon hoort ook bij een ander bestuur. Vraag wie de server beheert om de naam of het adres te wijzigen."
)


def page(app: App, actor: Actor, board_id: UUID, user_id: UUID) -> ChangingPage:
    """Somebody's name and address as they are. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        user = _known(tx, board_id, user_id)
        return ChangingPage(desk, user.id, user.name, user.email, departures.belongs_elsewhere(tx, user.id, board_id, now))


def change(app: App, actor: Actor, board_id: UUID, user_id: UUID, raw: Mapping[str, str]) -> None:
    """Give somebody another name or address. Raises NotFound, InvalidAnswers, Conflict when he belongs to another board too."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        user = _known(tx, board_id, user_id)
        if departures.belongs_elsewhere(tx, user.id, board_id, now):
            raise Conflict(_ELSEWHERE)
        _put(tx, user, raw, [Deed(tx, now, board_id, actor.user_id)])


def change_on_host(app: App, email: str, *, name: str | None, new_email: str | None) -> None:
    """The same by whoever controls the host, for anybody; None leaves it as it is. Raises NotFound, InvalidAnswers."""
    now = app.clock()
    with app.database.write() as tx:
        user = people_queries.user_by_email(tx, email)
        if user is None:
            raise NotFound(f"Er is niemand met het e-mailadres {email}.")
        raw = {"name": name or user.name, "email": new_email or user.email}
        _put(tx, user, raw, [Deed(tx, now, board_id, None) for board_id in _boards(tx, user, now)])


def _boards(tx: Transaction, user: User, now: datetime) -> list[UUID]:
    held = people_queries.memberships(tx, user.id, now)
    return list(dict.fromkeys(membership.board_id for membership in held))


def _known(tx: Transaction, board_id: UUID, user_id: UUID) -> User:
    user = queries.person(tx, board_id, user_id)
    if user is None:
        raise NotFound
    return user


def _put(tx: Transaction, user: User, raw: Mapping[str, str], deeds: Sequence[Deed]) -> None:
    """Write what was typed, and note it at each board; the first of them tells him."""
    name, email = _checked(tx, user, raw)
    former, kinds = user.email, _kinds(user, name, email)
    user.name, user.email = name, email
    for deed in deeds:
        deed.note_all((kind, About(user.id), {}) for kind in kinds)
    if former != email and deeds:
        letters.tell_address(tx, deeds[0].board_id, user.id, former, deeds[0].now)


def _kinds(user: User, name: str, email: str) -> list[AdminKind]:
    renamed = [AdminKind.NAME_CHANGED] if user.name != name else []
    return renamed + ([AdminKind.ADDRESS_CHANGED] if user.email != email else [])


def _checked(tx: Transaction, user: User, raw: Mapping[str, str]) -> tuple[str, str]:
    name, email = " ".join(raw.get("name", "").split()), raw.get("email", "").strip().lower()
    errors = {}
    if not name or len(name) > _LONGEST:
        errors["name"] = f"Vul de naam in, hoogstens {_LONGEST} tekens."
    if not is_address(email):
        errors["email"] = "Vul een e-mailadres in zoals naam@school.nl."
    else:
        same = people_queries.user_by_email(tx, email)
        if same is not None and same.id != user.id:
            errors["email"] = _TAKEN
    if errors:
        raise InvalidAnswers(errors)
    return name, email
