"""What hangs on a role that ended: tasks go to those who are left, and whoever may tick people hears that nobody is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.demo.play import Player
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.roles import FileKind, Role
from app.services import case_page, files, tasks, unattended
from app.services.administration import ending, schools
from app.services.context import App
from app.services.views.case import CasePage
from app.storage.tables import Membership, Task
from tests.services.administration import acting
from tests.services.committee import case_of, told
from tests.services.handing.play import begin, draw, handlers, texts
from tests.services.test_lost_roles import lead, lose


def asked(player: Player, *people: str) -> tuple[Player, str]:
    """A case in which these people are asked something as heads."""
    cast = draw(player)
    number = begin(cast)
    for part in people:
        if part != "joost":
            lead(cast, number, part)
    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: people})
    cast.clock.at += timedelta(minutes=1)
    return cast, number


def end(cast: Player, part: str) -> None:
    """The administrator ends somebody's role."""
    role = acting.memberships(cast, cast.places.people[part])[0]
    ending.end(cast.app, cast.actor("ada"), acting.board(cast), role.id)


def holder(cast: Player, number: str, element: str) -> str | None:
    task_id = cast.task(number, element)
    with cast.app.database.read() as tx:
        held = tx.get_one(Task, task_id).assignee_id
    return next((part for part, user_id in cast.places.people.items() if user_id == held), None)


def missing(cast: Player) -> list[tuple[str, Role | None, int | None]]:
    """What the board's page says of steps that wait for nobody."""
    page = schools.overview(cast.app, cast.actor("marijke"), acting.board(cast))
    return [(gap.where, gap.role, gap.number) for gap in page.gaps if gap.kind == "waits_for_nobody"]


def case_view(app: App, cast: Player, number: str) -> CasePage:
    return case_page.show(app, cast.actor("sanne"), number, None)


def test_a_task_of_who_lost_the_role_goes_to_the_one_who_is_left_and_is_told(player: Player) -> None:
    cast, number = asked(player, "joost", "otto")
    tasks.claim(cast.app, cast.actor("joost"), cast.task(number, "ask_leader"))
    assert holder(cast, number, "ask_leader") == "joost"
    end(cast, "joost")
    assert holder(cast, number, "ask_leader") == "otto"
    assert told(cast, number, "task_left") == ["otto"]
    assert missing(cast) == []
    cast.do("otto", number, "ask_leader")


def test_a_lane_that_nobody_is_left_in_is_told_at_once_and_others_are_ticked(player: Player) -> None:
    cast, number = asked(player, "joost")
    end(cast, "joost")
    assert told(cast, number, "lane_empty") == ["sanne"]
    assert missing(cast) == [("De Linde", Role.SCHOOL_LEADER, 1)]
    page = case_view(cast.app, cast, number)
    assert page.empty == (Role.SCHOOL_LEADER,)

    lead(cast, number, "otto")
    place = (number, page.procedure_id)
    offered = unattended.choice(cast.app, cast.actor("sanne"), *place, Role.SCHOOL_LEADER)
    assert dict(offered.choice.people) == {cast.places.people["otto"]: "Otto Visser"}
    for nobody in ([], [cast.places.people["joost"]]):
        with pytest.raises(InvalidAnswers) as refused:
            unattended.tick(cast.app, cast.actor("sanne"), *place, lane=Role.SCHOOL_LEADER, people=nobody)
        assert list(refused.value.fields) == ["handlers_school_leader"]
    unattended.tick(cast.app, cast.actor("sanne"), *place, lane=Role.SCHOOL_LEADER, people=[cast.places.people["otto"]])
    assert holder(cast, number, "ask_leader") == "otto"
    assert "otto" in handlers(cast, number, Role.SCHOOL_LEADER)
    assert told(cast, number, "task_opened").count("otto") == 1
    assert (missing(cast), case_view(cast.app, cast, number).empty) == ([], ())
    with pytest.raises(NotFound):
        unattended.choice(cast.app, cast.actor("sanne"), *place, Role.SCHOOL_LEADER)
    cast.do("otto", number, "ask_leader", remark="Ik praat met de ouders.")


def test_a_role_that_ends_by_its_last_day_is_noticed_by_the_worker_once(player: Player) -> None:
    cast, number = asked(player, "joost")
    lose(cast, "joost")
    assert unattended.settle(cast.app, 10) == 1
    assert unattended.settle(cast.app, 10) == 0
    assert told(cast, number, "lane_empty") == ["sanne"]
    assert holder(cast, number, "ask_leader") is None


def test_who_may_not_see_how_far_a_lane_is_ticks_nobody_for_it(player: Player) -> None:
    cast, number = asked(player, "joost")
    with cast.app.database.read() as tx:
        case_id = case_of(tx, number).id
        procedure_id = tx.scalars(select(Task.procedure_id).where(Task.case_id == case_id)).first()
    assert procedure_id is not None
    for part in ("joost", "sanne"):  # the head knows no step of the adviser, and the head's lane has people still
        lane = Role.ADVISER if part == "joost" else Role.SCHOOL_LEADER
        with pytest.raises(NotFound):
            unattended.tick(cast.app, cast.actor(part), number, procedure_id, lane=lane, people=[cast.places.people["ruben"]])


def test_an_adviser_is_ticked_by_nobody_else_and_the_board_knows_that_a_step_waits(player: Player) -> None:
    cast = draw(player)
    number = begin(cast)
    page = case_view(cast.app, cast, number)
    cast.clock.at += timedelta(minutes=1)
    lose(cast, "sanne")
    unattended.settle(cast.app, 10)
    assert missing(cast) == [("De Linde", Role.ADVISER, 1)]
    for part in ("sanne", "ruben", "marijke", "ada"):
        with pytest.raises(NotFound):
            unattended.choice(cast.app, cast.actor(part), number, page.procedure_id, Role.ADVISER)


def test_looking_after_a_role_takes_few_statements_whatever_else_runs(player: Player) -> None:
    cast, number = asked(player, "joost")
    for _ in range(3):
        begin(cast, "ruben")
    lose(cast, "joost")
    with cast.app.database.count() as statements:
        unattended.settle(cast.app, 10)
    assert statements.number <= 16, "\n".join(statements.sent)
    with cast.app.database.read() as tx:
        assert tx.scalars(select(Membership.settled_at).where(Membership.until.is_not(None))).one() == cast.clock.at
    assert number


def test_who_is_about_to_leave_ticks_a_colleague_and_lets_him_read(player: Player) -> None:
    cast, number = asked(player, "joost")
    cast.do("joost", number, "ask_leader", remark="Onrust in de groep.")
    cast.do("sanne", number, "choose_next", next_move="vragen")
    lead(cast, number, "otto")
    page = case_page.show(cast.app, cast.actor("joost"), number, None)
    place, otto = (number, page.procedure_id), cast.places.people["otto"]
    assert page.shared == (Role.SCHOOL_LEADER,)
    for part, lane in (("sanne", Role.SCHOOL_LEADER), ("sanne", Role.ADVISER), ("joost", Role.ADVISER)):
        with pytest.raises(NotFound):
            unattended.choice(cast.app, cast.actor(part), *place, lane)
    assert dict(unattended.choice(cast.app, cast.actor("joost"), *place, Role.SCHOOL_LEADER).choice.people) == {
        otto: "Otto Visser"
    }
    unattended.tick(cast.app, cast.actor("joost"), *place, lane=Role.SCHOOL_LEADER, people=[otto])
    assert told(cast, number, "task_opened").count("otto") == 1
    assert holder(cast, number, "ask_leader") == "joost"
    [(waits, _, mark)] = case_page.show(cast.app, cast.actor("joost"), number, None).files[0].waiting
    files.let_in(cast.app, cast.actor("joost"), number, FileKind.LEADER, user_id=waits, fingerprint_seen=mark)
    cast.clock.at += timedelta(minutes=1)
    end(cast, "joost")
    assert holder(cast, number, "ask_leader") == "otto"
    assert texts(cast, "otto", number, FileKind.LEADER) == ["Onrust in de groep."]
