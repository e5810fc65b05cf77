"""The cast: two boards, four schools, and everybody who plays in the demo and in the tests. All of them are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.roles import Role
from app.services import people
from app.services.context import App
from app.storage.tables import Board, Membership, School

#: For the demo alone; an installation that is a demo answers on the loopback address only.
PASSWORD = "zeepaard-in-de-zee"  # noqa: S105 - printed at every start of the demo

BOARDS: Mapping[str, tuple[str, ...]] = {
    "Stichting De Kring": ("De Linde", "Het Anker"),
    "Stichting Noorderlicht": ("De Wissel", "De Brug"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part: name, role, and where (a school, or a board for all its schools)."""

    name: str
    role: Role
    place: str
    adviser_kind: str | None = None
    says: str = ""


CAST: Mapping[str, Part] = {
    "sanne": Part("Sanne Bakker", Role.ADVISER, "De Linde", "intern", "vertrouwenspersoon, behandelt de meeste zaken"),
    "ruben": Part("Ruben Smit", Role.ADVISER, "De Linde", "intern", "tweede vertrouwenspersoon van De Linde"),
    "farida": Part("Farida El Amrani", Role.ADVISER, "Stichting De Kring", "extern", "externe vertrouwenspersoon"),
    "otto": Part("Otto Visser", Role.ADVISER, "Het Anker", "intern", "vertrouwenspersoon van een andere school"),
    "joost": Part("Joost Mulder", Role.SCHOOL_LEADER, "De Linde", None, "directeur van De Linde"),
    "amira": Part("Amira Haddad", Role.MELDCODE_OFFICER, "De Linde", None, "aandachtsfunctionaris"),
    "marijke": Part("Marijke de Vries", Role.BOARD, "Stichting De Kring", None, "bestuurder"),
    "kemal": Part("Kemal Aydin", Role.BOARD, "Stichting De Kring", None, "bestuurder"),
    "wim": Part("Wim Jansen", Role.BOARD, "Stichting De Kring", None, "bestuurder, in één zaak de aangeklaagde"),
    "els": Part("Els van Dam", Role.SUBSTITUTE, "Stichting De Kring", None, "toezichthouder, vervangt een betrokken bestuurder"),
    "bram": Part("Bram Postma", Role.ADVISER, "De Wissel", "intern", "vertrouwenspersoon bij een ander bestuur"),
    "nina": Part("Nina Hoekstra", Role.BOARD, "Stichting Noorderlicht", None, "bestuurder van een ander bestuur"),
    "piet": Part("Piet Vos", Role.PROCESS_OWNER, "Stichting De Kring", None, "proceseigenaar, ziet geen zaken"),
    "ada": Part("Ada Kok", Role.ADMINISTRATOR, "Stichting De Kring", None, "beheerder, ziet geen zaken"),
    "fleur": Part("Fleur Meijer", Role.PRIVACY_OFFICER, "Stichting De Kring", None, "functionaris gegevensbescherming"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of schools and people, by name and by part."""

    schools: Mapping[str, UUID]
    people: Mapping[str, UUID]


def email_of(part: str) -> str:
    """The address with which a part signs in."""
    return f"{part}@voorbeeld.example"


def make(app: App, since: datetime) -> Places:
    """Write boards, schools, people and their roles, as if installed on the host."""
    boards = {name: Board(name=name) for name in BOARDS}
    schools = {
        name: School(board_id=boards[board].id, name=name, region="midden") for board, names in BOARDS.items() for name in names
    }
    with app.database.write() as tx:
        tx.add_all(boards.values())
        tx.flush()
        tx.add_all(schools.values())
    made = {key: _person(app, key, part) for key, part in CAST.items()}
    with app.database.write() as tx:
        for key, part in CAST.items():
            school = schools.get(part.place)
            board_id = school.board_id if school else boards[part.place].id
            tx.add(
                Membership(
                    user_id=made[key], role=part.role, board_id=board_id, school_id=school.id if school else None, since=since
                )
            )
    return Places({name: school.id for name, school in schools.items()}, made)


def _person(app: App, key: str, part: Part) -> UUID:
    return people.create(app, name=part.name, email=email_of(key), password=PASSWORD, adviser_kind=part.adviser_kind).user_id
