"""Who may do what, written out: whoever changes the table in app/domain/policy.py changes this one knowingly."""

from datetime import UTC, datetime
from itertools import product
from typing import cast

import pytest

from app.domain.facts import Audience, FactRecord
from app.domain.policy import Permission, apart, may, may_hold, may_read_fact
from app.domain.roles import LANES, Role

EVERYTHING = {
    "file:admit",
    "file:read",
    "message:announce",
    "procedure:start",
    "step:read",
    "task:do",
    "term:correct",
}
READ = {"step:read"}
#: What the handler of a lane may do in a lane; a lane that is not named here is closed to him.
ALLOWED: dict[str, dict[str, set[str]]] = {
    "adviser": {
        "adviser": EVERYTHING,
        "school_leader": READ,
        "board": READ,
        "meldcode_officer": READ,
        "accused_support": READ,
        "successor": READ,
    },
    "school_leader": {"school_leader": EVERYTHING},
    "board": {"board": EVERYTHING},
    "meldcode_officer": {"meldcode_officer": EVERYTHING},
    "accused_support": {"accused_support": EVERYTHING},
    "successor": {"successor": EVERYTHING},
    "substitute": {},
    "process_owner": {},
    "administrator": {},
    "privacy_officer": {},
}


def fact(audience: Audience, lane: Role | None) -> FactRecord:
    return FactRecord("ja", datetime(2026, 9, 7, tzinfo=UTC), "a_step", lane, audience)


def test_the_table_below_knows_every_permission_and_every_role() -> None:
    assert {permission.value for permission in Permission} == EVERYTHING
    assert set(ALLOWED) == {role.value for role in Role}


@pytest.mark.parametrize("own", list(Role))
@pytest.mark.parametrize("lane", list(Role))
def test_who_handles_one_lane_may_do_what_the_table_says_in_each_lane(own: Role, lane: Role) -> None:
    assert {permission.value for permission in Permission if may([own], permission, lane)} == ALLOWED[own].get(lane, set())


def test_who_handles_several_lanes_may_do_what_each_of_them_allows() -> None:
    both = [Role.ADVISER, Role.BOARD]

    assert may(both, Permission.TASK_DO, Role.BOARD)
    assert may(both, Permission.STEP_READ, Role.SCHOOL_LEADER)
    assert not may(both, Permission.TASK_DO, Role.SCHOOL_LEADER)


@pytest.mark.parametrize("permission", list(Permission))
def test_who_handles_nothing_may_do_nothing(permission: Permission) -> None:
    assert not any(may([], permission, lane) for lane in Role)


@pytest.mark.parametrize("permission", list(Permission))
def test_an_element_without_a_lane_is_nobodys(permission: Permission) -> None:
    assert not may(list(Role), permission, None)


@pytest.mark.parametrize(("own", "permission"), [("adviser", "task:undo"), ("adviser", ""), ("head_teacher", "step:read")])
def test_what_the_table_does_not_know_is_refused(own: str, permission: str) -> None:
    assert not any(may([cast(Role, own)], cast(Permission, permission), lane) for lane in Role)


@pytest.mark.parametrize("lane", list(LANES.values()))
def test_every_lane_that_can_be_drawn_can_be_worked_in_by_its_own_handler(lane: Role) -> None:
    assert may([lane], Permission.TASK_DO, lane)


def test_a_fact_of_the_own_audience_is_read_in_the_lane_that_set_it_alone() -> None:
    for handled, lane in product(Role, Role):
        assert may_read_fact([handled], fact(Audience.OWN, lane)) is (handled is lane)


def test_the_adviser_who_may_read_the_boards_steps_may_not_read_its_facts() -> None:
    assert may([Role.ADVISER], Permission.STEP_READ, Role.BOARD)
    assert not may_read_fact([Role.ADVISER], fact(Audience.OWN, Role.BOARD))


def test_a_fact_of_the_case_is_read_by_whoever_handles_any_lane_of_the_procedure() -> None:
    for handled, lane in product(set(Role) - {Role.SUCCESSOR}, Role):
        assert may_read_fact([handled], fact(Audience.CASE, lane))


def test_whoever_is_asked_to_take_a_case_over_reads_no_fact_but_his_own() -> None:
    for audience, lane in product((Audience.OWN, Audience.CASE), Role):
        assert may_read_fact([Role.SUCCESSOR], fact(audience, lane)) is (lane is Role.SUCCESSOR)


def test_a_fact_for_statistics_is_read_by_nobody() -> None:
    for lane in Role:
        assert not may_read_fact(list(Role), fact(Audience.STATISTIC, lane))


@pytest.mark.parametrize("audience", list(Audience))
def test_who_handles_no_lane_reads_no_fact(audience: Audience) -> None:
    assert not any(may_read_fact([], fact(audience, lane)) for lane in Role)


def test_a_fact_that_no_lane_set_is_read_only_when_it_is_for_the_whole_case() -> None:
    everyone = list(Role)

    assert [audience for audience in Audience if may_read_fact(everyone, fact(audience, None))] == [Audience.CASE]


def test_nobody_handles_both_sides_of_a_matter() -> None:
    advises, supports = frozenset({Role.ADVISER}), frozenset({Role.ACCUSED_SUPPORT})
    assert apart(Role.ADVISER) == apart(Role.SUCCESSOR) == (supports, advises | supports)
    assert apart(Role.ACCUSED_SUPPORT) == (advises, advises)
    others = set(Role) - {Role.ADVISER, Role.SUCCESSOR, Role.ACCUSED_SUPPORT}
    assert {apart(role) for role in others} == {(frozenset(), frozenset())}


def test_the_officer_of_the_meldcode_is_never_the_internal_adviser() -> None:
    assert not may_hold(Role.MELDCODE_OFFICER, [Role.ADVISER], "intern")
    assert not may_hold(Role.ADVISER, [Role.MELDCODE_OFFICER], "intern")
    assert may_hold(Role.MELDCODE_OFFICER, [Role.ADVISER], "extern")
    assert may_hold(Role.BOARD, [Role.ADVISER], "intern")
    assert may_hold(Role.ADVISER, [], "intern")
