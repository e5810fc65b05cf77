"""Which cases stand on which side of a matter, also by way of others, and who is kept off the other side."""

import pytest

from app.demo.play import Player
from app.domain.roles import Role
from app.services import handling
from app.services.sides import linked
from app.storage.queries.cases import handled_by
from app.storage.tables import Case
from tests.services.committee import case_of
from tests.services.started import begin, choose, draw, opened_out_of


@pytest.fixture
def matter(player: Player) -> tuple[Player, str, str, str]:
    """A case of Sanne, a second one of hers on the same side, and one of Ruben on the other."""
    number = begin(draw(player))
    choose(player, number, "same")
    choose(player, number, "other", tick={Role.ADVISER: ("ruben",)})
    numbers = {side: case for case, side in opened_out_of(player, number)}
    return player, number, numbers["same"], numbers["other"]


def test_the_side_of_a_case_counts_through_those_in_between(matter: tuple[Player, str, str, str]) -> None:
    player, *numbers = matter
    with player.app.database.read() as tx:
        first, same, other = (case_of(tx, number).id for number in numbers)
        assert linked(tx, same) == linked(tx, first) == ({first, same}, {other})
        assert linked(tx, other) == ({other}, {first, same})


def test_an_adviser_of_one_side_is_never_offered_on_the_other(matter: tuple[Player, str, str, str]) -> None:
    player, *numbers = matter
    with player.app.database.read() as tx:
        first, same, other = (case_of(tx, number) for number in numbers)

        def offered(case: Case, role: Role) -> set[str]:
            parts = {user_id: part for part, user_id in player.places.people.items()}
            return {parts[user.id] for user in handling.eligible(tx, case, role, player.clock.at)}

        assert offered(first, Role.ADVISER) == offered(same, Role.ADVISER) == {"sanne", "farida"}
        assert offered(other, Role.ADVISER) == {"ruben", "farida"}
        assert offered(first, Role.SUCCESSOR) == offered(same, Role.SUCCESSOR) == {"farida"}
        assert offered(other, Role.SUCCESSOR) == {"farida"}


def test_who_left_a_side_is_still_kept_off_the_other(matter: tuple[Player, str, str, str]) -> None:
    player, number, _, other = matter
    with player.app.database.write() as tx:
        for handler in handled_by(tx, case_of(tx, other).id, Role.ADVISER, player.places.people["ruben"]):
            handler.until = player.clock.at
    with player.app.database.read() as tx:
        found = {user.name for user in handling.eligible(tx, case_of(tx, number), Role.SUCCESSOR, player.clock.at)}
    assert found == {"Farida El Amrani"}
