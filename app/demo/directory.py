"""The demo's settings of a board and how its people can be reached; all invented, but for numbers of the whole country."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.demo.play import Player
from app.services import directory
from app.services.administration import settings
from app.storage.tables import School

_DECISION: Final = {"source": "Bestuursbesluit 2025-14"}
#: Set when the installation begins.
_SETTINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "phone:vertrouwensinspecteur": {"phone": "0900 111 3 111", "hours": "werkdagen, 8.00 tot 17.00 uur"},
    "phone:veilig_thuis": {"phone": "0800 2000", "hours": "dag en nacht, gratis"},
    "phone:wijkagent": {"phone": "038 421 01 10", "name": "Tom Brouwer", "hours": "dinsdag en donderdag"},
    "phone:jeugdgezondheidszorg": {"phone": "038 421 02 20", "name": "Ilse Prins"},
    "committee:lkc": {
        "name": "Landelijke Klachtencommissie Onderwijs",
        "phone": "030 280 95 90",
        "website": "https://lkc.voorbeeld.example/klacht",
        "number": "12",
        "unit": "weken",
    },
}
_ORGANISATIONS: Final = (
    {"name": "Praktijk De Oever", "purpose": "Rouw, verlies en angst bij kinderen", "phone": "038 421 03 30"},
    {"name": "Wijkteam Noord", "purpose": "Hulp voor gezinnen: geld, opvoeding, scheiding", "phone": "038 421 04 40"},
    {
        "name": "Halt Hoogeiland",
        "purpose": "Gesprekken na pesten of vernieling",
        "website": "https://halt.voorbeeld.example/school",
    },
)
_LATER: Final = {"number": "40", "unit": "dagen", "source": "Bestuursbesluit 2026-31"}
_REACH: Final[Mapping[str, Mapping[str, str]]] = {
    "sanne": {
        "phone": "06 12 34 56 01",
        "place": "Kamer 1.12, naast de mediatheek",
        "day_0": "ja",
        "day_3": "ja",
        "public": "ja",
    },
    "ruben": {"phone": "06 12 34 56 02", "day_1": "ja", "day_4": "ja", "public": "ja"},
    "farida": {"phone": "06 12 34 56 03", "email": "farida@vertrouwen.voorbeeld.example", "public": "ja"},
    "amira": {"phone": "06 12 34 56 04", "place": "Zorgkamer", "from": "8.30", "until": "16.00"},
    "joost": {"phone": "038 421 05 50", "email": "directie@delinde.voorbeeld.example"},
    "marijke": {"phone": "038 421 06 60"},
}


def fill(player: Player) -> None:
    """What a board keeps from the beginning."""
    board_id = _board(player)
    for named, raw in _SETTINGS.items():
        settings.save(player.app, player.actor("ada"), board_id, named, {**_DECISION, **raw})
    for raw in _ORGANISATIONS:
        settings.save(player.app, player.actor("ada"), board_id, "organisation", {**_DECISION, **raw})
    for part, raw in _REACH.items():
        directory.set_reach(player.app, player.actor(part), board_id, player.places.people[part], raw)


def decide(player: Player) -> None:
    """What the board decides now: running cases keep what they began with."""
    board_id, today = _board(player), player.clock.at
    settings.save(player.app, player.actor("ada"), board_id, "target:committee.advice_received", _LATER)
    off = {"name": "Studiedag", "first": f"04-12-{today.year}", "source": "Jaarplanning 2026-2027"}
    settings.save(player.app, player.actor("ada"), board_id, "day_off", off)


def _board(player: Player) -> UUID:
    with player.app.database.read() as tx:
        return tx.get_one(School, player.places.schools["De Linde"]).board_id
