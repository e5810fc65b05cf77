"""A lane of people who all lost its role has no handlers: whoever opens it next is asked to tick somebody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.demo.play import Player
from app.domain.roles import FileKind, Role
from app.services import task_page
from app.services.handling import HandlersNeeded
from app.storage.tables import Membership
from tests.services.committee import case_of, told
from tests.services.handing.play import begin, draw, handlers, texts


def lose(cast: Player, part: str) -> None:
    """Somebody's roles end."""
    with cast.app.database.write() as tx:
        for role in tx.scalars(select(Membership).where(Membership.user_id == cast.places.people[part])):
            role.until = cast.clock.at


def lead(cast: Player, number: str, part: str) -> None:
    """Somebody leads the school of a case from now on."""
    since = cast.clock.at - timedelta(minutes=1)
    with cast.app.database.write() as tx:
        case, person = case_of(tx, number), cast.places.people[part]
        place = {"board_id": case.board_id, "school_id": case.school_id}
        tx.add(Membership(user_id=person, role=Role.SCHOOL_LEADER, since=since, **place))


def test_a_lane_whose_handlers_all_lost_their_role_is_opened_by_ticking_people_anew(player: Player) -> None:
    cast = draw(player)
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("joost",)})
    cast.do("joost", number, "ask_leader")
    offered = task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "choose_next")).handlers
    assert Role.SCHOOL_LEADER not in {choice.role for choice in offered}

    cast.clock.at += timedelta(minutes=1)
    lose(cast, "joost")
    lead(cast, number, "otto")
    page = task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "choose_next"))
    [offer] = [choice for choice in page.handlers if choice.role is Role.SCHOOL_LEADER]
    assert cast.places.people["otto"] in dict(offer.people)
    assert cast.places.people["joost"] not in dict(offer.people)
    with pytest.raises(HandlersNeeded):
        cast.do("sanne", number, "choose_next", next_move="vragen")

    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("otto",)})
    assert told(cast, number, "task_opened").count("otto") == 1
    cast.do("otto", number, "ask_leader")
    assert "otto" in handlers(cast, number, Role.SCHOOL_LEADER)


def test_one_who_kept_the_role_is_enough(player: Player) -> None:
    cast = draw(player)
    number = begin(cast)
    lead(cast, number, "otto")
    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("joost", "otto")})
    cast.do("joost", number, "ask_leader")
    cast.clock.at += timedelta(minutes=1)
    lose(cast, "joost")
    cast.do("sanne", number, "choose_next", next_move="vragen")
    assert task_page.show(cast.app, cast.actor("otto"), cast.task(number, "ask_leader")).holder == "Otto Visser"


def test_what_is_written_after_all_readers_left_opens_for_those_who_were_ticked_anew(player: Player) -> None:
    cast = draw(player)
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("joost",)})
    cast.do("joost", number, "ask_leader", remark="Onrust in de groep.")
    cast.clock.at += timedelta(minutes=1)
    lose(cast, "joost")
    lead(cast, number, "otto")

    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("otto",)})
    cast.do("otto", number, "ask_leader", remark="Ik praat met de ouders.")
    assert texts(cast, "otto", number, FileKind.LEADER) == ["Ik praat met de ouders."]
