"""Where help is to be found: numbers, committees and organisations, as a board keeps them today."""

from uuid import UUID

from app.clock import local_day
from app.domain.board_settings import COMMITTEES, KNOWN, KNOWN_SOURCE, PHONES, Entry, SettingKind, holding, key
from app.domain.errors import NotFound
from app.services.context import Actor, App, places
from app.services.views.settings import Service, SocialMap
from app.storage.queries import board_settings as queries
from app.storage.queries import directory
from app.storage.queries import people as people_queries


def show(app: App, actor: Actor, board_id: UUID | None) -> SocialMap:
    """The social map of a board (None: the first of whoever looks). Raises NotFound for whoever has no role there."""
    now = app.clock()
    with app.database.read() as tx:
        held = places(people_queries.memberships(tx, actor.user_id, now))
        boards = directory.boards(tx, {place.board_id for place in held})
        board = next((one for one in boards if board_id in (None, one.id)), None)
        if board is None:
            raise NotFound
        entries = holding(queries.of_board(tx, board.id), local_day(now))
    organisations = [one for one in entries if one.startswith(f"{SettingKind.ORGANISATION.value}:")]
    found = _services(organisations, entries)
    return SocialMap(
        board.name,
        tuple((str(one.id), one.name) for one in boards if one.id != board.id),
        _services([key(SettingKind.PHONE, name) for name in PHONES], entries),
        _services([key(SettingKind.COMMITTEE, name) for name in COMMITTEES], entries),
        tuple(sorted(found, key=lambda one: one.value.get("name", ""))),
    )


def _services(keys: list[str], entries: dict[str, Entry]) -> tuple[Service, ...]:
    """What counts of these; what a board never set is as it comes with the product."""
    found = []
    for one in keys:
        own = entries.get(one)
        if own is not None and own.value:
            found.append(Service(one.partition(":")[2], own.value, own.valid_from, own.source))
        elif own is None and one in KNOWN:
            found.append(Service(one.partition(":")[2], KNOWN[one], None, KNOWN_SOURCE))
    return tuple(found)
