"""Roles from the host: what does not go together is refused."""

import pytest

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.errors import Forbidden, NotFound
from app.domain.roles import Role
from app.services import appointing
from app.storage.queries import people as queries
from app.storage.tables import Membership


def appoint(player: Player, part: str, role: Role) -> None:
    appointing.install(player.app, email=email_of(part), role=role, board="Stichting De Kring", school="De Linde")


def test_an_internal_adviser_cannot_be_the_officer_of_the_meldcode(player: Player) -> None:
    with pytest.raises(Forbidden, match="interne vertrouwenspersoon"):
        appoint(player, "sanne", Role.MELDCODE_OFFICER)
    appoint(player, "farida", Role.MELDCODE_OFFICER)


def test_somebody_unknown_gets_no_role(player: Player) -> None:
    with pytest.raises(NotFound):
        appointing.install(player.app, email="nobody@voorbeeld.example", role=Role.BOARD, board="Nieuw", school=None)


def test_an_internal_adviser_who_holds_both_roles_all_the_same_is_not_offered(player: Player) -> None:
    now = player.clock.at
    with player.app.database.write() as tx:
        own = queries.memberships(tx, player.places.people["sanne"], now)[0]
        row = Membership(user_id=own.user_id, role=Role.MELDCODE_OFFICER.value, since=now, board_id=own.board_id)
        row.school_id = own.school_id
        tx.add(row)
    with player.app.database.read() as tx:
        found = queries.candidates(tx, Role.MELDCODE_OFFICER, board_id=own.board_id, school_id=own.school_id, now=now)
    assert [user.name for user in found] == ["Amira Haddad"]
