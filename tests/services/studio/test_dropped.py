"""A draft that was thrown away is picked up again as it was; nothing that was drawn is lost."""

from uuid import UUID

import pytest

from app.demo.play import Player
from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.roles import Role
from app.services.studio import drafts, dropped, story
from tests.services.studio.acting import KEY, MAIN, draft_of, draw, give_role

NEW = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="bullying" name="Pesten"/></definitions>'


def thrown(player: Player, key: str = KEY) -> list[UUID]:
    return [line.id for line in story.page(player.app, player.actor("piet"), key).dropped]


@pytest.fixture
def gone(player: Player) -> UUID:
    draw(player)
    drafts.drop(player.app, player.actor("piet"), KEY)
    return thrown(player)[0]


def test_another_owner_picks_it_up_with_every_save(player: Player, gone: UUID) -> None:
    give_role(player, "ruben", Role.PROCESS_OWNER)
    dropped.pick_up(player.app, player.actor("ruben"), KEY, gone)
    assert b"Klager kiest zelf" in draft_of(player).files[MAIN]
    assert [line.number for line in drafts.saves(player.app, player.actor("piet"), KEY, MAIN)] == [1, 0]
    assert thrown(player) == []
    with pytest.raises(NotFound):
        dropped.pick_up(player.app, player.actor("piet"), KEY, gone)


def test_boards_and_strangers_pick_nothing_up(player: Player, gone: UUID) -> None:
    for part, error in {"marijke": Forbidden, "sanne": NotFound}.items():
        with pytest.raises(error):
            dropped.pick_up(player.app, player.actor(part), KEY, gone)
    with pytest.raises(NotFound):
        dropped.pick_up(player.app, player.actor("piet"), "measures", gone)


def test_beside_another_draft_it_stays_where_it_is(player: Player, gone: UUID) -> None:
    draw(player, "anders")
    with pytest.raises(Conflict):
        dropped.pick_up(player.app, player.actor("piet"), KEY, gone)
    assert thrown(player) == [gone]
    assert b"Klager kiest anders" in draft_of(player).files[MAIN]


def test_a_draft_in_which_nothing_was_drawn_is_not_listed(player: Player) -> None:
    drafts.begin(player.app, player.actor("piet"), KEY)
    drafts.drop(player.app, player.actor("piet"), KEY)
    assert thrown(player) == []


def test_a_procedure_that_never_had_a_version_is_found_again(player: Player) -> None:
    piet = player.actor("piet")
    drafts.begin_with(player.app, piet, "bullying", {"bullying.bpmn": NEW})
    assert dropped.never_published(player.app, piet) == ()
    drafts.drop(player.app, piet, "bullying")
    assert [(desk.key, desk.name) for desk in dropped.never_published(player.app, player.actor("marijke"))] == [
        ("bullying", "Pesten")
    ]
    dropped.pick_up(player.app, piet, "bullying", thrown(player, "bullying")[0])
    assert draft_of(player, key="bullying").files == {"bullying.bpmn": NEW}
