"""Views of the inbox: a person's own, which nobody else reads, and those of a team, which hold nothing that was typed."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.demo.play import Player
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.services import inbox, saved_views, ways
from app.services.saved_views import Wish
from app.services.views.inbox import InboxQuery, ViewLine
from app.storage.tables import Membership, SavedView

NAME = "De zaak van Fatima"
MINE = Wish(InboxQuery(bucket="late", number="2026-7KQ4"), name=NAME)


def views(player: Player, part: str) -> tuple[ViewLine, ...]:
    return inbox.page(player.app, player.actor(part), InboxQuery()).views


def save(player: Player, part: str, wish: Wish) -> UUID:
    """Save a view; gives the id of the newest that this person sees."""
    before = {view.view_id for view in views(player, part)}
    saved_views.save(player.app, player.actor(part), wish)
    return next(iter({view.view_id for view in views(player, part)} - before or before))


def team(player: Player, part: str) -> str:
    [found] = saved_views.page(player.app, player.actor(part)).teams
    return found.key


def test_a_personal_view_is_its_makers_alone_and_what_he_typed_is_sealed(player: Player) -> None:
    save(player, "sanne", MINE)
    [view] = views(player, "sanne")
    assert (view.name, view.query) == (NAME, MINE.query)
    assert views(player, "ruben") == ()
    with player.app.database.read() as tx:
        row = tx.scalars(select(SavedView)).one()
    assert not any(word in str(vars(row)).encode() for word in (b"Fatima", b"7KQ4"))
    blind = replace(player.actor("sanne"), private_key=None)
    assert inbox.page(player.app, blind, InboxQuery()).views[0].name == ""
    with pytest.raises(Forbidden):
        saved_views.save(player.app, blind, MINE)


def test_a_view_of_a_team_is_seen_by_who_holds_the_role_there_and_by_nobody_else(player: Player) -> None:
    wish = Wish(InboxQuery(scope="group", procedure="committee"), word="meeting", team=team(player, "marijke"))
    save(player, "marijke", wish)
    for part in ("marijke", "kemal", "wim"):
        [view] = views(player, part)
        assert (view.name, view.word, view.query) == ("", "meeting", wish.query)
    for part in ("sanne", "joost", "nina", "els", "ada"):
        assert views(player, part) == (), part


def test_another_member_of_the_team_changes_and_deletes_its_view(player: Player) -> None:
    made = save(player, "marijke", Wish(InboxQuery(), team=team(player, "marijke")))
    for part in ("sanne", "nina"):
        with pytest.raises(NotFound):
            saved_views.save(player.app, player.actor(part), Wish(InboxQuery(), NAME, view_id=made))
        with pytest.raises(NotFound):
            saved_views.remove(player.app, player.actor(part), made)
    changed = Wish(InboxQuery(scope="all"), word="morning", view_id=made)
    saved_views.save(player.app, player.actor("kemal"), changed)
    [view] = views(player, "marijke")
    assert (view.view_id, view.word, view.query.scope, view.team) == (made, "morning", "all", team(player, "kemal"))
    saved_views.remove(player.app, player.actor("wim"), made)
    assert views(player, "marijke") == ()


def test_who_leaves_the_team_sees_its_views_no_longer_and_starts_where_he_did(player: Player) -> None:
    made = save(player, "kemal", Wish(InboxQuery(scope="all"), team=team(player, "kemal")))
    ways.choose(player.app, player.actor("kemal"), start="view", view_id=made, after_task="next")
    assert saved_views.find(player.app, player.actor("kemal"), made) == InboxQuery(scope="all")
    with player.app.database.write() as tx:
        mine = Membership.user_id == player.places.people["kemal"]
        tx.execute(update(Membership).where(mine).values(until=player.clock.at))
    assert saved_views.find(player.app, player.actor("kemal"), made) is None
    with pytest.raises(NotFound):
        saved_views.remove(player.app, player.actor("kemal"), made)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(InboxQuery()), "name"),
        (Wish(InboxQuery(), name="  "), "name"),
        (Wish(InboxQuery(), name="x" * 41), "name"),
        (Wish(InboxQuery(), team="board-elsewhere"), "team"),
        (Wish(InboxQuery(number="2026-7KQ4"), team="own"), "team"),
        (Wish(InboxQuery(), word="Fatima", team="own"), "word"),
        (Wish(InboxQuery(procedure="Fatima"), team="own"), "query"),
        (Wish(InboxQuery(procedure="Fatima"), name=NAME), "query"),
        (Wish(InboxQuery(school_id=UUID(int=5)), name=NAME), "query"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(player: Player, wish: Wish, field: str) -> None:
    own = replace(wish, team=team(player, "sanne")) if wish.team == "own" else wish
    with pytest.raises(InvalidAnswers) as refused:
        saved_views.save(player.app, player.actor("sanne"), own)
    assert set(refused.value.fields) == {field}
    assert views(player, "sanne") == ()


def test_a_person_and_a_team_keep_twenty_views_each(player: Player) -> None:
    key = team(player, "sanne")
    for _ in range(20):
        saved_views.save(player.app, player.actor("sanne"), MINE)
        saved_views.save(player.app, player.actor("sanne"), Wish(InboxQuery(), team=key))
    for wish in (MINE, Wish(InboxQuery(), team=key)):
        with pytest.raises(InvalidAnswers):
            saved_views.save(player.app, player.actor("sanne"), wish)
    assert len(views(player, "sanne")) == 40


def test_a_start_that_is_deleted_is_forgotten(player: Player) -> None:
    made = save(player, "sanne", MINE)
    ways.choose(player.app, player.actor("sanne"), start="view", view_id=made, after_task="case")
    assert player.actor("sanne").ways.after_task == "next"  # who is signed in already goes on as he began
    saved_views.remove(player.app, player.actor("sanne"), made)
    with pytest.raises(NotFound):
        ways.choose(player.app, player.actor("sanne"), start="view", view_id=made, after_task="case")
