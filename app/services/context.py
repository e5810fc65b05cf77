"""What every intention needs: the parts of one installation, and who acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.clock import Clock
from app.domain.calendar import CalendarConfig, SchoolHoliday
from app.domain.roles import STANDS_IN, Role
from app.engine.run import Runner
from app.services.versions import Versions
from app.settings import Settings
from app.storage.database import Database
from app.storage.queries.asking import Asker
from app.storage.tables import Membership
from app.vault.envelope import PrivateKey
from app.vault.kdf import Kdf
from app.vault.server import ServerKeys


@dataclass(frozen=True, slots=True)
class App:
    """One installation: everything that web, worker, commands and tests share. Made in app/bootstrap.py alone."""

    settings: Settings
    database: Database
    runner: Runner
    versions: Versions
    calendar: CalendarConfig
    kdf: Kdf
    server_keys: ServerKeys
    clock: Clock
    #: The school holidays that come with the product, by region.
    holidays: Mapping[str, tuple[SchoolHoliday, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody holds a role: at one school, or at a whole board (school None)."""

    role: Role
    board_id: UUID
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody likes to work; as it stands here when he never said.

    start: usual | today | inbox | view (then `view_id`); after_task: next | case | inbox.
    """

    start: str = "usual"
    view_id: UUID | None = None
    after_task: str = "next"
    shortcuts: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the private key of the session (None: nothing sealed can be opened)."""

    user_id: UUID
    name: str
    email: str
    language: str
    places: tuple[Place, ...]
    private_key: PrivateKey | None = field(repr=False, default=None)
    ways: Ways = Ways()
    #: Whether anything may be left to him as a deputy; no longer than one request: what outlives it must ask.
    deputy: bool = True

    def holds(self, role: Role) -> bool:
        """Whether this person held a role anywhere when his session was read: for what he is shown, never for what he may."""
        return any(place.role is role for place in self.places)


def places(memberships: Iterable[Membership]) -> tuple[Place, ...]:
    """The places of memberships; whoever stands in for a role holds that role too, for policy."""
    return tuple(place for m in memberships for place in _places(m.role, m.board_id, m.school_id))


def actor_of(
    asker: Asker, private_key: PrivateKey | None = None, *, ways: tuple[str, UUID | None, str, bool] | None = None
) -> Actor:
    """Whoever sends a request; `ways`: how he likes to work, as far as he said."""
    held = tuple(place for role in asker.roles for place in _places(*role))
    likes = Ways() if ways is None else Ways(*ways)
    return Actor(asker.user_id, asker.name, asker.email, asker.language, held, private_key, likes, asker.deputy)


def _places(name: str, board_id: UUID, school_id: UUID | None) -> tuple[Place, ...]:
    return tuple(Place(role, board_id, school_id) for role in _roles(Role(name)))


def _roles(role: Role) -> tuple[Role, ...]:
    stands_in = STANDS_IN.get(role)
    return (role,) if stands_in is None else (role, stands_in)
